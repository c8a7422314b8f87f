"""A snapshot holds what is declared public, and nothing else."""

import json

import pytest

from casetracker.publication.models import Snapshot
from casetracker.review.kinds import CITATIONS, all_kinds, kind_named
from casetracker.sources.models import Source
from tests.factories.records import (
    MAKERS,
    bring_to,
    citation,
    make_source,
    make_station,
)

ENVELOPE = {
    "schema",
    "record_kind",
    "reference",
    "version",
    "label",
    "counts_from",
    "disclosures",
    "citations",
    "confidential_source_for",
    "verification",
}
# What is kept of a source is no field of it: it is looked up when a record is published.
KEEPING = {"archived", "link"}


@pytest.mark.parametrize("kind", [kind.name for kind in all_kinds()])
def test_a_snapshot_has_exactly_the_declared_keys(db, kind):
    parent = make_source()
    source = make_source(derived_from=parent, derivation="quotes")
    record = MAKERS[kind](citations=[citation(source), citation(parent)])
    bring_to(record, "live")
    snapshot = json.loads(Snapshot.objects.get().content)
    spec = kind_named(kind)
    assert set(snapshot) == ENVELOPE | spec.model.public_fields | set(spec.rows)
    for part in snapshot["citations"]:
        assert set(part) == CITATIONS.model.public_fields
        assert set(part["source"]) == Source.public_fields | KEEPING


def test_the_rows_of_a_snapshot_have_exactly_the_declared_keys(db):
    rows = {
        "names": [{"text": "Station", "language": "en"}],
        "replies": [{"asked": "The embassy", "asked_on": "2022-10", "answer": "No.", "language": "en"}],
    }
    bring_to(make_station(**rows), "live")
    snapshot = json.loads(Snapshot.objects.get().content)
    for name, spec in kind_named("station").rows.items():
        assert [set(row) for row in snapshot[name]] == [spec.model.public_fields], name
