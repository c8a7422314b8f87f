"""What pages tell programs and other sites, the map of the site, and the check of the log."""

import json
import re
import runpy
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.conf import settings as project
from PIL import Image

from tests.factories.publications import (
    append,
    citation_part,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
    station_snapshot,
)

pytestmark = pytest.mark.django_db
# The program that readers download.
verify_log = SimpleNamespace(**runpy.run_path(str(Path(project.BASE_DIR) / "casetracker/public/api/verify_log.py")))
HOSTILE = "</script><script>alert(1)</script><!-- <b title='x\"'> \u2028 &amp;"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def data_of(client):
    def read(path):
        (block,) = BLOCK.findall(client.get(path).text)
        return json.loads(block)

    return read


def test_a_record_says_what_it_is_and_what_it_cites(data_of):
    source = source_part(title=HOSTILE)
    publish_station(1, label=HOSTILE, summary=HOSTILE, citations=[citation_part(source), citation_part(source)])
    append(station_snapshot(1, version=2, label=HOSTILE, citations=[citation_part(source)]), action="revise", version=2)
    data = data_of("/en/stations/S-1/")
    assert (data["@context"], data["@type"], data["identifier"]) == ("https://schema.org", "Report", "S-1")
    assert data["name"] == HOSTILE
    assert (data["url"], data["@id"]) == (
        "http://testserver/en/stations/S-1/",
        "http://testserver/en/stations/S-1/versions/2/",
    )
    assert data["spatialCoverage"]["name"] == "Netherlands"
    (citation,) = data["citation"]
    assert (citation["name"], citation["publisher"]["name"]) == (HOSTILE, "NRC")
    assert data_of("/en/stations/S-1/versions/1/")["version"] == "1"


def test_other_kinds_do_too(data_of):
    publish_response(1)
    publish_agreement(1)
    publish_claim(1, text=HOSTILE)
    assert data_of("/en/responses/R-1/")["@type"] == data_of("/en/agreements/A-1/")["@type"] == "Report"
    claim = data_of("/en/claims/C-1/")
    assert (claim["@type"], claim["text"], len(claim["appearance"])) == ("Claim", HOSTILE, 1)
    assert data_of("/en/sources/D-1/")["@type"] == "NewsArticle"
    home = data_of("/en/")
    assert home["@type"] == "Dataset"
    assert {"@type": "PropertyValue", "name": "claims", "value": 1} in home["variableMeasured"]


def test_nothing_of_a_text_ends_the_block_or_an_attribute(client):
    publish_station(1, label=HOSTILE)
    html = client.get("/en/stations/S-1/").text
    assert html.count("<script") == html.count("</script") == 1
    head = html.partition("</head>")[0]
    assert "alert(1)</script>" not in head
    assert "title='x\"'" not in head


def test_other_sites_get_a_title_a_text_and_a_picture(visit, client):
    publish_station(1, label="Rotterdam & Delft")
    page = visit("/en/stations/S-1/")
    told = {attrs["property"]: attrs["content"] for attrs in page.all("meta") if "property" in attrs}
    assert told["og:title"] == "Rotterdam & Delft – casetracker"
    assert told["og:description"] == page.all("meta", name="description")[0]["content"]
    assert told["og:url"] == "http://testserver/en/stations/S-1/"
    response = client.get(told["og:image"].removeprefix("http://testserver"))
    assert response.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    assert len(response.content) < 100_000


def test_the_picture_is_another_one_after_a_publication(client):
    empty = client.get("/en/card.png").content
    publish_station(1)
    assert client.get("/en/card.png").content != empty


def test_the_map_of_the_site_has_every_page_and_no_other(client):
    publish_station(1)
    publish_station(2)
    publish_claim(1)
    retract("S-2")
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    addresses = []
    for place in index.iter(f"{MAP}loc"):
        section = ElementTree.fromstring(client.get(place.text.removeprefix("http://testserver")).content)  # noqa: S314
        addresses += [element.text.removeprefix("http://testserver") for element in section.iter(f"{MAP}loc")]
    languages = len(project.LANGUAGES)
    assert len(addresses) == len(set(addresses)) == languages * (16 + 1 + 1 + 1 + 1)
    assert {"/en/", "/en/governments/NL/", "/en/stations/S-1/", "/en/claims/C-1/", "/en/sources/D-1/"} <= set(addresses)
    assert {client.get(address).status_code for address in addresses} == {200}
    for path in ("/sitemaps/nothing.xml", "/sitemaps/stations.xml?p=2", "/sitemaps/stations.xml?p=x"):
        assert client.get(path).status_code == 404


def entries_of(client):
    path, entries = "/api/v1/log/?limit=2", []
    while path:
        page = client.get(path).json()
        entries += page["results"]
        path = page["next"]
    return entries


def test_the_program_finds_the_fingerprint_that_somebody_noted(client):
    for number in range(1, 4):
        publish_station(number)
    entries = entries_of(client)
    noted = entries[1]["entry_hash"]
    found = verify_log.check_log(verify_log.with_noted(iter(entries), [f" {noted.upper()}"]), {})
    assert found == (3, entries[2]["entry_hash"])
    with pytest.raises(verify_log.Fault, match=f"no entry has the hash that was noted: {'0' * 64}"):
        verify_log.check_log(verify_log.with_noted(iter(entries), [noted, "0" * 64]), {})


def test_the_page_about_the_log_shows_the_last_fingerprint(visit, client):
    publish_station(1)
    page = visit("/en/log/")
    assert entries_of(client)[-1]["entry_hash"] in page.text
    assert "python3 verify_log.py http://testserver/api/v1/ --noted" in page.text
    assert "/api/v1/log/verify_log.py" in page.links
