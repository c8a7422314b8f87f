"""A fetcher that is killed leaves no half copy, and its order to the next."""

import contextlib
import os
import signal
import subprocess
import sys
import threading

import pytest

from tests.core.fetching.servers import TestServer, response

PREPARE = """
from django.contrib.auth.models import Group
from django.core.management import call_command
from casetracker.accounts.models import User
from casetracker.review import services

call_command("migrate", verbosity=0)
by = User.objects.create_user("researcher")
by.groups.add(Group.objects.get(name="Researcher"))
fields = {"title": "The door", "publisher": "Paper", "type": "newspaper", "url": URL}
source = services.log_source(fields=fields, by=by)
services.order_captures([source.pk], by=by)
"""
FETCH = """
from django.conf import settings
from django.core.management import call_command
settings.FETCHER_ALLOWED = (PAIR,)
call_command("run_fetcher", "--once")
"""
# It dies while it writes the file.
DIES_WRITING = """
import os, signal
os.link = lambda *_args: os.kill(os.getpid(), signal.SIGKILL)
"""
# It dies when the file is written, and the row that tells of it is not.
DIES = """
import os, signal
from django.db import connection

def dies(execute, sql, params, many, context):
    if sql.startswith('INSERT INTO "sources_capture"'):
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

connection.execute_wrappers.append(dies)
"""
LATER = """
from django.utils import timezone
from casetracker.sources.models import LinkOrder
LinkOrder.objects.update(leased_until=timezone.now())
"""
FOUND = """
from django.core.management import call_command
from casetracker.sources.models import Capture, CustodyEntry, LinkHealth, LinkOrder
print(Capture.objects.count(), CustodyEntry.objects.count(), LinkHealth.objects.count(), LinkOrder.objects.get().state)
call_command("verify_captures", "--no-progress")
"""


class World:
    """A site of its own in a folder, used by processes that may be killed."""

    def __init__(self, folder, server):
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        settings = {"CASETRACKER_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "casetracker.settings.demo"}
        self.environment = environment | settings
        self.names = f"PAIR = {server.pair!r}\nURL = {server.url('/door', host=server.address)!r}\n"

    def start(self, code):
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", self.names + code]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, code):
        process = self.start(code)
        out, err = process.communicate()
        assert process.returncode == 0, err
        return out


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.both
def test_a_killed_fetcher_leaves_nothing_and_the_next_goes_on(tmp_path):
    whole, asked = response(b"<p>A door was opened.</p>"), threading.Event()

    def stuck(connection, over):
        connection.sendall(whole[:40])
        asked.set()
        over.wait(60)

    with contextlib.closing(TestServer()) as server:
        world = World(tmp_path, server)
        world.run(PREPARE)

        server.answers["/door"] = stuck
        process = world.start(FETCH)
        assert asked.wait(60)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert world.run(FOUND).splitlines()[:2] == ["0 0 0 working", "0 files are what they were."]

        server.answers["/door"] = whole
        for death in (DIES_WRITING, DIES):
            process = world.start(LATER + death + FETCH)
            process.communicate()
            assert process.returncode == -signal.SIGKILL
            found = world.run(FOUND + FETCH).splitlines()
            assert found[0] == "0 0 0 working"
            assert found[-2:] == ["0 files are what they were.", "0 orders were carried out."]  # The lease still holds.
            left = "incoming" if death is DIES_WRITING else "originals"
            assert any(line.startswith(f"of no capture: {left}/") for line in found)

        # As if the two that died had not been the first: three times is enough.
        found = world.run(
            "from casetracker.sources.models import LinkOrder; LinkOrder.objects.update(attempts=1)\n"
            + LATER
            + FETCH
            + FOUND
        )
        lines = found.splitlines()
        assert lines[:2] == ["1 orders were carried out.", "1 1 1 done"]
        assert lines[-1] == "1 files are what they were."
        server.over.set()
