"""The doctor finds what is broken: each thing is broken once."""

import datetime as dt
import json
import os
import subprocess
import sys
import time

import pyrage
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casetracker.accounts.roles import Role
from casetracker.core.append_only import drop_triggers
from casetracker.operations.backups.noted import LastBackup, note_backup
from casetracker.operations.doctor import Asked, Level, examine
from casetracker.operations.tasks import answer
from casetracker.publication.checkpoints import new_key, sign_head
from casetracker.publication.models import PublicationHead
from casetracker.review.models import Release
from casetracker.sources.models import Capture, LinkOrder
from casetracker.sources.storage import capture_storage, original_name
from tests.architecture.ours import ROOT
from tests.factories.captures import make_capture, png
from tests.factories.records import bring_to, make_people, make_source, make_station
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

NOBODY_WAITS = Asked(patience=0)


def said(level, part, asked=NOBODY_WAITS):
    """What is said of one part at one level, in one text."""
    found = [finding for name, finding in examine(asked) if (name, finding.level) == (part, level)]
    assert all(finding.remedy for finding in found if level != Level.OK)
    return "\n".join(finding.text for finding in found)


def failed(part):
    return said(Level.FAIL, part)


def warned(part):
    return said(Level.WARN, part)


def is_well(part):
    return {finding.level for name, finding in examine(NOBODY_WAITS) if name == part} == {Level.OK}


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o700)
    return tmp_path


def test_each_role_needs_people_with_a_second_factor():
    people = [UserFactory(roles=[role]) for role in (Role.EDITOR, Role.EDITOR, Role.ADMINISTRATOR)]
    assert "Editor: 0 can sign in" in failed("people")
    assert "3 with a role have no second factor" in warned("people")
    for person in people:
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    assert failed("people") == ""
    assert warned("people") == "There is one administrator only: with their phone the site loses its last one."
    people[0].is_active = False
    people[0].save()
    assert "Editor: 1 can sign in" in failed("people")
    UserFactory(is_superuser=True)
    assert "1 active superusers" in warned("people")


def test_recovery_codes_alone_are_no_second_factor():
    person = UserFactory(roles=[Role.ADMINISTRATOR])
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert "Administrator: 0 can sign in" in failed("people")


def test_roles_that_were_changed_are_named():
    assert is_well("roles")
    Group.objects.get(name=Role.EDITOR).permissions.add(Permission.objects.first())
    Group.objects.get(name=Role.OBSERVER).delete()
    assert "Editor, Observer" in failed("roles")


@pytest.mark.django_db(transaction=True)
def test_a_trigger_that_is_missing_and_a_log_that_was_changed_are_found():
    assert is_well("database checks")
    people = make_people()
    for _number in range(2):
        bring_to(make_station(by=people.author), "live", **vars(people))
    assert is_well("log")
    drop_triggers()
    assert "trigger" in failed("database checks")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publication_logentry SET reference = 'S-9' WHERE sequence = 1")
    assert "entry 1, entry_hash" in failed("log")
    assert "entry 1, entry_hash" in said(Level.FAIL, "log", Asked(full=True, patience=0))


@pytest.mark.slow
def test_a_quick_look_is_at_the_latest_entries_alone(monkeypatch):
    people = make_people()
    for _number in range(3):
        bring_to(make_station(by=people.author), "live", **vars(people))
    drop_triggers()
    monkeypatch.setattr("casetracker.operations.doctor.database.LATEST_ENTRIES", 1)

    def change(sequence):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE publication_logentry SET record_kind = 'x' WHERE sequence = %s", [sequence])

    change(1)
    assert is_well("log")
    assert "entry 1" in said(Level.FAIL, "log", Asked(full=True, patience=0))
    change(3)
    assert "entry 3" in failed("log")


def test_a_head_that_nobody_signs_is_said(settings):
    people = make_people()
    bring_to(make_station(by=people.author), "live", **vars(people))
    assert "Nobody has signed" in warned("checkpoints")
    settings.CHECKPOINT_KEY = new_key()
    sign_head()
    assert is_well("checkpoints")
    bring_to(make_station(by=people.author), "live", **vars(people))
    assert is_well("checkpoints")  # The timer has an hour.
    PublicationHead.objects.update(published_at=timezone.now() - dt.timedelta(hours=2))
    assert "up to entry 1 of 2" in warned("checkpoints")


def test_a_clock_that_went_back_is_found(folder):
    assert is_well("clock")
    PublicationHead.objects.create(sequence=1, published_at=timezone.now() + dt.timedelta(hours=1))
    (folder / "file").touch()
    os.utime(folder / "file", times=(time.time() + 3600,) * 2)
    assert "behind the log" in failed("clock")
    assert "behind files" in failed("clock")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_does_nothing_is_found():
    assert "did not take a task within 0 seconds" in failed("worker")
    assert not DBTaskResult.objects.exists()  # What was asked is taken back.
    answer.enqueue()
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert is_well("worker")
    answer.enqueue()
    DBTaskResult.objects.filter(status="READY").update(enqueued_at=timezone.now() - dt.timedelta(minutes=7))
    assert "waited for the worker for 7 minutes" in failed("worker")
    answer.using(run_after=timezone.now() + dt.timedelta(days=1)).enqueue()
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    assert "2 tasks failed" not in failed("worker")
    assert "3 tasks failed" in warned("worker")


def test_orders_and_releases_that_wait_are_found(editor):
    assert is_well("fetcher")
    assert is_well("releases")
    order = LinkOrder.objects.create(source=make_source(by=editor), url="https://a.example/", purpose="look")
    LinkOrder.objects.filter(pk=order.pk).update(ordered_at=timezone.now() - dt.timedelta(hours=2))
    assert "1 addresses" in warned("fetcher")
    past = timezone.now() - dt.timedelta(hours=1)
    values = {"embargo_until": past, "scheduled_at": past, "scheduled_by": editor}
    Release.objects.create(title="Late", state="scheduled", created_by=editor, **values)
    assert "1 releases" in failed("releases")


def test_a_copy_that_is_gone_is_found(settings, tmp_path, researcher):
    captures = settings.STORAGES["captures"] | {"OPTIONS": {"location": tmp_path / "captures"}}
    settings.STORAGES = settings.STORAGES | {"captures": captures}
    make_capture(make_source(by=researcher), content=png(9))
    assert is_well("archived copies")
    capture_storage().delete(original_name(Capture.objects.get().digest))
    assert "cannot be read" in failed("archived copies")


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_is_old_or_cannot_be_made_is_found(settings, folder):
    settings.BACKUP_RECIPIENTS = []
    assert "no public key is set" in failed("backup")
    settings.BACKUP_RECIPIENTS = ["age1none"]
    assert "no public key" in failed("backup")
    settings.BACKUP_RECIPIENTS = [str(pyrage.x25519.Identity.generate().to_public())]
    assert "No backup was made" in failed("backup")
    call_command("backup", str(folder / "backups"), no_progress=True)
    assert is_well("backup")
    for days, level in ((2, Level.WARN), (8, Level.FAIL)):
        note_backup(LastBackup(timezone.now() - dt.timedelta(days=days), 1, 0))
        assert f"{days * 24} hours old" in said(level, "backup")


def test_a_disk_that_fills_up_is_found(settings, folder):
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    settings.DISK_FREE_LEAST = free // 2
    assert is_well("disk")
    settings.DISK_FREE_LEAST = free * 3 // 2
    assert "are free" in warned("disk")
    settings.DISK_FREE_LEAST = free * 3
    assert "are free" in failed("disk")


def test_a_folder_for_everybody_or_for_nobody_is_found(settings, folder):
    assert is_well("folder")
    folder.chmod(0o755)
    assert "Every user" in warned("folder")
    settings.DATA_DIR = folder / "gone"
    assert "cannot be read and written" in failed("folder")


def test_key_files_that_others_read_or_nobody_are_found(settings, tmp_path):
    file = tmp_path / "key"
    file.write_text("key")
    file.chmod(0o640)
    settings.CHECKPOINT_KEY_FILE = str(file)
    assert "Others on this machine" in failed("key files")
    file.chmod(0o600)
    assert is_well("key files")
    file.unlink()
    assert "CHECKPOINT_KEY_FILE names cannot be read" in failed("key files")


def test_settings_and_mail_are_looked_at(settings):
    settings.DEMO, settings.DESK_URL = True, ""
    assert "demonstration" in failed("settings")
    assert "no address of the desk" in warned("settings")
    assert "A password alone opens the desk. (casetracker.W007)" in warned("settings")
    assert is_well("mail")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "does not answer" in failed("mail")


def test_a_migration_that_is_not_applied_stops_all_that_needs_it():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'public'")
    assert "1 migrations are not applied" in failed("migrations")
    assert "people" not in {part for part, _finding in examine(NOBODY_WAITS)}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps a moment that is none")
def test_what_cannot_be_read_is_said_and_the_rest_is_looked_at():
    PublicationHead.objects.create(sequence=1, published_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publication_publicationhead SET published_at = '2022-99-99 00:00:00'")
    assert "(ValueError)" in failed("clock")
    assert "head" in failed("log")
    assert is_well("roles")


@pytest.mark.long
@pytest.mark.slow
def test_a_database_that_is_not_there_is_said():
    given = {"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "none.invalid"}
    given |= {"DATABASE_URL": "postgres://nobody:none@127.0.0.1:1/none", "CASETRACKER_DATA": str(settings.DATA_DIR)}
    command = [sys.executable, "manage.py", "doctor", "--settings", "casetracker.settings.production"]
    run = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr
    assert "fail database: The database does not answer, or not with what it should (OperationalError)." in run.stdout
    assert "Traceback" not in run.stderr


def test_the_exit_code_is_that_of_the_worst(capsys, settings):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", patience=0)
    assert ended.value.code == 2
    out = capsys.readouterr().out
    assert "fail people: Editor: 0 can sign in with a second factor; at least 2 must.\n     → Invite people" in out
    with pytest.raises(SystemExit):
        call_command("doctor", patience=0, json=True)
    rows = json.loads(capsys.readouterr().out)
    assert {"ok", "warn", "fail"} == {row["level"] for row in rows}
    assert {"part", "level", "text", "remedy"} == set(rows[0])
