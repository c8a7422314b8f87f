"""Verifying the log while nobody can add to it."""

from django.db import transaction
from django.db.models import Max

from casetracker.publication.chain import Problem, verify_chain
from casetracker.publication.models import LogEntry, PublicationHead
from casetracker.publication.reading import Head, current_head


def verified_head(*, last: int | None = None) -> tuple[Problem | None, Head | None]:
    """Return the first thing that is wrong with the log, or the head that was verified.

    `last` looks at so many of the latest entries only: quick, and enough to see what was done lately. Nobody can
    publish meanwhile.
    """
    with transaction.atomic():
        PublicationHead.objects.select_for_update().filter(pk=1).values_list("pk").first()
        problem = next(verify_chain(after=_all_but(last)), None)
        return (problem, None) if problem else (None, current_head())


def _all_but(last: int | None) -> int:
    newest = 0 if last is None else LogEntry.objects.aggregate(Max("sequence"))["sequence__max"]
    return max(0, newest - last) if last is not None and isinstance(newest, int) else 0
