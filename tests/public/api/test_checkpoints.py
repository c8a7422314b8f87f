"""The head of the log is signed, and anybody can check from outside that the log was not rewritten."""

import base64
import copy
import json
import subprocess
import sys
from io import StringIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command

from casetracker.core.append_only import install_triggers
from casetracker.public.api import verify_log
from casetracker.publication.models import Checkpoint, LogEntry
from tests.factories.publications import publish_response, publish_station, retract
from tests.publication.tampering import disarm, rearm, set_value, undone


def command(name):
    out = StringIO()
    call_command(name, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def key(settings):
    settings.CHECKPOINT_KEY = command("make_checkpoint_key")
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.CHECKPOINT_KEY))
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


@pytest.fixture
def checkpoints(get):
    def read(path="log/checkpoints/"):
        return get(path).json()["results"]

    return read


def story():
    publish_station(1)
    publish_response(1)
    retract("S-1")


def test_the_head_is_signed_once_and_shown(get, key, checkpoints):
    story()
    said = command("sign_checkpoint")
    assert command("sign_checkpoint") == said
    head = LogEntry.objects.get(sequence=3)
    assert key in said
    (checkpoint,) = checkpoints()
    assert (checkpoint["sequence"], checkpoint["entry_hash"]) == (3, head.entry_hash)
    assert checkpoint["links"] == {"entry": "/api/v1/log/3/"}
    verify_log.check_checkpoint(checkpoint, [key])
    publish_station(2)
    command("sign_checkpoint")
    assert [row["sequence"] for row in checkpoints("log/checkpoints/?ordering=-signed")] == [4, 3]
    assert get("log/checkpoints/?limit=1").json()["next"]
    assert len(get("log/checkpoints/?format=ndjson").getvalue().splitlines()) == 2
    (shown,) = get("log/keys/").json()["keys"]
    assert (shown["public_key"], shown["first_signed_at"]) == (key, checkpoint["signed_at"])


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("path", ["log/checkpoints/", "log/keys/"])
def test_a_new_checkpoint_makes_answers_stale_without_any_publication(get, path):
    story()
    seen = get(path)
    assert get(path, if_none_match=seen["ETag"]).status_code == 304
    command("sign_checkpoint")
    assert get(path, if_none_match=seen["ETag"]).status_code == 200


@pytest.mark.django_db
def test_without_a_key_or_anything_to_sign_nothing_is_signed(settings, tmp_path):
    for text, words in (("", "no key"), ("AAAA", "is no key"), ("é", "is no key")):
        settings.CHECKPOINT_KEY = text
        with pytest.raises(CommandError, match=words):
            command("sign_checkpoint")
    settings.CHECKPOINT_KEY, settings.CHECKPOINT_KEY_FILE = "", str(tmp_path / "key")
    with pytest.raises(CommandError, match="cannot be read"):
        command("sign_checkpoint")
    (tmp_path / "key").write_text(command("make_checkpoint_key") + "\n")
    with pytest.raises(CommandError, match="Nothing is published"):
        command("sign_checkpoint")
    publish_station(1)
    assert command("sign_checkpoint").startswith("Entry 1 is signed")


@pytest.mark.django_db
@pytest.mark.usefixtures("key")
def test_a_log_that_was_changed_is_not_signed():
    story()
    with undone():
        disarm()
        set_value(LogEntry, 2, reference="R-7")
        install_triggers()  # As somebody would who wants it to stay unseen.
        with pytest.raises(CommandError, match="entry 2"):
            command("sign_checkpoint")
        assert not Checkpoint.objects.exists()
    rearm()


@pytest.fixture
def log(get, key):
    """Return the log with a checkpoint, as they are served."""
    story()
    publish_station(2)
    command("sign_checkpoint")

    def lines(path):
        return [json.loads(line) for line in get(f"{path}?format=ndjson").getvalue().decode().splitlines()]

    return lines("log/"), lines("log/checkpoints/")[0]


def test_the_served_log_fits_what_was_signed(log):
    entries, checkpoint = log
    assert verify_log.check_log(iter(entries), {4: {checkpoint["entry_hash"]}}) == (4, checkpoint["entry_hash"])


TAMPERED = (
    (lambda entries: entries.pop(1), "stands where entry 2"),
    (lambda entries: entries.pop(), "was cut"),
    (lambda entries: entries[1].update(reference="R-9"), "entry 2: its hash"),
    (lambda entries: entries[2].update(note_hash=None), "entry 3: its hash"),
    (lambda entries: entries[0].update(published_at="2020-01-01T00:00:00Z"), "entry 1: its hash"),
    (lambda entries: entries[3].update(previous_hash="0" * 64), "entry 4: does not carry"),
)


def test_every_change_of_the_log_is_named(log):
    for tamper, words in TAMPERED:
        entries, checkpoint = copy.deepcopy(log)
        tamper(entries)
        with pytest.raises(verify_log.Fault, match=words):
            verify_log.check_log(iter(entries), {4: {checkpoint["entry_hash"]}})


def test_a_log_that_was_rewritten_and_hashed_anew_is_found_by_its_checkpoint(log):
    entries, checkpoint = log
    previous = ""
    for entry in entries:
        entry.update(release=7, previous_hash=previous)
        entry["entry_hash"] = previous = verify_log.hash_of(entry)
    assert verify_log.check_log(iter(entries), {}) == (4, previous)
    with pytest.raises(verify_log.Fault, match="rewritten"):
        verify_log.check_log(iter(entries), {4: {checkpoint["entry_hash"]}})


CHANGED = (
    {"sequence": 3},
    {"entry_hash": "0" * 64},
    {"signed_at": "2022-01-01T00:00:00Z"},
    {"signature": base64.b64encode(bytes(64)).decode()},
    {"signature": base64.b64encode(b"\xff" * 64).decode()},
    {"signature": "AAAA"},
    {"public_key": base64.b64encode(b"\x02" + bytes(31)).decode()},
)


def test_a_changed_checkpoint_is_not_believed(log):
    _entries, checkpoint = log
    for changes in CHANGED:
        with pytest.raises(verify_log.Fault, match="signature"):
            verify_log.check_checkpoint({**checkpoint, **changes}, [])


def test_a_key_that_was_not_named_is_not_believed(log, key):
    with pytest.raises(verify_log.Fault, match="not named"):
        verify_log.check_checkpoint(log[1], ["A" * 44])


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_downloaded_program_checks_a_served_log(client, live_server, settings, tmp_path):
    settings.CHECKPOINT_KEY = command("make_checkpoint_key")
    story()
    key = command("sign_checkpoint").rpartition(" ")[2].rstrip(".")
    program, state = tmp_path / "verify_log.py", tmp_path / "state.json"
    response = client.get("/api/v1/log/verify_log.py", headers={"accept": "text/x-python"})
    assert response["Content-Type"] == "text/x-python; charset=utf-8"
    program.write_bytes(response.content)

    def run(*arguments, api=f"{live_server.url}/api/v1"):
        # In a folder of its own and isolated (-I): it needs nothing of ours.
        asked = [sys.executable, "-I", str(program), api, *arguments]
        return subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path)

    whole = run("--key", key, "--state", str(state))
    assert (whole.returncode, whole.stderr) == (0, "")
    assert whole.stdout.startswith("The log is whole (entries: 3, last hash: ")
    assert whole.stdout.endswith("checkpoints that fit: 1).\n")
    publish_station(2)
    assert run("--state", str(state)).returncode == 0
    assert json.loads(state.read_text())["sequence"] == 4
    state.write_text(json.dumps({"sequence": 4, "entry_hash": "0" * 64}))
    rewritten = run("--state", str(state))
    assert (rewritten.returncode, "entry 4: the log was rewritten" in rewritten.stderr) == (1, True)
    assert run("--key", "A" * 44).returncode == 1
    assert run(api=f"{live_server.url}/nothing").returncode == 2
    assert run(api="file:///etc/passwd").returncode == 2
