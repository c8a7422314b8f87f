"""An import is written whole or not at all, whatever happens in the middle of it."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.utils import timezone

from bench.invented_sheet import stations_csv
from casetracker.core.errors import ChangedMeanwhile
from casetracker.desk.exchange.kept import rows_of_plan
from casetracker.desk.exchange.running import carry_out_import, plan_import
from casetracker.review.models import Decision, Import, ImportKey, Record
from casetracker.review.services import edit_record
from casetracker.review.services.editing import Edit
from casetracker.review.services.uploads import Choices, cancel_import, confirm_import, start_import
from tests.desk.exchange.importing import refused
from tests.factories.records import fresh, make_station

# In the worker's place: it dies when the second batch of stations is being written.
DIES = """
import os, signal
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from casetracker.accounts.models import User
from casetracker.core.batches import AT_ONCE
from casetracker.review.models import Record

call_command("migrate", verbosity=0)
User.objects.create_user("researcher").groups.add(Group.objects.get(name="Researcher"))

def dies(execute, sql, params, many, context):
    if sql.startswith('INSERT INTO "review_participation"') and Record.objects.count() > AT_ONCE:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

with connection.execute_wrapper(dies):
    call_command("import_records", PATH, "--kind", "station", "--by", "researcher", "--yes")
"""
COUNTS = """
from casetracker.review.models import Decision, ImportKey, Record
print(Record.objects.count(), Decision.objects.count(), ImportKey.objects.count())
"""


def written():
    return Record.objects.count(), Decision.objects.count(), ImportKey.objects.count()


@pytest.mark.slow
@pytest.mark.django_db
def test_one_bad_row_of_ten_thousand_stops_all(sheet, researcher):
    lines = stations_csv(10_000).decode().splitlines()
    assert lines[9_999].startswith("station-9999,")
    lines[9_999] = lines[9_999].replace("police_service_station", "shop")
    said = refused(sheet("\n".join(lines)), "--yes")
    assert "9999 new, 0 changed, 0 unchanged, 0 possible duplicates, 1 with errors." in said
    assert "row 10000, kind “shop”" in said
    assert written() == (0, 0, 0)


@pytest.mark.slow
@pytest.mark.both
def test_a_process_that_is_killed_in_the_middle_leaves_nothing(tmp_path):
    path = tmp_path / "stations.csv"
    path.write_bytes(stations_csv(1_200))
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"CASETRACKER_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "casetracker.settings.demo"}

    def run(code):
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    killed = run(f"PATH = {str(path)!r}\n{DIES}")
    assert killed.returncode == -9, killed.stderr
    assert run(COUNTS).stdout.split() == ["0", "0", "0"]


@pytest.mark.django_db
def test_a_record_that_changes_after_the_plan_is_asked_about_again(researcher):
    record = make_station(by=researcher, summary="A shop.")
    content = f"key,summary\n{record.pk},Two shops.\n".encode()
    upload = plan_import(start_import("station", "a.csv", content, by=researcher).pk)
    edit_record(record.pk, Edit(fields={"summary": "No shop."}), by=researcher, lock_version=fresh(record).lock_version)
    confirm_import(upload.pk, by=researcher, plan_digest=upload.plan_digest, choices=Choices())
    with pytest.raises(ChangedMeanwhile):
        carry_out_import(upload.pk)
    again = Import.objects.get(pk=upload.pk)
    assert (again.state, again.plan_digest != upload.plan_digest) == ("planned", True)
    assert rows_of_plan(again)[0]["differences"][0]["before"] == "No shop."
    assert fresh(record).station.summary == "No shop."
    confirm_import(upload.pk, by=researcher, plan_digest=again.plan_digest, choices=Choices())
    carry_out_import(upload.pk)
    assert fresh(record).station.summary == "Two shops."


@pytest.mark.django_db
def test_a_confirmation_is_of_one_plan(researcher):
    upload = plan_import(start_import("station", "a.csv", stations_csv(2), by=researcher).pk)
    with pytest.raises(ChangedMeanwhile):
        confirm_import(upload.pk, by=researcher, plan_digest="0" * 64, choices=Choices())
    assert Import.objects.get().state == "planned"


@pytest.mark.django_db
def test_a_confirmation_is_of_one_reading_of_the_columns(researcher):
    content = b"kind,country,place_precision,What we know\nother,NL,country,A shop.\n"

    def planned(meaning):
        mapping = {"What we know": meaning}
        upload = start_import("station", "a.csv", content, by=researcher, mapping=mapping)
        return plan_import(upload.pk).plan_digest

    digests = {planned(meaning) for meaning in ("notes", "summary", "ignore")}
    assert len(digests) == 3
    assert planned("summary") in digests


@pytest.mark.django_db
def test_what_is_cancelled_while_it_is_read_stops(researcher):
    upload = start_import("station", "a.csv", stations_csv(20), by=researcher)
    said = []

    def somebody_cancels(done, total):
        said.append((done, total))
        cancel_import(upload.pk, by=researcher)

    with pytest.raises(Exception, match="The import was cancelled"):
        plan_import(upload.pk, bar=somebody_cancels)
    upload.refresh_from_db()
    assert (upload.state, upload.content, upload.plan) == ("cancelled", None, None)
    assert said == [(0, 20)]
    assert written() == (0, 0, 0)


@pytest.mark.django_db
def test_what_nobody_touches_for_two_weeks_is_forgotten(researcher, other_researcher):
    waiting = plan_import(start_import("station", "a.csv", stations_csv(2), by=researcher).pk)
    done = plan_import(start_import("station", "b.csv", b"kind,country\nshop,NL\n", by=researcher).pk)
    choices = Choices(good_rows_only=True)
    confirm_import(done.pk, by=researcher, plan_digest=done.plan_digest, choices=choices)
    assert carry_out_import(done.pk).rest
    start_import("station", "c.csv", stations_csv(1), by=other_researcher)
    assert plan_import(waiting.pk).content
    Import.objects.update(changed_at=timezone.now() - dt.timedelta(days=15))
    start_import("station", "d.csv", stations_csv(1), by=other_researcher)
    waiting.refresh_from_db()
    done.refresh_from_db()
    assert (waiting.state, waiting.content, waiting.plan) == ("cancelled", None, None)
    assert (done.state, done.rest) == ("done", None)
