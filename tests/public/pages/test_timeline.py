"""What governments did, and when: bands, and the same day by day."""

import pytest

from tests.factories.publications import closed, investigating, no_action, publish_response, publish_station


@pytest.fixture
def record(db):
    publish_response(1, **investigating(date="2022-10-25"))
    publish_response(2, **closed("ordered", date="2022-11-01"))
    publish_response(3, concerns="IT", responder="IT", **no_action(date="2022-10-29"))
    publish_response(4, concerns="IT", responder="IT", **investigating(date="2023-03-07"))
    publish_response(5, concerns="HU", responder="HU", kind="denial", actor="Ministry", date="2022-10-31")
    publish_response(6, concerns="", responder="CN", kind="denial", actor="Foreign Ministry", date="2024-12-19")
    publish_station(1, country="BR")
    publish_station(2, country="NL")


def bands(page):
    """What the bands say to those who do not see them, by government in the order of the page."""
    return [attrs["aria-label"] for attrs in page.all("svg", role="img")]


@pytest.mark.usefixtures("record")
def test_each_government_has_a_band_that_says_in_words_what_it_shows(visit):
    page = visit("/en/timeline/")
    assert bands(page) == [
        "Investigating, 25 October 2022 to 31 October 2022; Closure ordered, since 1 November 2022",
        "No inquiry announced, 29 October 2022 to 6 March 2023; Investigating, since 7 March 2023",
        "Responded, no inquiry or closure recorded, since 31 October 2022",
    ]
    assert page.text.index("Netherlands Closure ordered") < page.text.index("Italy Investigating")
    assert "Stations are listed, and no response is recorded, in: Brazil" in page.text


@pytest.mark.usefixtures("record")
def test_bands_can_be_ordered_by_name(visit):
    text = visit("/en/timeline/?ordering=name").text
    assert text.index("Hungary Responded") < text.index("Italy Investigating") < text.index("Netherlands Closure")


@pytest.mark.usefixtures("record")
def test_the_same_is_a_list_by_day_with_what_each_response_changed(visit):
    page = visit("/en/timeline/")
    text = page.text.partition("The same, day by day")[2]
    assert (
        "25 October 2022 Netherlands: Investigation opened Minister of Foreign Affairs (Ministry) "
        "Status from then on: Investigating 29 October 2022 Italy: Statement"
    ) in text
    assert text.index("2022 25 October") < text.index("2023 7 March") < text.index("2024 19 December")
    assert "19 December 2024 China: Denial Foreign Ministry" in text
    assert "/en/responses/R-5/" in page.links


@pytest.mark.usefixtures("record")
def test_a_year_can_be_looked_at_by_itself(visit):
    page = visit("/en/timeline/")
    assert "/en/timeline/?year=2023" in page.links
    page = visit("/en/timeline/?year=2023&ordering=name")
    assert page.all("a", aria_current="true", href="/en/timeline/?year=2023&ordering=name")
    assert "Investigating, since 7 March 2023" in bands(page)[1]
    assert "2023 7 March 2023 Italy" in page.text
    assert "25 October 2022 Netherlands" not in page.text
    assert page.all("input", type="hidden", name="year", value="2023")


@pytest.mark.usefixtures("record")
def test_a_year_without_anything_says_so_and_another_word_is_told(visit):
    assert "No response is recorded for this choice." in visit("/en/timeline/?year=1999").text
    assert "A year has four digits." in visit("/en/timeline/?year=last", status=400).text


def test_an_empty_record_has_a_timeline_too(visit):
    assert "No response is recorded for this choice." in visit("/en/timeline/").text


def test_a_response_without_a_known_day_is_in_the_list_alone(visit):
    publish_response(1, date="2022/..", counts_from=None, **investigating())
    publish_response(2, date="2022-11-01")
    page = visit("/en/timeline/")
    assert bands(page) == ["Responded, no inquiry or closure recorded, since 1 November 2022"]
    assert "Day not known 2022 or later Netherlands" in page.text


def test_what_continues_is_told(visit):
    publish_response(1, **closed("ordered", date="2022-11-01"))
    publish_response(2, **closed("claimed", date="2022-12-01"))
    publish_response(3, kind="activity_continues", date="2023-01-10")
    page = visit("/en/timeline/")
    assert bands(page)[0].endswith("Closure ordered, since 10 January 2023, activity reported to continue")
    assert "Activity is reported to continue" in page.text


def test_the_latest_are_shown_and_the_rest_is_in_the_list(visit, monkeypatch):
    monkeypatch.setattr("casetracker.public.pages.views.timeline.MOST", 2)
    for number in (1, 2, 3):
        publish_response(number, date=f"2022-11-0{number}")
    page = visit("/en/timeline/")
    assert "These are the latest only." in page.text
    assert "/en/responses/R-1/" not in page.links
    assert "/en/responses/R-3/" in page.links


@pytest.mark.usefixtures("record")
def test_the_page_of_a_government_has_its_band_and_the_same_as_a_list(visit):
    page = visit("/en/governments/NL/")
    assert bands(page) == ["Investigating, 25 October 2022 to 31 October 2022; Closure ordered, since 1 November 2022"]
    assert "25 October 2022 to 31 October 2022 Investigating R-1 since 1 November 2022 Closure ordered R-2" in page.text
    assert (
        "Inquiry Inquiry running since 25 October 2022 R-1 Closure Closure ordered since 1 November 2022 R-2 "
        "Last confirmed 1 November 2022" in page.text
    )


def test_a_status_of_one_day_is_given_that_day(visit):
    publish_response(1, **closed("claimed", date="2023-04-27"))
    publish_response(2, **investigating(date="2023-04-28"))
    page = visit("/en/governments/NL/")
    assert bands(page) == ["Closure claimed, on 27 April 2023; Investigating, since 28 April 2023"]
    assert "27 April 2023 Closure claimed R-1 since 28 April 2023 Investigating R-2" in page.text


def test_without_a_response_there_is_no_band(visit):
    publish_station(1)
    page = visit("/en/governments/NL/")
    assert bands(page) == []
    assert "Status over time" not in page.text


def test_the_accused_state_has_no_status_over_time(visit):
    publish_response(1, concerns="CN", responder="CN", kind="denial")
    assert "Closure" not in visit("/en/governments/CN/").text
