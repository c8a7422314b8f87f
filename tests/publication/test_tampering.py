"""Nobody changes the log unseen: what was tampered with is found, and the row is named."""

import datetime as dt
import itertools

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casetracker.publication.chain import Problem, hash_of, verify_chain
from casetracker.publication.models import LogEntry, PublicationHead, Snapshot
from tests.publication import tampering
from tests.publication.tampering import LOG_COLUMNS, set_value, undone

pytestmark = [pytest.mark.slow, pytest.mark.both]

ENTRIES = 5
each_column = pytest.mark.parametrize(
    ("model", "field"), LOG_COLUMNS, ids=[f"{model.__name__}.{field.name}" for model, field in LOG_COLUMNS]
)
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite only")


def first_problem() -> Problem:
    problem = next(verify_chain(), None)
    assert problem, "the change was not found"
    return problem


def assert_named(field, key):
    problem = first_problem()
    if field.name == "sequence":
        # The row has another number now: either the old one is missing, or the new one has no place.
        assert problem.sequence == key or problem.sequence not in range(1, ENTRIES + 1)
    else:
        assert problem.sequence == key


@each_column
def test_a_flipped_bit_is_found_in_every_column_of_every_row(open_log, model, field):
    @settings(max_examples=40)
    @given(key=st.integers(1, ENTRIES), place=st.integers(0, 2000), bit=st.integers(0, 7), as_blob=st.booleans())
    def flip(key, place, bit, as_blob):
        old = tampering.stored_bytes(field, key)
        assume(old)
        new = bytearray(old)
        new[place % len(old)] ^= 1 << bit
        with undone():
            try:
                with transaction.atomic():
                    tampering.write_bytes(field, key, bytes(new), as_blob=as_blob and connection.vendor == "sqlite")
            except DatabaseError:
                assume(False)  # The database cannot hold it, or the key is taken.
            assert_named(field, key)

    flip()


@pytest.mark.parametrize("name", ["salt", "note_salt", "content", "note"])
def test_every_single_bit_of_a_short_text_counts(open_log, name):
    field = Snapshot._meta.get_field(name)
    old = tampering.stored_bytes(field, ENTRIES)
    for place in range(len(old)):
        new = bytearray(old)
        new[place] ^= 1 << place % 7
        if connection.vendor == "postgresql" and not _is_text(new):
            continue
        with undone():
            tampering.write_bytes(field, ENTRIES, bytes(new))
            assert first_problem().sequence == ENTRIES


def _is_text(value: bytes) -> bool:
    try:
        return "\0" not in value.decode()
    except UnicodeDecodeError:
        return False


@each_column
def test_a_value_that_is_cleared_is_found(open_log, model, field):
    for key, empty in itertools.product(range(1, ENTRIES + 1), ("", None)):
        if not tampering.stored_bytes(field, key):
            continue
        with undone():
            try:
                with transaction.atomic():
                    set_value(model, key, **{field.name: empty})
            except DatabaseError:
                continue  # The database itself refuses it.
            assert_named(field, key)


@pytest.mark.parametrize(("name", "value"), [("release", 0), ("version", 0), ("version", 9), ("note_hash", "0" * 64)])
def test_a_value_where_there_was_none_is_found(open_log, name, value):
    key = ENTRIES if name == "version" else 1
    set_value(LogEntry, key, **{name: value})
    assert first_problem().sequence == key


@pytest.mark.parametrize("name", ["salt", "note_salt"])
@pytest.mark.parametrize("other", [str.upper, lambda salt: salt[:32] + " " + salt[32:]], ids=["capitals", "blank"])
def test_another_spelling_of_the_same_salt_is_found(open_log, name, other):
    if connection.vendor == "postgresql":
        tampering.execute(f"ALTER TABLE publication_snapshot ALTER COLUMN {name} TYPE text")
    salt = getattr(Snapshot.objects.get(pk=2), name)
    set_value(Snapshot, 2, **{name: other(salt)})
    assert first_problem().sequence == 2


@on_sqlite
@pytest.mark.parametrize(("old", "new"), [(" ", "T"), (" ", "!"), (".", ","), ("$", "+00:00"), ("$", "Z")])
def test_another_spelling_of_the_same_moment_is_found(open_log, old, new):
    ((moment,),) = tampering.execute("SELECT CAST(published_at AS TEXT) FROM publication_logentry WHERE sequence = 3")
    set_value(LogEntry, 3, published_at=moment + new if old == "$" else moment.replace(old, new))
    assert str(first_problem()) == "entry 3, published_at: holds no such value"


@on_sqlite
@each_column
def test_a_value_of_another_type_is_found(open_log, model, field):
    for value in (b"\xff", "no number", 1.5, 2**62):
        with undone():
            set_value(model, 4, **{field.name: value})
            assert first_problem(), value


def test_an_unreadable_row_does_not_hide_an_earlier_one(open_log):
    """SQLite fails to read a whole batch of rows because of one that holds no text any more."""
    if connection.vendor == "sqlite":
        tampering.write_bytes(LogEntry._meta.get_field("reference"), 4, b"S-\xff")
    else:
        set_value(LogEntry, 4, reference="S-9")
    assert first_problem().sequence == 4
    set_value(LogEntry, 2, reference="S-9")
    assert first_problem().sequence == 2


@pytest.mark.parametrize("number", range(1, ENTRIES + 1))
def test_a_deleted_row_is_named(open_log, number):
    tampering.delete(number)
    problem = first_problem()
    assert (problem.sequence, problem.column) == (number, "sequence")
    assert "missing" in problem.message


def test_a_deleted_snapshot_is_named(open_log):
    tampering.execute("DELETE FROM publication_snapshot WHERE entry_id = 3")
    assert str(first_problem()) == "entry 3, snapshot: is missing"


def test_a_snapshot_without_an_entry_is_named(open_log):
    with undone():
        tampering.insert(Snapshot, [17, *tampering.row(Snapshot, 3)[1:]])
        assert str(first_problem()) == "entry 17, snapshot: belongs to no entry"


@pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 4), (2, 5)])
def test_swapped_rows_are_named(open_log, one, other):
    for model in tampering.LOG_MODELS:
        with undone():
            first, second = tampering.row(model, one), tampering.row(model, other)
            for key in (one, other):
                tampering.execute(f"DELETE FROM {model._meta.db_table} WHERE {model._meta.pk.column} = %s", key)
            tampering.insert(model, [one, *second[1:]])
            tampering.insert(model, [other, *first[1:]])
            assert first_problem().sequence == one


def forged(number, **changes):
    """An entry that fits the chain at this place, made by somebody who knows how hashes are computed."""
    before = LogEntry.objects.get(pk=number - 1)
    entry = LogEntry.objects.get(pk=number - 1)
    entry.sequence, entry.previous_hash, entry.version = number, before.entry_hash, 7
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.entry_hash = hash_of(entry)
    return entry


def write_forged(entry):
    values = [(field, getattr(entry, field.attname)) for field in LogEntry._meta.concrete_fields]
    tampering.insert(LogEntry, [field.get_db_prep_save(value, connection) for field, value in values])
    tampering.insert(Snapshot, [entry.sequence, *tampering.row(Snapshot, entry.sequence - 1)[1:]])


def test_an_added_row_is_named_though_its_hashes_fit(open_log):
    write_forged(forged(ENTRIES + 1))
    assert str(first_problem()) == "entry 6, sequence: stands behind the head, which names entry 5"


def test_a_forged_row_in_the_middle_breaks_the_chain_behind_it(open_log):
    entry = forged(3)
    tampering.delete(3)
    write_forged(entry)
    assert str(first_problem()) == "entry 4, previous_hash: is not the hash of the entry before"


def test_a_row_that_goes_back_in_time_is_named(open_log):
    earlier = LogEntry.objects.get(pk=2).published_at - dt.timedelta(days=1)
    entry = forged(3, published_at=earlier)
    tampering.delete(3)
    write_forged(entry)
    assert str(first_problem()) == "entry 3, published_at: is earlier than the entry before"


def test_a_rewritten_end_is_found_by_the_head(open_log):
    """A whole chain can be written anew; then only a head that was noted elsewhere tells."""
    entry = forged(ENTRIES)
    tampering.delete(ENTRIES)
    write_forged(entry)
    assert str(first_problem()) == "entry 5, head: does not carry the hash of the last entry"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sequence": 4}, "entry 5, sequence: stands behind the head, which names entry 4"),
        ({"sequence": 6}, "entry 6, sequence: missing: the head names entry 6"),
        ({"entry_hash": "0" * 64}, "entry 5, head: does not carry the hash of the last entry"),
        ({"published_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "entry 5, head: does not carry the moment"),
    ],
)
def test_a_changed_head_is_found(log, changes, said):
    PublicationHead.objects.update(**changes)
    assert str(first_problem()).startswith(said)


def test_a_missing_head_is_found(log):
    PublicationHead.objects.all().delete()
    assert first_problem().sequence == 1


@on_sqlite
@pytest.mark.parametrize("value", ["2026-13-01 00:00:00", b"\xff"])
def test_an_unreadable_head_is_found(open_log, value):
    set_value(PublicationHead, 1, published_at=value)
    assert str(first_problem()) == "entry 5, head: cannot be read"
