"""Appending to the log: no gaps, no forks, no way back in time."""

import datetime as dt
import hashlib
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from casetracker.core.canonical import canonical_json
from casetracker.publication import log as writer
from casetracker.publication.chain import hash_of, timestamp, verify_chain
from casetracker.publication.management.commands.verify_log import Command
from casetracker.publication.models import LogAction, LogEntry, PublicationHead, Snapshot
from casetracker.publication.reading import Head, current_head, publications
from tests.factories import publications as factory
from tests.publication import tampering

GOLDEN = LogEntry(
    sequence=2,
    release=7,
    record_kind="station",
    reference="S-17",
    version=None,
    action="retract",
    commitment="c" * 64,
    note_hash="d" * 64,
    previous_hash="e" * 64,
    published_at=dt.datetime(2026, 2, 3, 5, 5, 6, 78, tzinfo=dt.timezone(dt.timedelta(hours=1))),
)


def sequences():
    return list(LogEntry.objects.values_list("sequence", flat=True))


def independent_hash(entry):
    """The hash of an entry as somebody else would compute it from the documentation of the format."""
    moment = entry.published_at.astimezone(dt.UTC)
    parts = [
        "casetracker-log-1",
        str(entry.sequence),
        str(entry.release or ""),
        entry.record_kind,
        entry.reference,
        str(entry.version or ""),
        entry.action,
        entry.commitment,
        entry.note_hash,
        entry.previous_hash,
        f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06}Z",
    ]
    sha = hashlib.sha256()
    for part in parts:
        sha.update(len(part.encode()).to_bytes(8, "big") + part.encode())
    return sha.hexdigest()


def test_the_format_of_the_hash_never_changes():
    assert timestamp(GOLDEN.published_at) == "2026-02-03T04:05:06.000078Z"
    assert hash_of(GOLDEN) == independent_hash(GOLDEN)
    assert hash_of(GOLDEN) == "a1474c1a65b80342060382bc5467a6762eadb39a41a58e34ce5e61f12c6854a7"


def test_an_entry_commits_to_snapshot_and_note(log):
    for entry in LogEntry.objects.select_related("snapshot"):
        snapshot = entry.snapshot
        committed = bytes.fromhex(snapshot.salt) + snapshot.content.encode()
        assert entry.commitment == hashlib.sha256(committed).hexdigest()
        assert entry.entry_hash == independent_hash(entry)
        if snapshot.note:
            note = bytes.fromhex(snapshot.note_salt) + snapshot.note.encode()
            assert entry.note_hash == hashlib.sha256(note).hexdigest()
        else:
            assert (entry.note_hash, snapshot.note_salt) == ("", "")
    salts = Snapshot.objects.values_list("salt", flat=True)
    assert len(set(salts)) == len(salts)


def test_snapshots_are_stored_in_canonical_form(db):
    snapshot = factory.station_snapshot(1, summary="é 青田")
    entry = factory.publish(snapshot)
    assert entry.snapshot.content.encode() == canonical_json(snapshot)
    (publication,) = publications()
    assert publication.snapshot == snapshot


def test_the_head_names_the_last_entry(log):
    last = LogEntry.objects.last()
    assert current_head() == Head(last.sequence, last.entry_hash, last.published_at)


def test_the_head_of_an_empty_log(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert current_head() == Head(0, "", None)
    assert list(verify_chain()) == []
    assert list(publications()) == []


def test_publications_are_read_from_any_entry_on(log):
    assert [publication.sequence for publication in publications()] == [1, 2, 3, 4, 5]
    assert [publication.sequence for publication in publications(after=3)] == [4, 5]
    last = list(publications())[-1]
    assert (last.reference, last.version, last.action) == ("S-1", None, LogAction.RETRACT)
    assert last.note == "It was about another place – é."


def test_numbers_have_no_gap_after_publications_that_failed(db):
    factory.publish_station(1)
    with pytest.raises(ValueError, match="no projection reads schema 99"):
        factory.publish_station(2, schema=99)
    with transaction.atomic():
        factory.publish_station(3)
        assert sequences() == [1, 2]
        transaction.set_rollback(True)
    factory.publish_station(2)
    assert sequences() == [1, 2]
    assert list(verify_chain()) == []


def test_a_failed_publication_takes_no_reference(db):
    with transaction.atomic():
        head = writer.lock_head()
        assert [writer.next_reference(head, prefix) for prefix in "SSDS"] == ["S-1", "S-2", "D-1", "S-3"]
        assert [writer.next_release(head) for _ in range(2)] == [1, 2]
    with transaction.atomic():
        head = writer.lock_head()
        assert writer.next_reference(head, "S") == "S-1", "without an append nothing is taken"
        assert writer.next_release(head) == 1


@pytest.mark.django_db(transaction=True)
def test_the_log_is_locked_inside_a_transaction_only():
    with pytest.raises(RuntimeError, match="inside a transaction"):
        writer.lock_head()


def test_a_clock_that_goes_backwards_does_not_take_the_log_with_it(db, monkeypatch):
    noon = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
    moments = []
    for minutes in (0, -90, -1, 5, 3):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: noon + dt.timedelta(minutes=minutes))
        moments.append(factory.publish_station(len(moments) + 1).published_at)
    assert [(moment - noon).total_seconds() / 60 for moment in moments] == [0, 0, 0, 5, 5]
    assert list(verify_chain()) == []


def entry(**changes):
    values = {
        "sequence": 2,
        "record_kind": "station",
        "reference": "S-1",
        "version": 2,
        "action": "revise",
        "commitment": "c" * 64,
        "previous_hash": "e" * 64,
        "entry_hash": "f" * 64,
        "published_at": timezone.now(),
    }
    return LogEntry(**values | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"sequence": 1},
        {"reference": "S-1", "version": 1},
        {"previous_hash": ""},
        {"sequence": 1, "previous_hash": "e" * 64},
        {"action": "erase", "version": None},
        {"action": "burn"},
        {"action": "retract"},
        {"version": None},
        {"version": 0},
        {"entry_hash": "first"},
    ],
    ids=str,
)
def test_the_database_refuses_what_cannot_follow(db, changes):
    first = {"sequence": 1, "version": 1, "action": "publish", "previous_hash": "", "entry_hash": "first"}
    entry(**first).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        entry(**changes).save()
    entry().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        entry(sequence=3, version=3, entry_hash="0" * 64).save()  # A second entry after the first: a fork.


def test_there_is_one_head(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationHead.objects.create(pk=2)


def in_threads(count, act):
    """Run `act(number)` in threads that start together; raise what any of them raised."""
    barrier, errors = threading.Barrier(count), []

    def run(number):
        try:
            barrier.wait()
            act(number)
        except Exception as error:  # noqa: BLE001 - raised again below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise ExceptionGroup("in threads", errors)


@pytest.mark.django_db(transaction=True)
def test_many_who_append_at_once_queue_up():
    def publish(number):
        for step in range(5):
            factory.publish_station(number * 10 + step + 1)

    in_threads(4, publish)
    assert sequences() == list(range(1, 21))
    assert list(verify_chain()) == []


@pytest.mark.django_db(transaction=True)
def test_verifying_while_others_publish_raises_no_false_alarm():
    factory.publish_station(100)

    def act(number):
        for step in range(8):
            if number:
                call_command("verify_log", stdout=StringIO())
            else:
                factory.publish_station(step + 1)

    in_threads(2, act)
    assert list(verify_chain()) == []


def verify():
    out = StringIO()
    call_command("verify_log", stdout=out)
    return out.getvalue()


def test_verify_log_says_what_it_verified(log):
    assert verify() == f"The log is whole: 5 entries, head {LogEntry.objects.last().entry_hash}.\n"


def test_verify_log_tells_what_cannot_be_read_from_what_was_changed(db):
    def refuse(*_args):
        raise OperationalError("no such table")

    with connection.execute_wrapper(refuse), pytest.raises(CommandError, match="cannot be read") as caught:
        verify()
    assert caught.value.returncode == 2


def test_verify_log_of_an_empty_log(db):
    assert verify() == "The log is whole: 0 entries, head (empty).\n"


def test_verify_log_names_the_first_bad_row(open_log):
    for sequence in (4, 3):
        tampering.set_value(LogEntry, sequence, reference=f"S-{sequence}9")
    with pytest.raises(CommandError, match=r"^The log was changed: entry 3, entry_hash: does not fit") as failure:
        verify()
    assert failure.value.returncode == 1


@pytest.mark.django_db(transaction=True)
def test_the_exit_code_of_verify_log_tells_scripts(capsys):
    factory.publish_station(1)
    Command().run_from_argv(["manage.py", "verify_log"])
    assert "The log is whole: 1 entries" in capsys.readouterr().out
    PublicationHead.objects.update(sequence=0)
    with pytest.raises(SystemExit) as end:
        Command().run_from_argv(["manage.py", "verify_log"])
    assert end.value.code == 1
    assert "entry 1, sequence: stands behind the head" in capsys.readouterr().err


def test_a_log_without_triggers_still_refuses_two_entries_of_one_version(open_log):
    with pytest.raises(DatabaseError), transaction.atomic():
        tampering.set_value(LogEntry, 2, version=1)
