"""Originals never change: in the database, in the storage, and if they do all the same, it is found."""

import io
import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from casetracker.core.append_only import AppendOnlyError
from casetracker.core.errors import InvalidContent
from casetracker.review.services.captures import hand_out_original, upload_capture
from casetracker.sources.models import Capture, CaptureCopy, CustodyEntry
from casetracker.sources.storage import capture_storage, original_name
from tests.factories.captures import make_capture, make_fetched
from tests.factories.records import make_source
from tests.raw_writes import raw_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def capture():
    return make_capture(make_source())


def path_of(capture):
    return capture_storage().path(original_name(capture.digest))


def damage(path, at=50):
    """Flip one bit of a file, as a failing disk or somebody with a root shell would."""
    with open(path, "rb") as file:  # noqa: PTH123
        content = bytearray(file.read())
    content[at] ^= 1
    capture_storage().delete(path)
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(content)


def verify():
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_captures", no_progress=True, stdout=out, stderr=err)
    except CommandError as error:
        return f"{error}\n{err.getvalue()}"
    return out.getvalue()


def test_rows_are_never_changed(capture):
    for row, values in (
        (capture, {"size": 1}),
        (capture.copies.first(), {"size": 1}),
        (capture.custody.get(), {"act": ""}),
    ):
        with pytest.raises(AppendOnlyError):
            row.save()
        with pytest.raises(AppendOnlyError):
            row.delete()
        for write in (
            raw_update(row, **values),
            lambda row=row: type(row)._base_manager.filter(pk=row.pk)._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                write()


def test_a_file_is_written_once(capture):
    name = original_name(capture.digest)
    with pytest.raises(SuspiciousFileOperation):
        capture_storage().save(name, ContentFile(b"something else"))
    with capture_storage().open(name) as kept:
        assert kept.read() != b"something else"


def test_a_write_that_breaks_off_leaves_nothing():
    class Broken(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"the beginning"
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        capture_storage().save("originals/zz/aaaa", Broken(b""))
    assert not capture_storage().exists("originals/zz/aaaa")
    assert capture_storage().listdir("originals/zz") == ([], [])
    assert capture_storage().listdir("incoming") == ([], [])


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_nobody_else_on_the_machine_looks_into_the_folder(capture):
    path = Path(path_of(capture))
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, path.parent.parent)] == [
        0o400,
        0o700,
        0o700,
    ]


def test_what_was_changed_is_not_taken_for_what_comes_in_again(capture):
    with capture_storage().open(original_name(capture.digest)) as file:
        content = file.read()
    damage(path_of(capture))
    other = make_source()
    with pytest.raises(InvalidContent, match="what is kept has been changed since"):
        upload_capture(other.pk, file=io.BytesIO(content), file_name="a.png", by=other.created_by)
    assert not Capture.objects.filter(source=other).exists()


def test_all_is_well(capture):
    assert verify().endswith("3 files are what they were.\n")
    assert list(capture.custody.values_list("act", "person")) == [
        ("received", capture.received_by_id),
        ("verified", None),
    ]


def test_a_missing_file_is_named(capture):
    capture_storage().delete(original_name(capture.digest))
    said = verify()
    assert f"MISSING: {original_name(capture.digest)} (capture {capture.pk}" in said
    assert "1 of 3 files are not what they were" in said
    assert capture.custody.last().act == "found_missing"


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_looked_at(capture):
    path = Path(path_of(capture))
    path.unlink()
    path.mkdir()  # For root, too, a folder cannot be read as a file.
    said = verify()
    path.rmdir()
    assert f"UNREADABLE: {original_name(capture.digest)} (capture {capture.pk}" in said
    assert "1 of 3 files are not what they were" in said
    assert capture.custody.last().act == "found_unreadable"


def test_what_no_capture_names_is_said(capture):
    name = capture_storage().save("originals/ab/abcd", ContentFile(b"of a fetcher that was killed"))
    said = verify()
    assert f"of no capture: {name}" in said
    assert "3 files are what they were." in said
    capture_storage().delete(name)


def test_what_was_changed_is_not_handed_out(capture):
    damage(path_of(capture))
    with pytest.raises(InvalidContent, match="is not what came in"):
        hand_out_original(capture.pk, by=capture.received_by)
    assert [entry.act for entry in capture.custody.all()] == ["received", "found_changed"]


def test_a_changed_copy_is_named(capture):
    copy = CaptureCopy.objects.filter(capture=capture).first()
    damage(capture_storage().path(copy.name), at=10)
    assert f"CHANGED: {copy.name} (capture {capture.pk}" in verify()
    assert capture.custody.last().act == "verified"


@pytest.mark.slow
def test_one_bit_in_a_thousand_copies_is_found():
    source = make_source()
    captures = [make_fetched(source) for _number in range(1000)]
    damaged = captures[617]
    damage(path_of(damaged), at=9)
    said = verify()
    assert said.count("CHANGED") == 1
    assert f"CHANGED: {original_name(damaged.digest)} (capture {damaged.pk}" in said
    assert CustodyEntry.objects.filter(act="found_changed").get().capture == damaged
    assert CustodyEntry.objects.filter(act="verified").count() == 999
