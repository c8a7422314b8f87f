"""Where a record stands in the queue that a reviewer goes through."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from casetracker.accounts.models import User
from casetracker.desk.queues import queue_named
from casetracker.review.models import Record


@dataclass(frozen=True)
class Position:
    """The queue one came from, and the ways on from here.

    A record that has left the queue has no number. Then the way on leads to what came after it, or to the
    beginning of the queue, so that nobody loses the thread.
    """

    name: str
    title: str
    total: int
    number: int
    previous: str
    following: str
    # What the acts of this page come back to.
    here: str


def address_of(key: UUID | str, **query: str) -> str:
    """Return the address of the review page of a record."""
    given = urlencode({name: value for name, value in query.items() if value})
    return reverse("admin:record_review", args=[key]) + (f"?{given}" if given else "")


def position_in(name: str, record: Record, person: User, then: str) -> Position | None:
    """Return where a record stands in a queue of this person; None without such a queue. One query for most.

    `then` is the key of the record that came after this one when it still was in the queue.
    """
    queue = queue_named(name, person) if name else None
    if queue is None:
        return None
    keys = queue.keys()
    if record.pk in keys:
        place = keys.index(record.pk)
        before, after = keys[max(place - 1, 0) : place], keys[place + 1 : place + 2]
        number = place + 1
    else:
        before, number = [], 0
        after = [key for key in keys if str(key) == then] or keys[:1]
    following = str(after[0]) if after else ""
    return Position(
        name,
        queue.title,
        len(keys),
        number,
        address_of(before[0], queue=name) if before else "",
        address_of(following, queue=name) if following else "",
        address_of(record.pk, queue=name, then=following),
    )
