"""Many records at once, written past the services: for lists, whose cost does not depend on how a record came to be."""

import itertools

from django.utils import timezone

from casetracker.review.models import Citation, Record
from casetracker.sources.models import Source
from stations.models import Station, StationName

_numbers = itertools.count(1)


def add_drafts(count, *, by):
    """Drafts that are assigned to somebody, each with two names and a citation of a source of its own."""
    records = [Record(kind="station", label=f"Draft {next(_numbers)}", assigned_to=by) for _ in range(count)]
    return _add(records, by)


def add_live(count, *, by, needs_revision=False):
    """Published records, without what was published."""
    numbers = [next(_numbers) for _ in range(count)]
    records = [
        Record(
            kind="station",
            label=f"Live {number}",
            reference=f"S-{number}",
            state="idle",
            public_status="live",
            published_version=1,
            needs_revision=needs_revision,
        )
        for number in numbers
    ]
    return _add(records, by)


def add_in_work(count, *, state, by):
    """Records on their way, which somebody else submitted."""
    steps = ("submitted", "verified", "approved")
    done = {}
    for step in steps[: steps.index(state) + 1]:
        done |= {f"{step}_at": timezone.now(), f"{step}_by": by, f"{step}_digest": "0" * 64}
    records = [Record(kind="station", label=f"In work {next(_numbers)}", state=state, **done) for _ in range(count)]
    return _add(records, by)


def _add(records, by):
    Record.objects.bulk_create(records)
    stations = [Station(record=record, kind="other", country="NL", locality=record.label) for record in records]
    Station.objects.bulk_create(stations)
    StationName.objects.bulk_create(
        StationName(station=station, text=text, language="en") for station in stations for text in ("One", "Two")
    )
    sources = [
        Source(publisher=f"Paper {record.label}", title="x", type="newspaper", created_by=by) for record in records
    ]
    Source.objects.bulk_create(sources)
    Citation.objects.bulk_create(
        Citation(record=record, source=source) for record, source in zip(records, sources, strict=True)
    )
    return records
