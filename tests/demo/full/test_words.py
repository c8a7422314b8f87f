"""Every page about the reference data speaks plainly."""

import re

import pytest

from tests.public.pages.reading import read

pytestmark = [pytest.mark.slow, pytest.mark.pages, pytest.mark.django_db, pytest.mark.xdist_group("demo")]
PLACE = re.compile("<loc>http://testserver(.*?)</loc>")
OUR_WORDS = re.compile(r"\b(edtf|digests?|origins?|tombstones?|head)\b", re.IGNORECASE)


def test_no_page_has_a_word_of_the_code(client):
    addresses = [
        address
        for section in PLACE.findall(client.get("/sitemap.xml").text)
        for address in PLACE.findall(client.get(section).text)[:25]
    ]
    assert len(addresses) > 100  # Some of each kind: all would take long, and are made by the same templates.
    addresses += ["/en/search/?q=police", "/en/search/?q=roterdam", "/en/stations/S-1/versions/1/", "/en/nothing/"]
    found = []
    for address in addresses:
        text = read(client.get(address)).text.replace("Head of government", "")
        found += [(address, text[match.start() - 30 : match.end() + 30]) for match in OUR_WORDS.finditer(text)]
    assert found == []
