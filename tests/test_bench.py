"""The measurements can be made: they are run by hand, and would fall behind the code unnoticed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*arguments):
    """What a measurement prints."""
    without = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    environment = {name: value for name, value in os.environ.items() if name not in without}
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.once
@pytest.mark.skipif(not shutil.which("wrk"), reason="needs wrk: apt-get install wrk")
def test_the_api_is_asked_beside_others():
    printed = run("bench.api", "--sizes", "100", "--seconds", "0.5", "--rounds", "1", "--without-datasette")
    for words in (
        "100 stations on SQLite",
        "| search, 福州 |",
        "beside",
        "NDJSON of the usual list",
        "Memory",
        "growth",
    ):
        assert words in printed


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.once
def test_records_are_published_and_timed():
    assert "3 records:" in run("bench.publishing", "3")
