"""What the settings of each side take from the environment, and what they refuse."""

import json
import subprocess
import sys

import pytest

from tests.sides.processes import PROJECT, environment

QUESTION = """
import json
from django.conf import settings
print(json.dumps([settings.SECRET_KEY, settings.CONFIDENTIAL_KEYS, settings.CHECKPOINT_KEY,
                  settings.SECRETS_OUT_OF_PLACE, list(settings.DATABASES), settings.DATABASES["default"]]))
"""
SECRETS = {"SECRET_KEY": "the desk's own", "CONFIDENTIAL_KEYS": "sealed", "CHECKPOINT_KEY": "signed"}
REAL = {"DJANGO_SETTINGS_MODULE": "casetracker.settings.production", "ALLOWED_HOSTS": "cases.example"}


def run(side, *arguments, **given):
    command = [sys.executable, *arguments]
    own = environment(side, **{**REAL, **given})
    return subprocess.run(command, cwd=PROJECT, env=own, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_public_side_has_no_secret_of_the_desk():
    found = [json.loads(run("public", "-c", QUESTION, **SECRETS).stdout) for _ in range(2)]
    assert found[0][1:] == [[], "", ["SECRET_KEY", "CONFIDENTIAL_KEYS", "CHECKPOINT_KEY"], ["default", "public"], {}]
    keys = {key for key, *_rest in found}
    assert len(keys) == 2, "each process makes a key of its own"
    assert all(len(key) > 50 for key in keys)
    report = run("public", "manage.py", "check", "--deploy", **SECRETS).stderr
    assert all(f"{name} is in the environment of the public side" in report for name in SECRETS)
    clean = run(
        "public", "manage.py", "check", "--deploy", "--fail-level", "WARNING", CASETRACKER_CONTACT="a@b.example"
    )
    assert clean.returncode == 0, clean.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("side", "given", "words"),
    [
        ("both", {}, "Set it to one of these: public, desk, all"),
        ("public", {"DATABASE_URL": "postgres://desk:secret@127.0.0.1/x"}, "set PUBLIC_DATABASE_URL"),
        ("desk", {}, "SECRET_KEY"),
        ("all", {}, "SECRET_KEY"),
    ],
)
def test_a_side_that_is_not_set_up_does_not_start(side, given, words):
    failed = run(side, "manage.py", "check", **given)
    assert failed.returncode != 0
    assert words in failed.stderr
    assert "secret@" not in failed.stderr


def test_what_both_sides_show_uses_no_file_of_the_desk():
    """The public side does not collect them: a page that names one would fail there."""
    shared = [*(PROJECT / "templates").glob("*.html"), *(PROJECT / "templates" / "public").rglob("*.html")]
    assert len(shared) > 20
    assert [path.name for path in shared if "static 'desk" in path.read_text()] == []
