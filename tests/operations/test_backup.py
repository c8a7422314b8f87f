"""Backups: written while people work, readable for one key alone, and restored whole or not at all."""

import io
import secrets
import tarfile
from urllib.parse import urlsplit

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casetracker.accounts.models import User
from casetracker.operations.backups import BackupRefused, unpack
from casetracker.operations.backups.manifest import MANIFEST
from casetracker.sources.models import Capture
from casetracker.sources.storage import original_name
from tests.factories.captures import make_capture, png
from tests.factories.records import bring_to, citation, make_people, make_source, make_station
from tests.faults.sites import drop_database

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "Met the neighbour at the canal"


@pytest.fixture(scope="module")
def owner():
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def key(owner, tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{owner}\n")
    return file


@pytest.fixture
def site(settings, owner, tmp_path):
    """Something published, something not, and a copy of a source."""
    _keep_captures_in(tmp_path / "captures", settings)
    settings.BACKUP_RECIPIENTS = [str(owner.to_public())]
    people = make_people()
    source = make_source(by=people.author)
    make_capture(source, content=png(7))
    bring_to(make_station(by=people.author, citations=[citation(source)]), "live", **vars(people))
    make_station(by=people.author, locality="Utrecht", notes=NOTE)


def _keep_captures_in(folder, settings):
    captures = settings.STORAGES["captures"] | {"OPTIONS": {"location": folder}}
    settings.STORAGES = settings.STORAGES | {"captures": captures}


@pytest.fixture
def scratch():
    """An empty database of the same kind, as an option of the command; SQLite needs none."""
    if connection.vendor == "sqlite":
        yield []
        return
    name, values = f"scratch_{secrets.token_hex(4)}", connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    address = f"{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}"
    yield ["--scratch", urlsplit(f"postgres://{address}/{name}").geturl()]
    with connection.cursor() as cursor:
        drop_database(cursor, name)


def backup(tmp_path):
    out = io.StringIO()
    call_command("backup", str(tmp_path / "backups"), no_progress=True, stdout=out)
    (file,) = (tmp_path / "backups").iterdir()
    assert str(file) in out.getvalue()
    return file


def check(file, key, *options):
    out = io.StringIO()
    call_command("restore", str(file), "--key", str(key), "--check", *options, stdout=out)
    return out.getvalue()


def refused(file, key, *options):
    """Return what is said of a backup that is restored nowhere."""
    with pytest.raises(CommandError) as caught:
        call_command("restore", str(file), "--key", str(key), *options)
    return str(caught.value)


def members(file, owner):
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(file.read_bytes(), [owner]))) as archive:
        return {name: archive.extractfile(name).read() for name in archive.getnames()}


def packed(file, owner, contents):
    """Write a backup with other contents, as somebody who has the public key can."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for name, content in contents.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    file.write_bytes(pyrage.encrypt(tar.getvalue(), [owner.to_public()]))


@pytest.mark.slow
@pytest.mark.both
def test_it_is_restored_and_verified_elsewhere(site, key, owner, scratch, tmp_path):
    file = backup(tmp_path)
    said = check(file, key, *scratch)
    assert "log at 1." in said
    assert "The log is whole: 1 entries" in said
    assert "3 files are what they were" in said  # the original, its preview and its thumbnail
    assert "The backup can be restored." in said
    contents = members(file, owner)
    capture = Capture.objects.get()
    assert contents[f"captures/{original_name(capture.digest)}"] == png(7)
    assert NOTE.encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.slow
@pytest.mark.both
def test_nobody_who_works_is_waited_for_and_what_they_have_not_finished_is_not_in_it(site, key, scratch, tmp_path):
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
        cursor.execute(f"UPDATE {User._meta.db_table} SET name = 'Nobody yet'")
        file = backup(tmp_path)
        cursor.execute("ROLLBACK")
    other.close()
    assert "The backup can be restored." in check(file, key, *scratch)


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[:-20], marks=pytest.mark.long),
        lambda content: content[:300] + b"x" + content[301:],
    ],
)
def test_one_byte_that_is_other_is_enough_to_refuse_it(site, key, scratch, tmp_path, damage):
    file = backup(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    assert "Nothing was restored. The backup cannot be read" in refused(file, key, "--check", *scratch)


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.once
def test_another_key_does_not_open_it(site, key, scratch, tmp_path):
    file = backup(tmp_path)
    key.write_text(str(pyrage.x25519.Identity.generate()))
    assert "is this its key?" in refused(file, key, "--check", *scratch)
    key.write_text("AGE-SECRET-KEY-1NONE")
    assert refused(file, key, "--check", *scratch).startswith("Nothing was restored. This is no private key of age")


def test_what_was_made_by_somebody_else_is_named(site, owner, tmp_path):
    file = backup(tmp_path)
    contents = members(file, owner)
    (capture,) = [name for name in contents if "/originals/" in name]
    folders = (tmp_path / str(number) for number in range(5))

    def said(contents):
        packed(file, owner, contents)
        with pytest.raises(BackupRefused) as caught:
            unpack(file, identity=str(owner), folder=next(folders))
        return str(caught.value)

    assert f"{capture} differs from its manifest" in said(contents | {capture: b"Other evidence"})
    assert f"{capture} differs from its manifest" in said({n: c for n, c in contents.items() if n != capture})
    assert "its manifest is missing" in said({n: c for n, c in contents.items() if n != MANIFEST})
    assert "'captures/../../escaped'" in said({"captures/../../escaped": b"x", **contents})
    assert "cannot be read" in said({MANIFEST: b"[]"})


def test_it_is_never_restored_over_something(site, key, settings, tmp_path):
    before = User.objects.count()
    file = backup(tmp_path)
    assert "There are archived copies here already" in refused(file, key)
    _keep_captures_in(tmp_path / "empty", settings)
    assert "There is something in the database already" in refused(file, key)
    assert User.objects.count() == before


@pytest.mark.parametrize(("recipients", "message"), [([], "make_backup_key"), (["age1none"], "BACKUP_RECIPIENTS")])
def test_without_a_public_key_there_is_no_backup(site, settings, tmp_path, recipients, message):
    settings.BACKUP_RECIPIENTS = recipients
    with pytest.raises(CommandError, match=message):
        backup(tmp_path)
    assert not (tmp_path / "backups").exists()


def test_a_folder_that_cannot_be_written_is_said(site, tmp_path):
    (tmp_path / "backups").write_text("a file, no folder")
    with pytest.raises(CommandError, match="No backup was written"):
        backup(tmp_path)


def test_the_file_of_the_key_is_what_the_program_printed_that_made_it(capsys, tmp_path):
    call_command("make_backup_key")
    printed = capsys.readouterr().out
    assert "age1" in printed.splitlines()[0]
    owner = pyrage.x25519.Identity.from_str(printed.rpartition(" ")[2].strip())
    assert str(owner.to_public()) in printed
    by_age = f"# created: 2026-11-27\n# public key: {owner.to_public()}\n{owner}\n"
    another = pyrage.x25519.Identity.generate()
    packed(tmp_path / "backup", owner, {})
    for number, keys in enumerate((printed, by_age, f"{another}\n{owner}\n")):
        with pytest.raises(BackupRefused, match="its manifest is missing"):  # so it was opened
            unpack(tmp_path / "backup", identity=keys, folder=tmp_path / str(number))
