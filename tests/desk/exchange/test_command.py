"""`manage.py import_records`: what it says, what it writes, what it refuses."""

import pytest

from casetracker.review.models import Decision, Import, ImportKey, ImportMapping, Record
from stations.models import Station
from tests.desk.exchange.importing import refused, run
from tests.factories.records import bring_to, fresh, make_station

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

STATIONS = """key,kind,country,locality,latitude,longitude,first_reported,summary,name_1_text,name_1_language
a,service centre,Netherlands,Amsterdam,52.37,4.9,Oct 2022,A shop in the north.,A name,nl
b,police_service_station,NL,Rotterdam,,,2022-10-26,,,
"""


def test_rows_become_drafts_of_whoever_imports_them(sheet, researcher):
    said = run(sheet(STATIONS), "--yes")
    assert "2 new, 0 changed, 0 unchanged" in said
    assert "2 rows were imported into drafts." in said
    assert "row 2, new: kind “service centre”; country “NL”; city or place “Amsterdam”; latitude “52.37”" in said
    amsterdam = Station.objects.get(locality="Amsterdam")
    assert (amsterdam.kind, amsterdam.country, amsterdam.first_reported) == ("service_centre", "NL", "2022-10")
    assert (str(amsterdam.latitude), amsterdam.names.get().text) == ("52.370000", "A name")
    record = amsterdam.record
    assert (record.state, record.public_status, record.label) == ("draft", "never", "Amsterdam, Netherlands: A name")
    decision = Decision.objects.get(record=record)
    assert decision.person == researcher
    assert "imported from “sheet.csv” (SHA-256 " in decision.comment
    assert set(ImportKey.objects.values_list("owner__username", "key")) == {("researcher", "a"), ("researcher", "b")}


def test_the_same_file_again_changes_nothing(sheet, researcher):
    run(sheet(STATIONS), "--yes")
    assert "0 new, 0 changed, 2 unchanged" in run(sheet(STATIONS), "--yes")
    assert Decision.objects.count() == Record.objects.count() == 2
    without_keys = "\n".join(line.partition(",")[2] for line in STATIONS.splitlines())
    assert "0 new, 0 changed, 2 unchanged" in run(sheet(without_keys), "--yes")
    assert Decision.objects.count() == 2


def test_a_changed_row_changes_its_record(sheet, researcher):
    run(sheet(STATIONS), "--yes")
    said = run(sheet(STATIONS.replace("A shop in the north.", "A shop in the south.")), "--yes")
    assert "summary “A shop in the north.” → “A shop in the south.”" in said
    assert Station.objects.get(locality="Amsterdam").summary == "A shop in the south."
    assert Record.objects.count() == 2


def test_what_is_published_gets_a_revision_and_stays_as_it_is(sheet, researcher):
    live = bring_to(make_station(locality="Utrecht", summary="A shop."), "live")
    said = run(sheet(f"reference,summary\n{live.reference},Two shops.\n"), "--yes")
    assert "1 changed" in said
    live = fresh(live)
    assert (live.state, live.public_status, live.published_version) == ("draft", "live", 1)
    assert live.station.summary == "Two shops."


def test_what_is_under_review_is_not_changed(sheet, researcher):
    record = bring_to(make_station(summary="A shop."), "submitted")
    said = refused(sheet(f"key,summary\n{record.pk},Two shops.\n"), "--yes")
    assert "1 with errors" in said
    assert fresh(record).station.summary == "A shop."


def test_an_error_stops_all_and_every_error_is_named(sheet, researcher):
    text = STATIONS + "c,shop,NL,Delft,,,,,,\nd,service centre,Atlantis,Delft,,,2022-13,,,\n"
    said = refused(sheet(text), "--yes")
    assert "row 4, kind “shop”: It is not one of: police_service_station" in said
    assert "row 5, country “Atlantis”" in said
    assert "row 5, first_reported “2022-13”" in said
    assert "Nothing was imported. Correct the rows, or choose --good-rows." in said
    assert not Record.objects.exists()
    assert Import.objects.get().state == "cancelled"
    assert Import.objects.get().content is None


def test_good_rows_only_is_a_choice_and_the_rest_is_written_down(sheet, researcher, tmp_path):
    rest = tmp_path / "rest.csv"
    said = run(sheet(STATIONS + "c,shop,NL,Delft,,,,,,\n"), "--yes", "--good-rows", "--rest", str(rest))
    assert "2 rows were imported into drafts." in said
    written = rest.read_bytes().decode("utf-8-sig").splitlines()
    assert written[0].endswith(",import_errors")
    assert written[1].startswith("c,shop,NL,Delft")
    assert "kind: It is not one of" in written[1]
    assert len(written) == 2
    assert "1 new" in run(sheet(rest.read_text("utf-8-sig").replace("shop", "service centre")), "--yes")


def test_columns_that_nobody_knows_must_be_told(sheet, researcher):
    text = STATIONS.replace("summary", "What we know")
    said = refused(sheet(text), "--yes")
    assert "“What we know”" in said
    assert "--map 'What we know=COLUMN'" in said
    run(sheet(text), "--yes", "--map", "What we know=notes")
    assert Station.objects.get(locality="Amsterdam").notes == "What we know: A shop in the north."
    assert "2 unchanged" in run(sheet(text), "--yes", "--map", "What we know=notes")


def test_a_saved_mapping_tells_them(sheet, researcher):
    ImportMapping.objects.create(
        name="ours", sheet_kind="station", columns={"What we know": "summary"}, saved_by=researcher
    )
    run(sheet(STATIONS.replace("summary", "What we know")), "--yes", "--mapping", "ours")
    assert Station.objects.get(locality="Amsterdam").summary == "A shop in the north."


@pytest.mark.parametrize("column", ["state", "approved_by", "Reference number", "verified at", "published_version"])
def test_what_people_decide_at_the_desk_is_no_column(sheet, researcher, column):
    said = refused(sheet(f"kind,country,{column}\nother,NL,x\n"), "--yes")
    assert f"The column “{column}” cannot be imported" in said
    assert not Record.objects.exists()


def test_a_reference_numbers_nothing(sheet, researcher):
    said = refused(sheet("reference,kind,country,place_precision\nS-77,other,NL,country\n"), "--yes")
    assert "row 2, reference “S-77”: Nothing here has this reference." in said


def test_a_key_is_the_importers_own(sheet, researcher, other_researcher):
    run(sheet(STATIONS), "--yes")
    other = STATIONS.replace("Amsterdam", "Zwolle").replace("Rotterdam", "Meppel").replace("52.37,4.9", ",")
    assert "2 new" in run(sheet(other), "--yes", by="other-researcher")
    assert Record.objects.count() == 4


def test_a_possible_duplicate_must_be_decided_on(sheet, researcher):
    make_station(kind="service_centre", country="NL", locality="Amsterdam", names=[])
    row = "kind,country,locality,operator_jurisdiction,name_1_text,name_1_language\n"
    row += "service centre,NL,Amsterdam,Fuzhou,The club,en\n"
    run(sheet(row), "--yes")
    again = row.replace("The club,en", "The Club!,nl")
    said = refused(sheet(again), "--yes")
    assert "1 possible duplicates" in said
    assert "--duplicates skip or log" in said
    assert "0 rows were imported" in run(sheet(again), "--yes", "--duplicates", "skip")
    assert Station.objects.count() == 2
    assert "1 rows were imported" in run(sheet(again), "--yes", "--duplicates", "log")
    assert Station.objects.count() == 3


def test_the_same_row_twice_in_one_file_is_told(sheet, researcher):
    row = "service centre,NL,Delft\n"
    said = refused(sheet(f"kind,country,locality\n{row}{row}"), "--yes")
    assert "row 3, service centre, NL, Delft: like row 2" in said


def test_two_rows_with_one_key_are_refused(sheet, researcher):
    said = refused(sheet("key,kind,country,locality\na,other,NL,Delft\na,other,NL,Gouda\n"), "--yes")
    assert "row 3, key “a”: Row 2 is about the same. Keep one of the two." in said


def test_others_import_nothing(sheet, observer):
    assert "Only researchers and editors import files." in refused(sheet(STATIONS), "--yes", by="observer")
    assert "There is no account “nobody”" in refused(sheet(STATIONS), by="nobody")


def test_without_a_yes_nothing_is_written(sheet, researcher):
    assert "Nothing was imported. Confirm the plan" in refused(sheet(STATIONS))
    assert "2 new" in run(sheet(STATIONS), "--plan-only")
    assert not Record.objects.exists()
