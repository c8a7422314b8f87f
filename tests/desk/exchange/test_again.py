"""A file that comes again, a key that means one thing, and what a row leaves alone."""

import pytest

from casetracker.core.errors import ChangedMeanwhile, InvalidContent
from casetracker.desk.exchange import running
from casetracker.desk.exchange.running import carry_out_import, plan_import
from casetracker.review.models import Decision, Import, ImportKey, Record
from casetracker.review.services import edit_record
from casetracker.review.services.editing import Edit
from casetracker.review.services.uploads import Choices, confirm_import, save_mapping, start_import
from responses.models import Agreement, Response
from stations.models import Claim, Station
from tests.desk.exchange.importing import refused, run
from tests.factories.records import bring_to, citation, fresh, make_source, make_station

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


# --- The same file again --------------------------------------------------------


@pytest.mark.parametrize("remark", ["seen twice", '"seen twice\nby two"'])
@pytest.mark.parametrize("notes", ["From the list.", ""])
def test_notes_from_two_columns_stay_as_they_are(sheet, researcher, remark, notes):
    path = sheet(f"key,kind,country,place_precision,notes,Remarks\na,other,NL,country,{notes},{remark}\n")
    options = ("--yes", "--map", "Remarks=notes")
    run(path, *options)
    first = Station.objects.get().notes
    assert "Remarks: seen twice" in first
    for _time in range(3):
        assert "0 new, 0 changed, 1 unchanged" in run(path, *options)
    assert Station.objects.get().notes == first


def test_notes_of_colleagues_stay_when_a_column_adds_to_them(sheet, researcher):
    record = make_station(by=researcher, notes="Ask Rosa.")
    path = sheet(f"key,Remarks\n{record.pk},seen\n")
    run(path, "--yes", "--map", "Remarks=notes")
    assert fresh(record).station.notes == "Ask Rosa.\nRemarks: seen"
    assert "1 unchanged" in run(path, "--yes", "--map", "Remarks=notes")


@pytest.mark.parametrize(
    ("kind", "model", "text"),
    [
        (
            "claim",
            Claim,
            "topic,text,as_of,claimed_by,epistemic_status\npurpose,They renew licences.,2022,The embassy,alleged\n",
        ),
        (
            "response",
            Response,
            "responder,actor,level,kind,date,summary\nCN,Spokesman,embassy,denial,2022-10,He denied it.\n",
        ),
        ("agreement", Agreement, "country,type,summary\nIT,joint patrols,They patrol.\n"),
        ("station", Station, "kind,country,place_precision\nother,NL,country\n"),
    ],
)
def test_rows_that_leave_much_open_are_recognised_too(sheet, researcher, kind, model, text):
    run(sheet(text), "--yes", kind=kind)
    assert "0 new, 0 changed, 1 unchanged" in run(sheet(text), "--yes", kind=kind)
    assert model.objects.count() == 1


# --- Keys -----------------------------------------------------------------------


def test_a_key_that_looks_like_a_reference_is_refused(sheet, researcher):
    said = refused(sheet("key,kind,country,place_precision\nS-1,other,NL,country\n"), "--yes")
    assert "row 2, key “S-1”: It looks like a public reference." in said
    assert not Record.objects.exists()


def test_a_reference_in_the_column_of_keys_changes_nothing(sheet, researcher):
    live = bring_to(make_station(summary="A shop."), "live")
    assert "looks like a public reference" in refused(sheet(f"key,summary\n{live.reference},Two.\n"), "--yes")
    assert fresh(live).state == "idle"


def test_an_address_as_a_key_names_no_source_of_colleagues(sheet, researcher):
    make_source(url="https://x.example/a", title="A report")
    text = "key,publisher,title,type,url\nhttps://x.example/a,NRC,Another title,newspaper,https://x.example/a\n"
    said = refused(sheet(text), "--yes", kind="source")
    assert "0 changed" in said
    assert "1 possible duplicates" in said


def test_a_key_beside_a_reference_is_remembered(sheet, researcher):
    live = bring_to(make_station(summary="A shop."), "live")
    said = run(sheet(f"reference,key\n{live.reference},mine\n"), "--yes")
    assert "key “” → “mine”" in said
    assert fresh(live).state == "idle"
    assert ImportKey.objects.get().record_id == live.pk
    assert "1 unchanged" in run(sheet("key,summary\nmine,A shop.\n"), "--yes")
    assert "1 changed" in run(sheet("key,summary\nmine,Two shops.\n"), "--yes")
    assert fresh(live).station.summary == "Two shops."


def test_a_key_that_is_too_long_is_refused_with_its_row(sheet, researcher):
    said = refused(sheet(f"key,kind,country,place_precision\n{'k' * 201},other,NL,country\n"), "--yes")
    assert "row 2, key" in said
    assert "at most 200 characters" in said


def test_two_spellings_of_one_thing_both_name_it(sheet, researcher):
    record = bring_to(make_station(), "live")
    make_source(url="https://x.example/a")
    rows = f"{record.reference},https://www.x.example/a,p. 1\n"
    rows += f"{record.reference.lower()},https://x.example/a?utm_source=q,p. 2\n"
    run(sheet(f"record,source,locator\n{rows}"), "--yes", kind="citation")
    assert {one.locator for one in record.citations.all()} >= {"p. 1", "p. 2"}


# --- What a row leaves alone ----------------------------------------------------


def test_a_corrected_reply_keeps_what_the_sheet_does_not_speak_of(sheet, researcher):
    reply = {"asked": "The embasy", "asked_on": "2022-10", "answer": "No.", "answered_on": "2022-11", "language": "en"}
    record = make_station(by=researcher, replies=[reply], names=[{"text": "Old", "language": "nl", "role": "official"}])
    run(sheet(f"key,reply_1_asked,reply_1_answer,name_1_text\n{record.pk},The embassy,No.,New\n"), "--yes")
    found = fresh(record).station.replies.get()
    assert (found.asked, found.asked_on, found.answered_on, found.language) == (
        "The embassy",
        "2022-10",
        "2022-11",
        "en",
    )
    name = record.station.names.get()
    assert (name.text, name.language, name.role) == ("New", "nl", "official")


# --- Errors and moments ---------------------------------------------------------


def test_every_bad_citation_of_a_record_is_named_and_the_good_ones_go_in(sheet, researcher):
    record, source = make_station(by=researcher, citations=[]), make_source()
    row = f"{record.pk},{source.pk}"
    text = f"record,source,locator,quote\n{row},p. 1,\n{row},p. 2,“a”\n{row},p. 3,“b”\n"
    said = refused(sheet(text), "--yes", kind="citation")
    assert "1 new, 0 changed, 0 unchanged, 0 possible duplicates, 2 with errors." in said
    assert "row 3: Say in which language the quote is." in said
    assert "row 4: Say in which language the quote is." in said
    assert "1 rows were imported" in run(sheet(text), "--yes", "--good-rows", kind="citation")
    assert record.citations.get().locator == "p. 1"


def test_a_record_that_changes_while_it_is_written_leaves_the_import_planned(researcher, monkeypatch):
    record = make_station(by=researcher, summary="A shop.")
    content = f"key,summary\n{record.pk},Two shops.\n".encode()
    upload = plan_import(start_import("station", "a.csv", content, by=researcher).pk)
    confirm_import(upload.pk, by=researcher, plan_digest=upload.plan_digest, choices=Choices())

    def somebody_is_faster(import_id, outcome):
        version = fresh(record).lock_version
        edit_record(record.pk, Edit(fields={"summary": "No shop."}), by=researcher, lock_version=version)
        return finish(import_id, outcome)

    finish = running.finish_import
    monkeypatch.setattr(running, "finish_import", somebody_is_faster)
    with pytest.raises(ChangedMeanwhile):
        carry_out_import(upload.pk)
    upload = Import.objects.get(pk=upload.pk)
    assert upload.state == "planned"
    assert "Changed meanwhile by" in upload.message
    assert fresh(record).station.summary == "No shop."


def test_a_confirmation_is_bound_to_what_new_rows_link_to(sheet, researcher):
    record = make_station(by=researcher, citations=[])
    one, other = make_source(url="https://x.example/a"), make_source(url="https://y.example/b")
    content = f"record,source\n{record.pk},https://x.example/a\n".encode()

    def digest():
        return plan_import(start_import("citation", "a.csv", content, by=researcher).pk).plan_digest

    before = digest()
    assert digest() == before
    type(one).objects.filter(pk=other.pk).update(address_key=one.address_key)
    type(one).objects.filter(pk=one.pk).update(address_key="")
    assert digest() != before


def test_a_mapping_of_a_colleague_is_not_replaced(researcher, other_researcher):
    save_mapping("Weekly", "station", {"Host": "private_host"}, by=researcher)
    with pytest.raises(InvalidContent, match="Choose another name"):
        save_mapping("Weekly", "station", {"Host": "summary"}, by=other_researcher)
    assert save_mapping("Weekly", "station", {"Host": "notes"}, by=researcher).columns == {"Host": "notes"}


def test_a_header_that_means_two_columns_is_asked_about(sheet, researcher):
    header = "topic,text,as_of,claimed_by,epistemic_status,nummer"
    said = refused(sheet(f"{header}\npurpose,A text.,2022,The embassy,alleged,12\n"), "--yes", kind="claim")
    assert "“nummer”" in said
    assert not Decision.objects.exists()


def test_citations_do_not_lose_their_place_when_others_are_added(sheet, researcher):
    record = make_station(by=researcher, citations=[citation(locator="p. 1")])
    run(sheet(f"record,source\n{record.pk},{make_source().pk}\n"), "--yes", kind="citation")
    assert record.citations.first().locator == "p. 1"
