"""A few rows of the reference data, which load in a second."""

import pytest

from casetracker.demo import loader, reader

STATIONS = {"nl-amsterdam-1", "nl-rotterdam-1", "ua-odesa-1", "cl-vina-del-mar-1"}
RESPONSES = {"nl-2022-11-01-1", "nl-2022-11-1", "cn-2022-10-29-1"}
SOURCES = {"epoch_nl", "nrc1205", "sd579", "nrc1101", "reddit_copy", "atentos", "uchile"}
CLAIMS = {"stations-world-1", "stations-world-2"}
AGREEMENTS = {"it-2015-1"}


@pytest.fixture
def few_rows(monkeypatch):
    """Let the loader see these rows only, and no unfinished work."""
    wanted = STATIONS | RESPONSES | SOURCES | CLAIMS | AGREEMENTS

    def read(name):
        return [row for row in reader.read_rows(name) if next(iter(row.values())) in wanted]

    monkeypatch.setattr(loader, "read_rows", read)
    monkeypatch.setattr(loader, "leave_work_unfinished", lambda desk: None)
