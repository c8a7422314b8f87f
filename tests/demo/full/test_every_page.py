"""Every public page about the reference data: plain, light, without a link that leads nowhere, readable for programs.

Some of each kind in CI, as all of a kind are made by the same template; all of them with `./run test --all`.
"""

import gzip
import json
import re

import pytest
from django.core.management import call_command
from django.test import Client

from tests.public.pages.reading import read

pytestmark = [pytest.mark.slow, pytest.mark.pages, pytest.mark.django_db, pytest.mark.xdist_group("demo")]
PLACE = re.compile("<loc>http://testserver(.*?)</loc>")
OUR_WORDS = re.compile(r"\b(edtf|digests?|origins?|tombstones?|head)\b", re.IGNORECASE)
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
FEW = 20  # of each kind
# What the map of the site does not have.
FURTHER = (
    "/en/downloads/columns/",
    "/en/search/?q=police",
    "/en/search/?q=roterdam",
    "/en/stations/S-1/versions/1/",
    "/en/stations/?country=NL&ordering=-number",
    "/en/stations/?country=XX",
    "/en/governments/NL/?as_of=2022-11-30",
    "/en/statistics/?as_of=2022-12-07&compared_with=2022-12-05",
    "/en/map/?region=europe&as_of=2022-11-30",
    "/en/reply/?about=S-1",
    "/en/nothing/",
)
# Bytes on the wire.
MOST, MOST_OF_MAP = 100_000, 250_000


@pytest.fixture(scope="module", params=[FEW, pytest.param(None, marks=pytest.mark.long)], ids=["some", "all"])
def pages(request, desk, django_db_blocker, tmp_path_factory):
    """The pages by their addresses, as they come over the wire and as they are read."""
    client = Client(headers={"accept-encoding": "gzip"})
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.PACKAGES_DIR", tmp_path_factory.mktemp("packages"))
        call_command("build_package", verbosity=0)
        found = {}
        for address in _addresses(request.param):
            response = client.get(address)
            response.wire = response.content
            response.content = gzip.decompress(response.content)
            found[address] = read(response)
            found[address].response = response
        yield found


def _addresses(most):
    client = Client()
    for section in PLACE.findall(client.get("/sitemap.xml").text):
        places = [place for place in PLACE.findall(client.get(section).text) if place.startswith("/en/")]
        yield from places[:most]
    yield from FURTHER


def test_no_page_has_a_word_of_the_code(pages):
    assert len(pages) > 100
    found = []
    for address, page in pages.items():
        text = page.text.replace("Head of government", "")
        found += [(address, text[match.start() - 30 : match.end() + 30]) for match in OUR_WORDS.finditer(text)]
    assert found == []


@pytest.mark.long
def test_every_link_leads_somewhere(pages, client):
    linked = {link["href"] for page in pages.values() for link in page.all("a") if "hreflang" not in link}
    ids = {address: {attrs["id"] for _tag, attrs in page.elements if "id" in attrs} for address, page in pages.items()}
    broken = [
        link
        for link in linked
        if "#" in link and link.partition("#")[0] in ids and link.partition("#")[2] not in ids[link.partition("#")[0]]
    ]
    for address in {link.partition("#")[0] for link in linked if link.startswith("/")} - pages.keys():
        response = client.get(address)
        if response.status_code not in (200, 302):
            broken.append((response.status_code, address))
        if response.streaming:
            response.getvalue()
    assert broken == []


def test_links_within_a_page_lead_to_a_part_of_it(pages):
    for address, page in pages.items():
        ids = {attrs["id"] for _tag, attrs in page.elements if "id" in attrs}
        assert {link[1:] for link in page.links if link.startswith("#")} - {""} <= ids, address


def test_what_pages_tell_programs_can_be_read(pages):
    for address, page in pages.items():
        for block in BLOCK.findall(page.response.text):
            assert json.loads(block)["@context"] == "https://schema.org", address


def test_no_page_is_heavy(pages):
    sizes = {address: len(page.response.wire) for address, page in pages.items()}
    heavy = {address: size for address, size in sizes.items() if size >= (MOST_OF_MAP if "/map/" in address else MOST)}
    assert heavy == {}
