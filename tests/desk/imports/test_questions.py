"""What a file leaves open: its encoding, its sheet, its columns."""

import io

import pytest
from openpyxl import Workbook

from casetracker.review.choices import ImportState
from casetracker.review.models import ImportMapping
from stations.models import Station
from tests.desk.imports.helpers import (
    GOOD,
    HEADER,
    PAGE,
    UNKNOWN,
    address,
    columns,
    confirm,
    statuses,
    the_import,
    upload,
)

pytestmark = pytest.mark.django_db


def workbook(**sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def answered(browser, page, **values):
    return browser.submit(page.form("/answer/").fill(**values))


def field_of(page, header):
    """The name of the field that asks about a column."""
    (label,) = [
        attrs["for"] for attrs in page.all("label") if f'for="{attrs.get("for")}">{header}' in page.response.text
    ]
    return label.removeprefix("id_")


# --- Encoding -----------------------------------------------------------------------

# The same bytes are Chinese in one encoding and something else in another.
UNCLEAR = f"{HEADER}\na,service_centre,NL,福州警侨服务站,青田\n".encode("gb18030")


def test_an_encoding_is_asked_with_what_the_text_says_in_each(author):
    page = upload(author, UNCLEAR)
    assert the_import().state == ImportState.ASKING
    assert "In which encoding is the file?" in page.text
    assert "福州警侨服务站" in page.text
    form = page.form("/answer/")
    assert "gb18030" in form.choices["encoding"]
    page = answered(author, page, encoding="gb18030")
    assert "This would happen" in page.text
    confirm(author, page)
    assert Station.objects.get().locality == "福州警侨服务站"


def test_an_encoding_must_be_one_of_those_offered(author):
    page = upload(author, UNCLEAR)
    page = author.submit(page.form("/answer/"))
    assert "Choose the line that looks right." in page.text
    for junk in ("utf-7", "x", "\x00", "9" * 400):
        page = author.read(author.send(address(act="answer"), {"encoding": junk}))
        assert "Please correct what is marked." in page.messages[0]
    assert the_import().state == ImportState.ASKING


# --- Sheets -------------------------------------------------------------------------

ROWS = [line.split(",") for line in GOOD.splitlines()]


def test_a_sheet_is_asked_where_several_have_something_in_them(author):
    page = upload(author, workbook(Stations=ROWS, Others=[["x"], ["1"]]), name="stations.xlsx")
    assert "Which sheet is to be imported?" in page.text
    form = page.form("/answer/")
    assert form.choices["sheet"] == {"Stations", "Others"}
    page = answered(author, page, sheet="Stations")
    assert statuses(page) == ["create", "create"]


def test_a_sheet_that_there_is_not_is_refused(author):
    upload(author, workbook(Stations=ROWS, Others=[["x"], ["1"]]), name="stations.xlsx")
    page = author.read(author.send(address(act="answer"), {"sheet": "Third"}))
    assert "Please correct what is marked." in page.messages[0]


# --- Columns ------------------------------------------------------------------------


def test_an_unknown_column_is_asked_with_some_of_its_cells(author):
    page = upload(author, UNKNOWN)
    assert "What do these columns mean?" in page.text
    assert "Colour of the door: for example: red" in page.text
    (name,) = columns(page.form("/answer/"))
    assert {"", "notes", "ignore", "region", "name_1_text"} <= page.form("/answer/").choices[name]
    assert page.form("/answer/")[name] == ""


def test_a_column_goes_into_the_notes(author):
    page = upload(author, UNKNOWN)
    page = answered(author, page, **{field_of(page, "Colour of the door"): "notes"})
    confirm(author, page)
    assert Station.objects.get().notes == "Colour of the door: red"


def test_a_column_is_left_out_or_becomes_one_of_ours(author):
    sheet = f"{HEADER},Colour,Province\na,service_centre,NL,Amsterdam,A shop.,red,Noord-Holland\n"
    page = upload(author, sheet)
    page = answered(author, page, **{field_of(page, "Colour"): "ignore", field_of(page, "Province"): "region"})
    confirm(author, page)
    station = Station.objects.get()
    assert (station.region, station.notes) == ("Noord-Holland", "")


def test_a_header_that_looks_like_one_of_ours_is_proposed_and_none_twice(author):
    sheet = f"{HEADER},Regoin,Localty\na,service_centre,NL,Amsterdam,A shop.,Noord-Holland,Amsterdam\n"
    page = upload(author, sheet)
    form = page.form("/answer/")
    assert form[field_of(page, "Regoin")] == "region"
    assert form[field_of(page, "Localty")] == "", "another column is that already"


def test_a_column_that_nobody_decided_on_is_asked_again(author):
    page = upload(author, UNKNOWN)
    page = author.submit(page.form("/answer/"))
    assert "Say what this column means." in page.text
    for junk in ("id", "state", "published_by", "\x00", "9" * 400, "__class__"):
        values = {field_of(page, "Colour of the door"): junk}
        assert "Please correct" in author.read(author.send(address(act="answer"), values)).messages[0]
    assert the_import().mapping == {}


def test_what_is_decided_at_the_desk_can_be_left_out_but_not_imported(author):
    sheet = f"{HEADER},verified_by\na,service_centre,NL,Amsterdam,A shop.,rosa\n"
    page = upload(author, sheet)
    assert "The column “verified_by” cannot be imported: it is decided at the desk, by people." in page.text
    assert page.form("/answer/")[field_of(page, "verified_by")] == ""
    page = answered(author, page, **{field_of(page, "verified_by"): "ignore"})
    assert statuses(page) == ["create"]


def test_two_columns_that_mean_the_same_are_told_apart(author):
    sheet = f"{HEADER},City\na,service_centre,NL,Amsterdam,A shop.,Haarlem\n"
    page = upload(author, sheet)
    assert "“locality” and “City” both mean locality." in page.text
    form = page.form("/answer/")
    assert (form[field_of(page, "locality")], form[field_of(page, "City")]) == ("locality", "")
    page = answered(author, page, **{field_of(page, "City"): "notes"})
    assert statuses(page) == ["create"]


def test_somebody_who_left_a_needed_column_out_can_think_again(author):
    sheet = "kind,locality,Staat\nservice_centre,Amsterdam,NL\n"
    page = upload(author, sheet)
    page = answered(author, page, **{field_of(page, "Staat"): "notes"})
    assert "The sheet has no column “country”" in page.text
    assert page.form("/answer/")[field_of(page, "Staat")] == "notes"
    page = answered(author, page, **{field_of(page, "Staat"): "country"})
    assert statuses(page) == ["create"]


def test_what_the_columns_mean_can_be_changed_in_view_of_the_plan(author):
    page = upload(author, UNKNOWN)
    page = answered(author, page, **{field_of(page, "Colour of the door"): "notes"})
    page = answered(author, page, **{field_of(page, "Colour of the door"): "region"})
    confirm(author, page)
    assert (Station.objects.get().region, Station.objects.get().notes) == ("red", "")


def test_a_plan_whose_columns_speak_for_themselves_asks_nothing(author):
    assert "Change what the columns mean" not in upload(author, GOOD).text
    assert author.send(address(act="answer"), {"remember": "x"}).status_code == 302
    assert "Reload the page to see what can be done with it." in author.open(address()).messages[0]
    assert the_import().state == ImportState.PLANNED


def test_what_was_said_of_columns_is_remembered_for_all_colleagues(author, editor):
    page = upload(author, UNKNOWN)
    answered(author, page, **{field_of(page, "Colour of the door"): "ignore", "remember": " The police list "})
    mapping = ImportMapping.objects.get()
    assert (mapping.name, mapping.sheet_kind, mapping.saved_by) == ("The police list", "station", author.person)
    assert mapping.columns == {"Colour of the door": "ignore"}
    assert f"The police list (station, {author.person})" in editor.open(PAGE).text


def test_a_question_that_is_answered_twice_is_answered_once(author):
    page = upload(author, UNKNOWN)
    form = page.form("/answer/").fill(**{field_of(page, "Colour of the door"): "ignore"})
    confirm(author, author.submit(form))
    again = author.submit(form)
    assert "Reload the page" in again.messages[0]
    assert Station.objects.count() == 1
