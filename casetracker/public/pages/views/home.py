"""The first page."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.urls import reverse

from casetracker.places.countries import name_of
from casetracker.public.counting import once_per_head
from casetracker.public.governments import Summary, summaries
from casetracker.public.labels import NO_STATUS, STATUS_VALUES, STATUSES
from casetracker.public.models import (
    AgreementDocument,
    ClaimDocument,
    ResponseDocument,
    SourceDocument,
    StationDocument,
)
from casetracker.public.pages import changes, linked_data
from casetracker.public.pages.acts import general_denial
from casetracker.public.pages.base import Page
from casetracker.public.pages.government_parts import exact_since
from casetracker.public.pages.reported import Reported, reported_worldwide
from casetracker.public.pages.worldmap import Row, WorldMap, world_map
from casetracker.publication.reading import Head

LATEST = 6
# What the count that the page opens with rests on: publisher, day, and title or what it is.
# Each is linked to its page as far as published records cite it.
COUNTED_IN = (
    ("Safeguard Defenders", "2022-09-12", "110 Overseas"),
    ("Safeguard Defenders", "2022-12-05", "Patrol and Persuade"),
    ("NRC", "2022-12-05", ""),
)


class Home(Page):
    """What was reported, by whom and when; that it is denied; what a listing means; what is here."""

    template_name = "public/home.html"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the figures, the denial and the latest entries of the log."""
        governments, drawn, reported = summaries(head), world_map(head), reported_worldwide()
        figures = once_per_head(head, "home figures", _figures)
        changed = head.published_at.isoformat() if head.published_at else None
        return {
            "linked_data": linked_data.about_everything(
                self.request.build_absolute_uri, reverse("home"), figures, changed
            ),
            "reported": reported,
            "reports": _reports(reported),
            "accused": name_of(settings.ACCUSED_STATE),
            "accused_code": settings.ACCUSED_STATE,
            "denial": general_denial(),
            "figures": figures,
            "tally": _tally(governments),
            "map": drawn,
            "by_status": _by_status(drawn),
            "turns": _latest_turns(drawn),
            "exact": exact_since(head),
            "news": changes.latest(changes.NEWS, LATEST),
            "corrections": changes.latest(changes.CORRECTIONS, LATEST),
        }


def _figures() -> dict[str, int]:
    stations = StationDocument.objects.live()
    return {
        "stations": stations.count(),
        "countries": stations.order_by().values("country").distinct().count(),
        "responses": ResponseDocument.objects.live().count(),
        "agreements": AgreementDocument.objects.live().count(),
        "claims": ClaimDocument.objects.live().count(),
        "sources": SourceDocument.objects.live().count(),
    }


def _reports(reported: Reported | None) -> list[dict[str, str]]:
    """Return the reports behind the count, each with its reference if it has a page. One query.

    Those of others do not stand below the count of somebody else.
    """
    if reported:
        known = {reported.stations["claimed_by"], *reported.stations["attribution"]}
        counted_in = [report for report in COUNTED_IN if report[0] in known]
    else:
        counted_in = list(COUNTED_IN)
    publishers = {publisher for publisher, _day, _title in counted_in}
    rows = SourceDocument.objects.live().filter(publisher__in=publishers).order_by("-number")
    live = {(row.publisher, row.content["published"]): row.reference for row in rows}
    return [
        {"publisher": publisher, "day": day, "title": title, "reference": live.get((publisher, day), "")}
        for publisher, day, title in counted_in
    ]


def _by_status(drawn: WorldMap) -> list[dict[str, Any]]:
    """Return the governments under each status of the map, in the order of its legend."""
    return [{"entry": entry, "rows": [row for row in drawn.rows if row.key == entry.key]} for entry in drawn.legend]


def _latest_turns(drawn: WorldMap) -> list[Row]:
    """Return the governments whose status changed last, with what it has been since."""
    dated = [(row.summary.status.since, row) for row in drawn.rows if row.summary and row.summary.status.since]
    return [row for _day, row in sorted(dated, key=lambda pair: pair[0], reverse=True)[:LATEST]]


def _tally(governments: list[Summary]) -> list[dict[str, Any]]:
    """Return how many governments have each status, with its bases, and how many have none."""
    bases = Counter((summary.status.value, summary.status.basis) for summary in governments)
    reasons = Counter(summary.status.reason for summary in governments)
    lines = [
        {
            "value": value,
            "label": label,
            "count": sum(count for (status, _basis), count in bases.items() if status == value),
            "parts": [
                (key[1], words, bases[key])
                for key, words in STATUSES.items()
                if key[0] == value and key[1] and bases[key]
            ],
        }
        for value, label in STATUS_VALUES.items()
    ]
    lines += [
        {"value": "", "reason": reason, "label": NO_STATUS[reason], "count": reasons[reason], "parts": []}
        for reason in ("responded", "no_response")
    ]
    return [line for line in lines if line["count"]]
