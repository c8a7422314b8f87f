"""What publications say about the status of governments: rows that follow the versions of their responses."""

from collections.abc import Iterable, Sequence
from typing import Any

from casetracker.public.models import StatusFact, StatusSubject
from casetracker.public.projection.version import Version, end_earlier
from casetracker.public.status import facts
from casetracker.publication.registry import Publication

_Said = tuple[str, str]  # About which government, and the code of what.


def state(versions: Sequence[Version]) -> None:
    """Let published versions of responses, in the order of the log, say what they say; earlier ones say it no more."""
    end_earlier(StatusFact.objects.all(), "reference", versions)
    said = [(one, says) for one in versions for says in facts.facts_of(_response(one))]
    about = dict.fromkeys((_response(one).concerns, says) for one, says in said)
    StatusSubject.objects.bulk_create(
        [StatusSubject(government=government, says=says) for government, says in about], ignore_conflicts=True
    )
    reached = _reached(about)
    StatusFact.objects.bulk_create([_fact(one, says, reached) for one, says in said])


def withdraw(publication: Publication) -> None:
    """Let nobody read what the versions of a retracted response said."""
    rows = StatusFact.objects.filter(reference=publication.reference)
    rows.live().update(to_seq=publication.sequence)
    rows.readable().update(retracted_seq=publication.sequence)


def _response(version: Version) -> Any:
    return version.document


def _fact(version: Version, says: str, reached: dict[_Said, str]) -> StatusFact:
    """Return a row, and note how far the facts of its sort reach with it."""
    response = _response(version)
    position = facts.position_of(response.counts_from, response.order_in_day, response.number)
    about = (response.concerns, says)
    reached[about] = max(position, reached.get(about, ""))
    return StatusFact(
        government=response.concerns,
        says=says,
        position=position,
        reach=reached[about],
        possible_from=facts.possible_from(response) if says in facts.DECIDING else None,
        confirmed_on=facts.confirmed_on(response),
        reference=response.reference,
        level=response.level,
        published_at=version.publication.published_at,
        from_seq=version.publication.sequence,
    )


def _reached(about: Iterable[_Said]) -> dict[_Said, str]:
    """Return how far the facts of each sort reach before these publications. One query for each of the few sorts."""
    rows = StatusFact.objects.order_by("-from_seq").values_list("reach", flat=True)
    found = {said: rows.filter(government=said[0], says=said[1]).first() for said in about}
    return {said: reach for said, reach in found.items() if reach}
