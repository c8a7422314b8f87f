"""What tests of the log share."""

import pytest

from casetracker.publication.chain import verify_chain
from tests.factories import publications
from tests.publication import tampering


@pytest.fixture
def log(db):
    """Five entries: a publication, its correction with a note, two in one batch, a retraction with a note."""
    publications.publish_station(1)
    second = publications.station_snapshot(1, version=2, summary="Nieuw: 青田")
    publications.append(second, action="correct", version=2, note="The name was wrong.")
    publications.append(publications.station_snapshot(2), action="publish", version=1, release=1)
    publications.append(publications.response_snapshot(1), action="publish", version=1, release=1)
    publications.retract("S-1", note="It was about another place – é.")
    assert list(verify_chain()) == []


@pytest.fixture
def open_log(log):
    """The log without its protection, as somebody sees it who owns the database."""
    tampering.disarm()
    yield
    tampering.rearm()
