"""Very much that is not published: made by the services once, and copied row by row from there."""

from collections.abc import Callable

from django.db import models

from casetracker.review.models import Citation, ConfidentialCitation, Record, ReleaseMember
from casetracker.sources.models import Source
from stations.models import Station
from tests.canary import birds
from tests.canary.kept import said_in_confidence
from tests.canary.world import HIDDEN_STATES, discard, hidden_parts, hidden_record
from tests.factories.records import MAKERS, People, bring_to
from tests.factories.releases import make_release, schedule


def add_some(people: People) -> None:
    """A record in each state that the public does not see, one that rests on a confidential source, and a release."""
    for state in HIDDEN_STATES:
        if state != "retracted":  # A withdrawal is public.
            hidden_record("station", state, people)
    for kind in MAKERS:
        discard(hidden_record(kind, "draft", people), people)
    said_in_confidence(MAKERS["station"](by=people.author))
    approved = MAKERS["station"](by=people.author, **hidden_parts("station", people))
    bring_to(approved, "approved", **vars(people))
    schedule(make_release(approved, by=people.editor, title=birds.text("title of a release")), by=people.editor)


def add_many(people: People, number: int) -> None:
    """As many drafts with sources of their own, confidential sources in use, and records under embargo."""
    add_some(people)
    citation = Citation.objects.filter(record__state="draft", record__kind="station").first()
    sources = _copies(Source.objects.get(pk=citation.source_id), number)
    drafts = _records(citation.record, number)
    _copies(citation, number, record=lambda index: drafts[index], source=lambda index: sources[index])
    said = ConfidentialCitation.objects.select_related("source").first()
    hidden = _copies(said.source, number, label=lambda index: f"Q-Z{index:05}")
    spoken_of = _records(said.record, number)
    _copies(said, number, record=lambda index: spoken_of[index], source=lambda index: hidden[index])
    member = ReleaseMember.objects.select_related("release").get(release__state="scheduled")
    releases = _copies(member.release, number)
    waiting = _records(member.record, number)
    _copies(member, number, record=lambda index: waiting[index], release=lambda index: releases[index])


def _records(record: Record, number: int) -> list[Record]:
    found = _copies(record, number, label=lambda _index: birds.text("label of a record"))
    station = Station.objects.get(pk=record.pk)
    _copies(station, number, record=lambda index: found[index], summary=lambda _index: birds.text("summary"))
    return found


def _copies(row: models.Model, number: int, **changes: Callable[[int], object]) -> list:
    """Rows like this one, under keys of their own, but for what is made for each of them."""
    model = type(row)
    same = {
        field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields if not field.primary_key
    }
    new = ({name: make(index) for name, make in changes.items()} for index in range(number))
    made = [
        model(**{name: value for name, value in same.items() if name.removesuffix("_id") not in one}, **one)
        for one in new
    ]
    return model._base_manager.bulk_create(made, batch_size=500)
