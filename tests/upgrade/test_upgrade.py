"""A site that began with the first release is upgraded to this one, as docs/operations.md says.

The first release is the oldest tag v*. Before there is one, the present commit stands for it, so that the way is tried.
"""

import os
import subprocess
import sys
import tarfile

import pytest

from tests.architecture.ours import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.once]


def git(*arguments):
    return subprocess.run(["/usr/bin/env", "git", *arguments], cwd=ROOT, check=False, capture_output=True)


def first_release():
    """The oldest tag of a release; None before there is any."""
    tags = git("tag", "--list", "v*", "--sort", "creatordate").stdout.decode().split()
    return next(iter(tags), None)


@pytest.fixture
def old(tmp_path):
    """The tree of the first release."""
    archive = tmp_path / "old.tar"
    if git("archive", "--output", str(archive), first_release() or "HEAD").returncode:
        pytest.skip("this is no clone of the repository")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path / "old", filter="data")
    return tmp_path / "old"


@pytest.fixture
def run(tmp_path):
    """Run Python in a tree, on a database and files of their own. SQLite: the code differs, not the database."""
    given = {"PATH": os.environ["PATH"], "CASETRACKER_DATA": str(tmp_path / "data")}
    given["DJANGO_SETTINGS_MODULE"] = "casetracker.settings.demo"

    def run(tree, *arguments):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=tree, env=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    return run


@pytest.mark.long
def test_a_site_of_the_first_release_goes_on(old, run, tmp_path):
    kept = str(tmp_path / "kept.json")
    run(old, "-m", "tests.upgrade.fill", kept)
    run(ROOT, "manage.py", "migrate", "--verbosity", "0")
    assert "The log is whole: 7 entries" in run(ROOT, "-m", "tests.upgrade.look", kept)


def test_a_released_migration_is_never_changed():
    tag = first_release()
    if tag is None:
        pytest.skip("nothing is released yet")
    names = git("ls-tree", "-r", "--name-only", tag).stdout.decode().split()
    released = [name for name in names if "/migrations/" in name and name.endswith(".py")]
    changed = [name for name in released if git("show", f"{tag}:{name}").stdout != (ROOT / name).read_bytes()]
    assert changed == [], "add a migration instead"
