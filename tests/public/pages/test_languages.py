"""Public pages in three languages: the way to each, and what caches and search engines are told of them."""

import json

import pytest
from django.conf import settings

from casetracker.public.models import StationDocument
from tests.factories.publications import (
    citation_part,
    closed,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
    stations_counted,
)
from tests.public.pages.reading import read

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def varies_by(answer):
    """What an answer depends on beside its address and how it is packed."""
    return {*answer.headers.get("Vary", "").split(", ")} - {"", "Accept-Encoding"}


@pytest.mark.parametrize(
    ("preferred", "address"),
    [
        ("", "/en/"),
        ("nl-BE, en;q=0.5", "/nl/"),
        ("de, zh-CN;q=0.8, nl;q=0.5", "/zh-hans/"),
        ("zh-TW", "/en/"),
        ("de", "/en/"),
        ("not a language", "/en/"),
    ],
)
def test_the_root_leads_to_the_language_that_the_browser_prefers(client, preferred, address):
    client.cookies["django_language"] = "nl"
    answer = client.get("/", headers={"accept-language": preferred})
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert varies_by(answer) == {"Accept-Language"}
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer.headers


def test_an_address_that_lacks_the_language_leads_to_the_page(client, db):
    answer = client.get("/stations/?country=NL", headers={"accept-language": "nl"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/nl/stations/?country=NL")
    assert varies_by(answer) == {"Accept-Language"}


@pytest.mark.parametrize("address", ["/de/", "/zh-hant/stations/", "/nl-be/", "/NL/", "/en/nl/"])
def test_an_address_in_a_language_that_is_not_spoken_leads_nowhere(visit, address):
    page = visit(address, status=404)
    assert [link["href"] for link in page.all("a", rel="alternate")]
    assert all(link["href"].count("/") == 2 for link in page.all("a", rel="alternate"))  # First pages.


def test_the_switch_keeps_address_and_query(visit):
    publish_station(1)
    page = visit("/nl/stations/?country=NL&ordering=-number&counted_in=Patrol+%26+%22x%22")
    rest = "stations/?country=NL&ordering=-number&counted_in=Patrol+%26+%22x%22"
    (switch,) = page.all("nav", class_="languages")
    assert switch["aria-label"] == "Taal"
    offered = [link for link in page.all("a") if "hreflang" in link]
    assert [link["href"] for link in offered] == [f"/{code}/{rest}" for code in LANGUAGES]
    assert [link["lang"] for link in offered if "aria-current" in link] == ["nl"]
    for link in offered:
        assert read(visit(link["href"]).response).all("html", lang=link["hreflang"])


def test_links_stay_in_the_language_of_the_page(visit):
    publish_station(1)
    publish_response(1, stations=["S-1"], **closed("ordered"))
    for path in ("", "stations/S-1/", "governments/NL/", "responses/R-1/versions/1/", "timeline/"):
        links = [link["href"] for link in visit(f"/zh-hans/{path}").all("a") if "hreflang" not in link]
        assert {link.split("/")[1] for link in links if link.startswith("/")} <= {"zh-hans", "api"}


def test_search_engines_learn_of_the_same_page_in_each_language(visit):
    publish_station(1)
    page = visit("/nl/stations/S-1/versions/1/?utm=x")
    (canonical,) = page.all("link", rel="canonical")
    assert canonical["href"] == "http://testserver/nl/stations/S-1/"
    others = {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate") if "hreflang" in link}
    wanted = {code: f"http://testserver/{code}/stations/S-1/" for code in LANGUAGES}
    assert others == {**wanted, "x-default": "http://testserver/en/stations/S-1/"}


def test_each_language_is_cached_by_itself(client, db):
    publish_station(1)
    pages = {code: client.get(f"/{code}/stations/S-1/") for code in LANGUAGES}
    assert len({page.headers["ETag"] for page in pages.values()}) == len(LANGUAGES)
    for code, page in pages.items():
        assert page.headers["Content-Language"] == code
        assert varies_by(page) == set()
        seen = {"if-none-match": page.headers["ETag"], "accept-language": "en"}
        assert client.get(f"/{code}/stations/S-1/", headers=seen).status_code == 304
        assert all(
            client.get(f"/{other}/stations/S-1/", headers=seen).status_code == 200 for other in {*pages} - {code}
        )


def test_codes_dates_and_numbers_are_in_the_language_of_the_page(visit):
    publish_claim(1, country="NL", **stations_counted(1234, "at_least"), attribution=["NRC", "Safeguard Defenders"])
    dutch, chinese = visit("/nl/claims/C-1/").text, visit("/zh-hans/claims/C-1/").text
    assert "Nederland: ten minste 1.234 politieposten" in dutch
    assert "NRC, met een beroep op Safeguard Defenders" in dutch
    assert "荷兰：至少 1,234 个警务站" in chinese
    publish_station(1, latitude=51.92, longitude=4.48, first_reported="2022-09-12")
    assert "51.92, 4.48" in visit("/nl/stations/S-1/").text
    assert "12 september 2022" in visit("/nl/stations/S-1/").text
    assert "2022年9月12日" in visit("/zh-hans/stations/S-1/").text


def test_words_of_records_are_marked_with_their_language(visit):
    publish_station(1, summary="Two rooms.", citations=[citation_part(quote="Dicht.", quote_translation="Shut.")])
    page = visit("/zh-hans/stations/S-1/")
    assert {"en"} <= {attrs["lang"] for tag, attrs in page.elements if tag == "p" and "lang" in attrs}
    assert '<p lang="en">Two rooms.</p>' in page.response.text
    assert '<span lang="en">Shut.</span>' in page.response.text


def test_a_station_of_which_only_the_country_is_known_is_called_by_it_in_each_language(visit):
    publish_station(1, label="Netherlands (S-1)", locality="", region="")
    assert "荷兰 (S-1)" in visit("/zh-hans/stations/").text


def test_governments_stand_in_the_order_of_their_names(visit):
    for number, country in enumerate(("ZA", "DE", "AR"), 1):
        publish_station(number, country=country)
    page = visit("/zh-hans/governments/").text
    assert page.index("阿根廷") < page.index("德国") < page.index("南非")


def test_filters_name_languages_and_keep_their_codes(visit):
    publish_station(1, citations=[citation_part(source_part(language="nl"))])
    page = visit("/nl/sources/?language=nl")
    assert "Taal: Nederlands" in page.text
    assert page.all("option", value="nl", selected=None)


@pytest.mark.parametrize(("code", "words"), [("nl", "S-1 is ingetrokken"), ("zh-hans", "S-1 已撤回")])
def test_what_is_gone_says_so_in_each_language(visit, code, words):
    publish_station(1)
    retract("S-1")
    assert words in visit(f"/{code}/stations/S-1/", status=410).text


def test_documents_and_citations_are_the_same_from_every_language(client, visit):
    publish_station(1)
    files = {client.get(f"/{code}/stations/S-1/versions/1/cite.json").content for code in LANGUAGES}
    assert len(files) == 1
    (reference,) = json.loads(files.pop())
    assert reference["URL"] == "http://testserver/en/stations/S-1/versions/1/"
    answer = client.get("/api/v1/stations/S-1/", headers={"accept-language": "nl"})
    assert answer.json() == StationDocument.objects.get().content
    assert answer.json()["kind_label"] == "Police service station"
