"""Starting a process of one side on the database of the test, and asking it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection, connections

PROJECT = Path(__file__).parents[2]


def database_url(user="", password=""):
    """The address of the test's own database, for another role if one is named."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    who = f"{quote(user or given['USER'])}:{quote(password or given['PASSWORD'])}"
    return f"postgres://{who}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def environment(side, **given):
    own = {"PATH": os.environ["PATH"], "CASETRACKER_DATA": str(settings.DATA_DIR), "CASETRACKER_SIDE": side}
    return own | {"DJANGO_SETTINGS_MODULE": "casetracker.settings.demo", "CONN_MAX_AGE": "0"} | given


def start(side, asked, **given):
    """Run `tests.sides.asking` and return the finished process.

    With SQLite our own connections are closed meanwhile: whoever closes the last one removes the write-ahead log.
    """
    if connection.vendor == "sqlite":
        connections.close_all()
    command = [sys.executable, "-m", "tests.sides.asking"]
    return subprocess.run(
        command,
        cwd=PROJECT,
        env=environment(side, **given),
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def ask(side, asked, **given):
    run = start(side, asked, **given)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
