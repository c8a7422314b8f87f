"""Dates in forms of the desk: what is typed is said back as EDTF before anything is saved."""

import pytest

from casetracker.review.models import Record
from casetracker.sources.models import Source
from stations.models import Station
from tests.desk.state import everything
from tests.factories.records import make_source

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.pages]

ADD = "/desk/stations/station/add/"


@pytest.fixture
def form(author):
    form = author.open(ADD).form()
    return form.fill(kind="service_centre", country="NL", locality="Rotterdam")


def test_a_date_comes_back_once_as_edtf_and_is_saved_the_second_time(author, form):
    before = everything()
    page = author.submit(form.fill(first_reported="Oct 2022", opened="2021"))
    assert "“Oct 2022” is read as 2022-10. Save again if that is right." in page.errors["first_reported"]
    assert "opened" not in page.errors
    assert everything() == before
    again = page.form()
    assert (again["first_reported"], again["opened"], again["locality"]) == ("2022-10", "2021", "Rotterdam")
    assert author.submit(again).was_redirected
    assert Station.objects.get().first_reported == "2022-10"


def test_the_form_says_how_dates_can_be_typed(author):
    assert "For example 2022, Oct 2022 or 26-10-2022; ? if doubtful." in author.open(ADD).text


def test_dates_in_rows_too(author, form):
    form.add_row("replies", asked="The embassy", asked_on="26-10-2022", answer="Volunteers.", language="en")
    before = everything()
    page = author.submit(form)
    assert "“26-10-2022” is read as 2022-10-26." in page.errors["replies-0-asked_on"]
    assert everything() == before
    assert author.submit(page.form()).was_redirected
    assert Station.objects.get().replies.get().asked_on == "2022-10-26"


def test_a_date_with_two_readings_is_asked_and_stays_as_it_was_typed(author, form):
    page = author.submit(form.fill(opened="03/04/2022"))
    assert "can be read in several ways: 2022-04-03, 2022-03-04. Write the one that is meant." in page.errors["opened"]
    assert page.form()["opened"] == "03/04/2022"
    assert not Record.objects.exists()


def test_a_season_says_what_it_is_on_the_other_side_of_the_equator(author, form):
    page = author.submit(form.fill(opened="autumn 2022"))
    assert (
        "2022-09/2022-11, the season north of the equator. South of it that is 2022-03/2022-05."
        in (page.errors["opened"])
    )
    assert page.form()["opened"] == "2022-09/2022-11"


def test_a_long_text_is_read_though_its_edtf_is_short(author, form):
    page = author.submit(form.fill(opened="between the 26th of October 2022 and the 3rd of January 2023"))
    assert page.form()["opened"] == "2022-10-26/2023-01-03"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/desk/responses/response/add/", "date"),
        ("/desk/responses/response/add/", "last_known_true"),
        ("/desk/responses/agreement/add/", "signed"),
        ("/desk/stations/claim/add/", "as_of"),
        ("/desk/stations/claim/add/", "period"),
        ("/desk/sources/source/add/", "published"),
    ],
)
def test_every_kind_reads_dates(author, path, field):
    page = author.submit(author.open(path).form().fill(**{field: "Oct 2022"}))
    assert "is read as 2022-10." in page.errors[field]
    assert page.form()[field] == "2022-10"


def test_looking_and_saving_changes_nothing(author):
    source = make_source(published="2022-10")
    author.submit(author.open(f"/desk/sources/source/{source.pk}/change/").form())
    assert Source.objects.get(pk=source.pk).published == "2022-10"


class TestAnswers:
    def ask(self, browser, text):
        return browser.get("/desk/read-date/", {"text": text}).json()

    def test_a_reading(self, author):
        answer = self.ask(author, " Oct 2022 ")
        assert answer == {"edtf": "2022-10", "message": "“Oct 2022” is read as 2022-10.", "choices": []}

    def test_edtf_needs_no_word(self, author):
        assert self.ask(author, "2022-10~") == {"edtf": "2022-10~", "message": "", "choices": []}

    def test_two_readings_are_a_choice_in_words(self, author):
        answer = self.ask(author, "03/04/2022")
        assert (answer["edtf"], answer["message"]) == (
            "",
            "“03/04/2022” can be read in several ways. Which is meant?",
        )
        assert answer["choices"] == [
            {"edtf": "2022-04-03", "label": "3 April 2022"},
            {"edtf": "2022-03-04", "label": "4 March 2022"},
        ]

    def test_a_season_offers_the_other(self, author):
        assert [choice["edtf"] for choice in self.ask(author, "autumn 2022")["choices"]] == ["2022-03/2022-05"]

    def test_nonsense_is_told_the_remedy_and_nothing_is_told_nothing(self, author):
        assert "Write a date as 2022" in self.ask(author, "yesterday")["message"]
        assert self.ask(author, "")["message"] == ""
        assert "Write a date" in self.ask(author, "9" * 5000)["message"]

    def test_it_only_answers(self, author):
        assert author.send("/desk/read-date/", {"text": "2022"}).status_code == 405
