"""What tests of files share: somebody who only reads, and a station with something in every field."""

import pytest

from casetracker.accounts.roles import Role
from tests.desk.browser import Browser
from tests.factories.records import make_station
from tests.factories.users import UserFactory


@pytest.fixture
def reader(db):
    return Browser(UserFactory(username="olga", roles=[Role.OBSERVER]))


@pytest.fixture
def station(team):
    """A station with something in every field."""
    return make_station(
        by=team.author,
        country="NL",
        region="Utrecht",
        locality="Utrecht",
        latitude="-5.500000",
        longitude="12",
        counted_in=["110 Overseas", "Another report"],
        first_reported="2022-09",
        summary="A red door.\nAnd a blue one.",
        notes="Seen by a passer-by.",
        names=[{"text": "福州站", "language": "zh-Hans"}, {"text": "Fuzhou", "language": "en", "role": "translation"}],
        replies=[{"asked": "The embassy", "asked_on": "2022-10-20", "answer": "No.", "language": "en"}],
        private_terms=[{"kind": "host", "text": "Society; of friends"}, {"kind": "host", "text": "A landlord"}],
    )


@pytest.fixture
def sheet(tmp_path):
    """Write a file, and return its path."""

    def write(text, name="sheet.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write
