"""What a publication says about the status of a government: rows that follow the versions of its response."""

from casetracker.public.models import ResponseDocument, StatusFact, StatusSubject
from casetracker.public.models.base import VersionedQuerySet
from casetracker.public.status import facts
from casetracker.publication.registry import Publication


def state(publication: Publication, response: ResponseDocument) -> None:
    """Let the published version of a response say what it says, and its earlier versions no more."""
    _of(publication).live().update(to_seq=publication.sequence)
    position = facts.position_of(response.counts_from, response.order_in_day, response.number)
    codes = list(facts.facts_of(response))
    subjects = [StatusSubject(government=response.concerns, says=says) for says in codes]
    StatusSubject.objects.bulk_create(subjects, ignore_conflicts=True)
    reached = _reached(response.concerns, codes)
    StatusFact.objects.bulk_create(
        StatusFact(
            government=response.concerns,
            says=says,
            position=position,
            reach=max(position, reached.get(says, "")),
            possible_from=facts.possible_from(response) if says in facts.DECIDING else None,
            confirmed_on=facts.confirmed_on(response),
            reference=response.reference,
            level=response.level,
            published_at=publication.published_at,
            from_seq=publication.sequence,
        )
        for says in codes
    )


def withdraw(publication: Publication) -> None:
    """Let nobody read what the versions of a retracted response said."""
    _of(publication).live().update(to_seq=publication.sequence)
    _of(publication).readable().update(retracted_seq=publication.sequence)


def _of(publication: Publication) -> VersionedQuerySet:
    return StatusFact.objects.filter(reference=publication.reference)


def _reached(government: str, codes: list[str]) -> dict[str, str]:
    """Return how far the facts of each sort reach before this publication. One query for each of the few."""
    rows = StatusFact.objects.filter(government=government).order_by("-from_seq")
    found = {says: rows.filter(says=says).values_list("reach", flat=True).first() for says in codes}
    return {says: reach for says, reach in found.items() if reach}
