"""The plan on its page, its confirmation, and what comes of it."""

import csv
import io

import pytest

from casetracker.review import services
from casetracker.review.choices import ImportState, State
from casetracker.review.models import ImportKey, Record
from stations.models import Station
from tests.desk.imports.helpers import (
    GOOD,
    HEADER,
    PAGE,
    WITH_ERROR,
    address,
    confirm,
    statuses,
    the_import,
    upload,
)
from tests.factories.records import bring_to, fresh, make_source, make_station

pytestmark = pytest.mark.django_db

TWICE = f"{HEADER}\na,service_centre,NL,Amsterdam,A shop.\nb,service_centre,NL,Amsterdam,A shop.\n"


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


# --- What it shows ------------------------------------------------------------------


def test_a_plan_says_what_becomes_of_each_row(author):
    page = upload(author, GOOD)
    assert "This would happen. Nothing has been written yet." in page.text
    assert statuses(page) == ["create", "create"]
    assert "2 new service_centre, NL, Amsterdam" in page.text
    assert [form.buttons for form in page.acts_named("confirm")] == [[""]]
    assert "Import 2 rows into drafts" in page.text
    assert "Nothing is published: drafts go through review" in page.text
    assert not Record.objects.exists()


def test_an_error_names_row_header_value_and_remedy(author):
    sheet = WITH_ERROR.replace("country", "Country code")
    page = upload(author, sheet)
    assert statuses(page) == ["error"], "what must be decided on comes first"
    assert "3 error service_centre, Nederlnad, Rotterdam Country code" in page.text
    assert "“Nederlnad” is not a country. Write an ISO 3166-1 code such as NL." in page.text
    assert "1 row has errors and cannot be imported." in page.text
    assert statuses(author.open(address(), {"show": "all"})) == ["create", "error"]


def test_a_change_is_shown_as_before_and_after_with_the_way_to_the_record(author):
    confirm(author, upload(author, GOOD))
    page = upload(author, GOOD.replace("A shop.", "A door."), name="again.csv")
    assert page.marked("del") == ["A shop."]
    assert page.marked("ins") == ["A door."]
    record = Station.objects.get(locality="Amsterdam").record
    assert f"/desk/review/{record.pk}/" in page.links
    assert "change 1 unchanged 1 all rows 2" in page.text


def test_a_published_record_gets_a_revision_and_nothing_is_published(author, team):
    confirm(author, upload(author, GOOD))
    record = Station.objects.get(locality="Amsterdam").record
    services.edit_record(
        record.pk,
        services.Edit(citations=[{"source": make_source(), "stance": "supports"}]),
        by=team.author,
        lock_version=record.lock_version,
    )
    bring_to(fresh(record), "live", **vars(team))
    page = upload(author, GOOD.replace("A shop.", "A door."), name="again.csv")
    assert "change to a published record" in page.text
    assert "1 published record gets a revision in draft." in page.text
    confirm(author, page)
    assert (fresh(record).state, fresh(record).public_status) == (State.DRAFT, "live")


def test_rows_that_say_what_is_there_can_only_be_given_up(author):
    confirm(author, upload(author, GOOD))
    page = upload(author, GOOD, name="again.csv")
    assert "There is nothing to import: all that the rows say is logged already." in page.text
    assert page.acts_named("confirm") == []


def test_a_plan_comes_in_pages_and_filters_whatever_is_asked_for(author):
    lines = [f"k{number},service_centre,NL,Place {number},Text {number}." for number in range(120)]
    page = upload(author, "\n".join([HEADER, *lines, "bad,service_centre,Nowhere,x,y"]))
    assert statuses(page) == ["error"]
    assert statuses(author.open(address(), {"show": "create"})) == ["create"] * 50
    assert statuses(author.open(address(), {"show": "create", "page": "3"})) == ["create"] * 20
    assert len(statuses(author.open(address(), {"show": "all", "page": "3"}))) == 21
    for junk in ("x", "", "-1", "\x00", "9" * 400):
        assert author.get(address(), {"show": junk, "page": junk}).status_code == 200


def test_cells_are_shown_as_text(author):
    page = upload(author, f"{HEADER}\na,<script>alert(1)</script>,NL,<b>x</b>,y\n")
    assert "<script>alert" not in page.response.content.decode()
    assert "<script>alert(1)</script>" in page.text


# --- Confirming ---------------------------------------------------------------------


def test_confirming_writes_drafts_and_says_so(author):
    page = confirm(author, upload(author, GOOD))
    assert "2 rows were imported" in page.text
    assert "/desk/stations/station/?state=draft&queue=mine" in page.links
    assert {record.state for record in Record.objects.all()} == {State.DRAFT}
    assert len(author.open("/desk/stations/station/?state=draft&queue=mine").listed) == 2
    upload_ = the_import()
    assert (upload_.state, upload_.content, upload_.plan, upload_.rest) == (ImportState.DONE, None, None, None)
    assert author.get(address(act="file")).status_code == 404


def test_with_errors_the_whole_or_the_good_rows_are_imported_and_the_rest_is_given_back(author):
    page = upload(author, WITH_ERROR)
    assert "Import the 1 good row and leave 1 out" in page.text
    form = page.act("confirm")
    whole = {name: texts for name, texts in form.values.items() if name != "good_rows_only"}
    refused = author.client.post(form.action, whole, follow=True)
    assert "Correct them, or choose to import the good rows only." in refused.text
    assert not Record.objects.exists()
    page = author.submit(form)
    assert "1 row was imported" in page.text
    assert "1 row was left out." in page.text
    assert Station.objects.get().locality == "Amsterdam"
    response = author.get(address(act="file"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="stations-left-out.csv"'
    (row,) = rows_of(response)
    assert (row["key"], row["country"]) == ("b", "Nederlnad")
    assert row["import_errors"].startswith("country: ")
    assert address(act="file") in page.links


def test_a_file_with_errors_is_given_back_with_a_column_that_says_them(author):
    upload(author, WITH_ERROR)
    response = author.get(address(act="file"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="stations-errors.csv"'
    good, bad = rows_of(response)
    assert good["import_errors"] == ""
    assert bad["import_errors"].startswith("country: ")
    corrected = response.content.decode("utf-8-sig").replace("Nederlnad", "NL")
    page = upload(author, corrected, name="corrected.csv")
    assert statuses(page) == ["create", "create"], "the column with the errors is passed by"


def test_where_no_row_is_good_there_is_nothing_to_confirm(author):
    page = upload(author, f"{HEADER}\na,x,y,z,\n")
    assert "No row can be imported as the file is now." in page.text
    assert page.acts_named("confirm") == []


@pytest.mark.parametrize(
    ("number", "button", "places"),
    [
        (0, "Import the 1 good row and leave 1 out", 1),
        (1, "Import all 2 rows, possible duplicates too", 2),
    ],
)
def test_possible_duplicates_are_left_out_or_logged(author, number, button, places):
    page = upload(author, TWICE)
    assert statuses(page) == ["duplicate"]
    assert "May be the same as row 2" in page.text
    assert button in page.text
    page = confirm(author, page, number)
    assert Station.objects.count() == places
    assert ("was left out" in page.text) is (places == 1)


def test_a_possible_duplicate_of_a_record_leads_to_it(author, team):
    record = make_station(by=team.author, locality="Amsterdam", kind="service_centre", summary="A shop.", country="NL")
    page = upload(author, GOOD)
    assert statuses(page) == ["duplicate"]
    assert str(record.pk) in page.records


def test_a_row_that_points_to_one_that_is_left_out_is_left_out_too(author):
    sheet = (
        "key,title,publisher,url,type,derived_from,derivation\n"
        "a,The article,FD,https://x.example/,newspaper,,\nb,Again,FD,https://x.example/,newspaper,,\n"
        "c,A copy,NRC,https://c.example/,newspaper,b,copy\n"
    )
    page = upload(author, sheet, kind="source")
    page = confirm(author, page)
    assert "1 row was imported" in page.text
    rest = {row["key"]: row["import_errors"] for row in rows_of(author.get(address(act="file")))}
    assert rest.keys() == {"b", "c"}
    assert rest["c"] == "It links to a row that was left out."


def test_undecided_duplicates_are_refused(author):
    form = upload(author, TWICE).acts_named("confirm")[0]
    page = author.client.post(form.action, form.values | {"duplicates": ["ask"]}, follow=True)
    assert "Leave them out, or log them as new." in page.text
    assert not Record.objects.exists()


def test_sources_are_no_drafts(author):
    sheet = "key,title,publisher,url,type\na,The article,FD,https://x.example/,newspaper\n"
    page = upload(author, sheet, kind="source")
    assert "Sources can be cited as soon as they are imported." in page.text
    assert "Import 1 row Not yet right?" in page.text
    page = confirm(author, page)
    assert "The sources are there to be cited. Nothing was published." in page.text
    assert "/desk/sources/source/" in page.links


def test_citations_lead_to_the_records_that_cite(author, team):
    record, source = make_station(by=team.author, citations=[]), make_source(url="https://x.example/")
    bring_to(record, "draft")
    ImportKey.objects.create(owner=team.author, sheet_kind="station", key="s", record=record)
    sheet = "key,record,source,stance\n1,s,https://x.example/,supports\n2,s,https://x.example/,mentions\n"
    page = upload(author, sheet, kind="citation")
    assert str(record.pk) in page.records
    page = confirm(author, page)
    assert "2 rows were imported" in page.text
    assert "/desk/queue/drafts/" in page.links
    assert set(record.citations.values_list("source", "stance")) == {(source.pk, "supports"), (source.pk, "mentions")}


# --- What changed meanwhile ---------------------------------------------------------


def test_a_confirmation_is_bound_to_the_plan_that_was_shown(author):
    page = upload(author, GOOD)
    for digest in ("0" * 64, "x"):
        form = page.act("confirm")
        answer = author.client.post(form.action, form.values | {"plan_digest": [digest]}, follow=True)
        assert "The plan is another one by now. Look at it again." in answer.text
    assert not Record.objects.exists()


def test_records_that_changed_meanwhile_bring_a_new_plan(author, team):
    confirm(author, upload(author, GOOD))
    record = Station.objects.get(locality="Amsterdam").record
    page = upload(author, GOOD.replace("A shop.", "A door."), name="again.csv")
    edit = services.Edit(fields={"summary": "A gate."})
    services.edit_record(record.pk, edit, by=team.author, lock_version=record.lock_version)
    page = confirm(author, page)
    assert "Records were changed since the plan was made. Look at the new plan, and confirm it." in page.text
    assert page.marked("del") == ["A gate."]
    assert fresh(record).station.summary == "A gate."
    page = confirm(author, page)
    assert "1 row was imported" in page.text
    assert fresh(record).station.summary == "A door."


def test_the_new_plan_says_again_what_is_wrong(author, team):
    confirm(author, upload(author, GOOD))
    record = Station.objects.get(locality="Amsterdam").record
    sheet = GOOD.replace("A shop.", "A door.") + "c,service_centre,Nederlnad,Delft,x\n"
    page = upload(author, sheet, name="again.csv")
    edit = services.Edit(fields={"summary": "A gate."})
    services.edit_record(record.pk, edit, by=team.author, lock_version=record.lock_version)
    page = confirm(author, page)
    assert statuses(page) == ["error"]
    assert "is not a country. Write an ISO 3166-1 code such as NL." in page.text


def test_what_the_rows_point_to_can_be_mended_at_the_desk_and_looked_at_again(author):
    sheet = "key,title,publisher,url,type,derived_from,derivation\n{},newspaper,{}\n"
    page = upload(author, sheet.format("a,A copy,NRC,https://a.example/", "b,copy"), kind="source")
    before = statuses(page)
    original = upload(author, sheet.format("b,The article,FD,https://b.example/", ","), kind="source", name="b.csv")
    confirm(author, original)
    page = author.submit(page.act("again"))
    assert (before, statuses(page)) == (["error"], ["create"])


# --- What nobody does on purpose ----------------------------------------------------


def test_a_second_click_writes_nothing_twice(author):
    form = upload(author, GOOD).act("confirm")
    author.submit(form)
    page = author.submit(form)
    assert "Reload the page" in page.messages[0]
    assert Station.objects.count() == 2


@pytest.mark.parametrize("junk", ["", "x", "\x00", "9" * 400])
def test_a_confirmation_of_junk_does_nothing(author, junk):
    upload(author, GOOD)
    values = {"plan_digest": junk, "duplicates": junk, "good_rows_only": junk}
    response = author.send(address(act="confirm"), values)
    assert response.status_code == 302
    assert "nothing was imported" in author.open(address()).messages[0]
    assert the_import().state == ImportState.PLANNED
    assert not Record.objects.exists()


@pytest.mark.parametrize("act", ["answer", "confirm", "again", "cancel"])
@pytest.mark.parametrize("end", ["done", "refused", "cancelled"])
def test_nothing_is_done_to_an_import_that_is_over(author, act, end):
    page = upload(author, b"\x00" if end == "refused" else GOOD)
    if end != "refused":
        author.submit(page.act("confirm" if end == "done" else "cancel"))
    assert the_import().state == end
    values = {"plan_digest": the_import().plan_digest or "x", "duplicates": "ask"}
    assert author.send(address(act=act), values).status_code == 302
    expected = "The import was cancelled" if end == "cancelled" and act in ("confirm", "again") else "Reload the page"
    assert expected in author.open(address()).messages[0]
    assert the_import().state == end


def test_a_cancelled_import_leaves_nothing(author):
    page = upload(author, GOOD)
    page = author.submit(page.act("cancel"))
    assert "Nothing was written, and the file is not kept." in page.text
    one = the_import()
    assert (one.content, one.plan, one.rest, one.question) == (None, None, None, {})
    assert not Record.objects.exists()
    assert page.acts == set()


def test_a_refused_file_says_all_that_is_wrong_and_leads_to_another_try(author):
    page = upload(author, b"PK\x03\x04 no workbook", name="stations.xlsx")
    assert "The file cannot be imported as it is. Nothing was written." in page.text
    assert the_import().question["problems"][0]["message"] in page.text
    assert f"{PAGE}?kind=station" in page.links
    assert author.get(address(act="file")).status_code == 404
