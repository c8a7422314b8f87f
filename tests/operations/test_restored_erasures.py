"""A backup from before an erasure is restored without what was erased."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pyrage
import pytest
from django.core.management import call_command
from django.db import connection

from casetracker.accounts.roles import Role
from tests.architecture.ours import ROOT
from tests.factories.records import bring_to, make_people, make_station
from tests.factories.users import UserFactory

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="restores into a file of its own"),
]
SUMMARY = "A red door beside the canal"


def test_the_list_of_erasures_is_applied_to_what_is_restored(settings, tmp_path):
    owner = pyrage.x25519.Identity.generate()
    settings.BACKUP_RECIPIENTS = [str(owner.to_public())]
    people = make_people(editor=UserFactory(username="edith", roles=[Role.EDITOR]))
    UserFactory(username="egon", roles=[Role.EDITOR])
    record = bring_to(make_station(by=people.author, summary=SUMMARY), "live", **vars(people))
    call_command("backup", str(tmp_path / "backups"), no_progress=True, stdout=io.StringIO())
    (backup,) = (tmp_path / "backups").iterdir()
    key, erasures, elsewhere = tmp_path / "key", tmp_path / "erasures.jsonl", tmp_path / "elsewhere"
    key.write_text(f"{owner}\n")
    erased = {"record": str(record.pk), "reference": "S-1", "version": 1, "ground": "court"}
    by = {"note": "A court ordered it.", "asked_by": "edith", "carried_out_by": "egon"}
    erasures.write_text(json.dumps({**erased, **by, "with_note": False, "with_sources": False}) + "\n")

    command = [sys.executable, "manage.py", "restore", str(backup), "--key", str(key), "--erasures", str(erasures)]
    own = {"PATH": os.environ["PATH"], "CASETRACKER_DATA": str(elsewhere)}
    own["DJANGO_SETTINGS_MODULE"] = "casetracker.settings.demo"
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "S-1 version 1: erased again." in done.stdout
    with closing(sqlite3.connect(elsewhere / "demo.sqlite3")) as restored:
        entries = restored.execute("SELECT action FROM publication_logentry ORDER BY sequence").fetchall()
    assert [action for (action,) in entries] == ["publish", "retract", "erase"]
    left = [path.name for path in elsewhere.rglob("*") if path.is_file() and SUMMARY.encode() in path.read_bytes()]
    assert left == []
