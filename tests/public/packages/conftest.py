"""What tests of downloads share."""

import pytest
from django.core.management import call_command

from tests.factories.publications import (
    citation_part,
    closed,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    source_part,
    stations_counted,
)


@pytest.fixture
def folder(settings, tmp_path):
    """Where packages lie. Nothing is there before the first is built, not even the folder."""
    settings.PACKAGES_DIR = tmp_path / "packages"
    return settings.PACKAGES_DIR


@pytest.fixture
def build(folder, db):
    """Build what is missing; return the folder of the newest package."""

    def run():
        call_command("build_package", verbosity=0)
        return max(folder.glob("casetracker-*"), key=lambda path: int(path.name.rpartition("-")[2]), default=None)

    return run


@pytest.fixture
def record(db):
    """A record of every kind; texts that a spreadsheet would take for a formula, or a reader for two lines."""
    quoted = citation_part(source_part(title="=1+1"), quote="Dicht,\n“nu”", quote_language="nl")
    publish_station(1, citations=[quoted, citation_part("D-2")], summary='=HYPERLINK("x")', names=[])
    publish_station(2, latitude=None, longitude=None, locality="", region="", place_precision="country")
    publish_response(1, stations=["S-1"], **closed("ordered", activity_continues=True))
    publish_response(2, kind="denial", responder="CN", concerns="", date="2022-10~", counts_from=None)
    publish_agreement(1, places=["Rome", "Milan"])
    publish_claim(1, **stations_counted(5))
    publish_claim(2, country="", topic="denial", epistemic_status="denied")
