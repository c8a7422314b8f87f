"""Responses as pages show them, and what the response that sets a status tells and leaves open."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise

from casetracker.public.models import ResponseDocument
from casetracker.public.models.base import VersionedQuerySet
from casetracker.public.pages.dates import is_one_day
from casetracker.public.pages.evidence import stations_called
from casetracker.public.pages.words import NO_STATUS_LIMITS, STATUS_LIMITS
from casetracker.public.rendering.values import Rendered
from casetracker.public.status import LATEST_FIRST, Status

# A page shows no more than this, the latest of them, and leads to the list of all.
MOST = 200


def with_stations(contents: list[Rendered]) -> list[Rendered]:
    """Return the contents of responses, each with what its stations are called. One query at most."""
    labels = stations_called(reference for content in contents for reference in content["stations"])
    return [
        {**content, "station_links": [(reference, labels.get(reference, "")) for reference in content["stations"]]}
        for content in contents
    ]


def contents_of(rows: Iterable[ResponseDocument]) -> list[Rendered]:
    """Return the contents of responses, each with its stations. One more query at most."""
    return with_stations([row.content for row in rows])


def about_station(reference: str, country: str) -> VersionedQuerySet:
    """Return the live responses about a station or its country's stations as a whole, latest first."""
    rows = ResponseDocument.objects.live()
    about = rows.filter(stations__station_reference=reference).values("pk")
    # Not what concerns other stations of that country.
    return rows.filter(Q(pk__in=about) | Q(concerns=country, scope="country")).order_by(*LATEST_FIRST)


def general_denial() -> Rendered | None:
    """Return the latest live denial by the accused state, one about no other state if possible. One query."""
    rows = ResponseDocument.objects.live().filter(kind="denial", responder=settings.ACCUSED_STATE)
    general = Q(concerns__in=["", settings.ACCUSED_STATE])
    document = rows.alias(is_general=general).order_by("-is_general", *LATEST_FIRST).first()
    return document.content if document else None


@dataclass(frozen=True)
class Standing:
    """The status of a government with what belongs beside it.

    `set_by` is the response that sets it. `since` is exact only if `since_is_exact`: the source of the
    first response of its kind may name a month or a year alone, which is `since_as_given`.
    """

    status: Status
    set_by: Rendered | None
    since_as_given: str
    limit: Promise | str

    @property
    def since_is_exact(self) -> bool:
        """Whether the status began on this very day."""
        return bool(self.status.since) and is_one_day(self.since_as_given)


def standing_of(status: Status, contents: list[Rendered]) -> Standing:
    """Return a status with what its responses, `contents` in the order of the status rule, tell about it."""
    set_by = next((content for content in contents if content["reference"] == status.set_by), None)
    since = status.since.isoformat() if status.since else None
    same = [
        content
        for content in contents
        if (content["sets_status"], content["basis"] or "") == (status.value, status.basis)
        and content["counts_from"] == since
    ]
    limit = STATUS_LIMITS[status.value, status.basis] if status.value else NO_STATUS_LIMITS.get(status.reason, "")
    return Standing(status, set_by, same[-1]["date"] if same else "", limit)
