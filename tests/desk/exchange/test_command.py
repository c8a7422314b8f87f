"""`manage.py import_records`: what it says, what it writes, what it refuses."""

import io

import pytest
from django.core.management import call_command

from casetracker.review.models import Decision, ImportKey, Record
from stations.models import Station

pytestmark = pytest.mark.django_db

STATIONS = """key,kind,country,locality,latitude,longitude,first_reported,summary,name_1_text,name_1_language
a,service centre,Netherlands,Amsterdam,52.37,4.9,Oct 2022,A shop in the north.,A name,nl
b,police_service_station,NL,Rotterdam,,,2022-10-26,,,
"""


@pytest.fixture
def sheet(tmp_path):
    def write(text, name="stations.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def run(path, *options, kind="station", by="researcher"):
    out = io.StringIO()
    call_command("import_records", str(path), "--kind", kind, "--by", by, *options, stdout=out)
    return out.getvalue()


def test_rows_become_drafts_of_whoever_imports_them(sheet, researcher):
    said = run(sheet(STATIONS), "--yes")
    assert "2 new, 0 changed, 0 unchanged" in said
    assert "2 rows were imported into drafts." in said
    amsterdam = Station.objects.get(locality="Amsterdam")
    assert (amsterdam.kind, amsterdam.country, amsterdam.first_reported) == ("service_centre", "NL", "2022-10")
    assert (str(amsterdam.latitude), amsterdam.names.get().text) == ("52.370000", "A name")
    record = amsterdam.record
    assert (record.state, record.public_status, record.label) == ("draft", "never", "Amsterdam, Netherlands: A name")
    decision = Decision.objects.get(record=record)
    assert decision.person == researcher
    assert "imported from “stations.csv” (SHA-256 " in decision.comment
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
