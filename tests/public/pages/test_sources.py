"""The page of a source."""

import pytest

from tests.factories.publications import citation_part, publish_response, publish_station, retract, source_part

COPY = source_part(
    "D-2",
    title="",
    publisher="dodofinance.com",
    published="2022-12",
    url="https://copies.example/2",
    language="en",
    type="machine_translation_copy",
    derived_from="D-1",
    derivation="machine_translation",
)


def test_every_field_is_shown(visit):
    publish_station(1, citations=[citation_part(source_part(author="A. Writer", published="2022-12-05~"))])
    page = visit("/en/sources/D-1/")
    for shown in (
        "D-1 Sources China has many more illegal police offices abroad",
        "Publisher NRC Author A. Writer Published about 5 December 2022 Kind Newspaper Language Dutch",
        "Address https://www.nrc.example/article",
    ):
        assert shown in page.text
    assert page.all("h1", lang="nl")
    assert "/api/v1/sources/D-1/" in page.links


def test_a_source_without_a_title_is_called_by_publisher_and_date(visit):
    publish_station(1, citations=[citation_part(COPY)])
    assert "D-2 Sources dodofinance.com, December 2022" in visit("/en/sources/D-2/").text
    publish_station(2, citations=[citation_part(source_part("D-3", title="", publisher="", published="", url=""))])
    text = visit("/en/sources/D-3/").text
    assert "D-3 Sources D-3" in text
    assert "Publisher Not known Published Not known" in text
    assert "Address" not in text


def test_what_it_derives_from_is_named_and_linked_once_it_is_public(visit):
    publish_station(1, citations=[citation_part(COPY)])
    assert "Is a machine translation of D-1 Both count as one source." in visit("/en/sources/D-2/").text
    assert "Machine-translated copy, English · Is a machine translation of D-1" in visit("/en/sources/").text
    publish_station(2)
    page = visit("/en/sources/D-2/")
    assert "Is a machine translation of China has many more" in page.text
    assert "/en/sources/D-1/" in page.links


def test_the_title_of_a_withdrawn_origin_is_withdrawn_everywhere(visit):
    publish_station(1, citations=[citation_part(COPY)])
    publish_station(2, citations=[citation_part(source_part(title="CANARY"))])
    paths = ("/en/sources/D-2/", "/en/stations/S-1/", "/en/stations/S-1/versions/1/")
    assert all("CANARY" in visit(path).text for path in paths)
    retract("S-2")
    for path in paths:
        page = visit(path)
        assert "CANARY" not in page.response.text
        assert "Is a machine translation of D-1" in page.text


def test_a_source_that_repeats_an_unknown_one_says_so(visit):
    publish_station(1, citations=[citation_part(source_part(derivation="reports_on"))])
    assert "Newspaper, Dutch · Reports on another document" in visit("/en/sources/").text


def test_what_cites_it_is_listed_with_what_for(visit):
    citations = [citation_part(field="locality"), citation_part(stance="mentions")]
    publish_station(1, label="The place", citations=citations)
    publish_response(1, citations=[citation_part(stance="denies", field="date")])
    page = visit("/en/sources/D-1/")
    assert "Netherlands, 1 November 2022: Statement Denies: the date" in page.text
    assert "The place Supports: the town" in page.text
    assert "The place Mentions: the record as a whole" in page.text
    assert {"/en/stations/S-1/", "/en/responses/R-1/"} <= set(page.links)


def test_many_citations_are_cut_and_lead_to_the_lists(visit, monkeypatch):
    monkeypatch.setattr("casetracker.public.pages.views.sources.MOST", 2)
    for number in (1, 2, 3):
        publish_station(number)
    page = visit("/en/sources/D-1/")
    assert "/en/stations/S-1/" not in page.links
    assert "/en/stations/?source=D-1" in page.links
    assert "3 in the list" in visit("/en/stations/?source=D-1").text


def test_a_source_goes_with_the_last_record_that_cites_it(visit):
    publish_station(1, citations=[citation_part(source_part(title="CANARY"))])
    retract("S-1")
    page = visit("/en/sources/D-1/", status=410)
    assert "D-1 is no longer shown No published record cites this source any more. Since" in page.text
    assert "CANARY" not in page.response.text


@pytest.mark.parametrize("path", ["D-2/", "D-0/", "S-1/"])
def test_what_nothing_published_ever_cited_is_not_there(visit, path):
    publish_station(1)
    visit(f"/en/sources/{path}", status=404)
