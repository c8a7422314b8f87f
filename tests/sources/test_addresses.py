"""Addresses: what is taken out of them, which lead to the same document, and what they suggest."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casetracker.sources.addresses import address_key, clean_address, host_of, is_address
from casetracker.sources.guesses import guess_source
from casetracker.sources.models import Source
from tests.factories.records import make_source

ARTICLE = "https://www.nrc.example/nieuws/2022/12/05/china-a4150455"
SAME = [
    "http://nrc.example/nieuws/2022/12/05/china-a4150455",
    "https://www.nrc.example/nieuws/2022/12/05/china-a4150455/",
    "https://m.nrc.example/nieuws/2022/12/05/china-a4150455",
    "https://amp.nrc.example/nieuws/2022/12/05/china-a4150455",
    "https://www.nrc.example/nieuws/2022/12/05/china-a4150455/amp/",
    "https://www.nrc.example/nieuws/2022/12/05/china-a4150455?amp=1",
    "HTTPS://WWW.NRC.EXAMPLE:443/nieuws/2022/12/05/china-a4150455?utm_source=x&fbclid=y#top",
    "https://web.archive.org/web/20221206101112/https://www.nrc.example/nieuws/2022/12/05/china-a4150455",
    "https://web.archive.org/web/20221206101112if_/http://nrc.example/nieuws/2022/12/05/china-a4150455",
    "https://archive.ph/2022.12.06-101112/https://www.nrc.example/nieuws/2022/12/05/china-a4150455",
    "https://archive.today/newest/https://www.nrc.example/nieuws/2022/12/05/china-a4150455",
    "https://www.google.com/amp/s/www.nrc.example/nieuws/2022/12/05/china-a4150455",
    "https://nrc-example.cdn.ampproject.org/c/s/www.nrc.example/nieuws/2022/12/05/china-a4150455",
]
OTHERS = [
    "https://www.nrc.example/nieuws/2022/12/05/china-a4150456",
    "https://www.nrc.example/",
    "https://www.nrc.example/nieuws/2022/12/05/china-a4150455?page=2",
    "https://www.nrc.example/nieuws/2022/12/05/china-a4150455#/part/2",
    "https://fd.example/nieuws/2022/12/05/china-a4150455",
    "https://archive.ph/AbCdE",
]


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("https://a.example/b?utm_source=x&id=3&fbclid=y&gclid=z", "https://a.example/b?id=3"),
        ("https://a.example/b?id=a%20b&q=%C3%A9", "https://a.example/b?id=a%20b&q=%C3%A9"),
        ("https://A.Example/B#comments", "https://a.example/B"),
        ("https://a.example/#/report/3", "https://a.example/#/report/3"),
        ("https://a.example/b#:~:text=police", "https://a.example/b"),
        (" http://a.example:80/b ", "http://a.example/b"),
        ("http://[", "http://["),
        ("no address", "no address"),
    ],
)
def test_what_tracks_readers_is_taken_out_and_nothing_else(given, clean):
    assert clean_address(given) == clean


@pytest.mark.parametrize("address", SAME)
def test_addresses_of_one_document_are_alike(address):
    assert address_key(address) == address_key(ARTICLE)
    assert host_of(address) == "nrc.example"


@pytest.mark.parametrize("address", OTHERS)
def test_addresses_of_other_documents_are_not(address):
    assert address_key(address) != address_key(ARTICLE)


@pytest.mark.parametrize(
    "text", ["", "China", "javascript:alert(1)", "http://[", "mailto:a@b.example", "//a.example", "https:// #"]
)
def test_what_is_no_address_has_no_key(text):
    assert (address_key(text), host_of(text), is_address(text)) == ("", "", False)


@example("https://1? &")
@given(st.text("htps:/.#?&=%[]@a1 ", max_size=30).map("https://".__add__) | st.text(max_size=20))
def test_no_text_breaks_it_and_a_clean_address_stays_as_it_is(text):
    clean = clean_address(text)
    assert clean_address(clean) == clean
    assert address_key(clean) == address_key(text)


@pytest.mark.django_db
class TestGuesses:
    def test_a_publisher_is_that_of_most_sources_of_the_site(self):
        for number, publisher in enumerate(("NRC", "NRC", "NRC Handelsblad")):
            make_source(publisher=publisher, url=f"https://nrc.example/{number}", language="nl", type="newspaper")
        make_source(publisher="FD", url="https://fd.example/")
        found = guess_source(f"{ARTICLE}?utm_source=x")
        assert found == {
            "url": ARTICLE,
            "publisher": "NRC",
            "type": "newspaper",
            "language": "nl",
            "published": "2022-12-05",
        }

    @pytest.mark.parametrize(
        ("address", "guesses"),
        [
            ("https://a.example/zh-hans/node/579", {"language": "zh-Hans"}),
            ("https://nl.a.example/", {"language": "nl"}),
            ("https://krant.nl/artikel", {"language": "nl"}),
            ("https://a.example/2022/10/police", {"published": "2022-10"}),
            ("https://a.example/news-2022-10-26-police", {"published": "2022-10-26"}),
            ("https://a.example/police-20220912175934-nt.html", {"published": "2022-09-12"}),
            ("https://a.example/2022/13/45/police", {}),
            ("https://a.example/123456789012", {}),
            ("https://archive.ph/AbCdE", {}),
        ],
    )
    def test_language_and_date_come_from_the_address(self, address, guesses):
        assert guess_source(address) == {"url": address, **guesses}

    def test_sources_of_a_known_address_are_found_with_what_derives_from_them(self):
        known = make_source(url=ARTICLE)
        copy = make_source(url="https://b.example/copy", derived_from=known, derivation="copy")
        make_source(url="https://www.nrc.example/other")
        make_source(url="")
        assert set(Source.objects.known_at(SAME[0])) == {known, copy}
        assert not Source.objects.known_at("")
