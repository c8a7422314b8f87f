"""How the number of stations that was reported in a country agrees with the stations listed here.

The two need not match. A count is a claim, with an author, a day and a qualifier; what is listed are single
stations, each with its own sources. So both are given, with what lies between them: stations that a report
counted, stations that are alleged elsewhere only, and how many of those reported are not listed.

The count of a country is the latest one that no other public claim has replaced. A denial is no count. If a
claim that replaced another is retracted, or was not made yet on the day asked for, the other stands again.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext, ngettext, override

from casetracker.public.models import ClaimDocument, CountedIn, StationDocument
from casetracker.public.models.base import VersionedQuerySet
from casetracker.public.rendering.values import LANGUAGE, Rendered
from casetracker.public.view import NOW, View
from casetracker.public.wording import count_words, in_a_row, sentence

TOPIC = "station_count"
# What says that stations exist. A denial, an opinion or a caveat with a number in it is no count of them.
COUNTING = ("reported_finding", "alleged", "asserted", "admission")

_SHOWN = (
    "reference",
    "label",
    "qualifier",
    "value",
    "unit",
    "quantity",
    "claimed_by",
    "as_of",
    "as_of_earliest",
    "as_of_latest",
    "links",
)


@dataclass(frozen=True)
class Coverage:
    """A reported count (None without one) beside the stations listed; `earlier` are the counts before it."""

    reported: Rendered | None = None
    earlier: list[Rendered] = field(default_factory=list)
    stations: int = 0
    counted: int = 0

    @property
    def elsewhere(self) -> int:
        """How many of the stations listed no report has counted."""
        return self.stations - self.counted

    @property
    def missing(self) -> int | None:
        """How many of the stations reported are not listed, at least; None without a count."""
        if self.reported is None:
            return None
        reported = self.reported["value"] + (self.reported["qualifier"] == "more_than")
        return max(0, reported - self.counted)


NOTHING = Coverage()


def coverage_of(code: str, view: View = NOW) -> Coverage:
    """Return the coverage of one country. Two queries."""
    return _coverages(_claims(view).filter(country=code), _stations(view).filter(country=code)).get(code, NOTHING)


def coverages(view: View = NOW) -> dict[str, Coverage]:
    """Return the coverage of every country with a count or a station, by code. Two queries."""
    return _coverages(_claims(view).exclude(country=""), _stations(view))


def explanation(coverage: Coverage, language: str = LANGUAGE) -> str:
    """Return the coverage in a sentence or two."""
    with override(language):
        told, difference = sentence(_told(coverage, language)), _difference(coverage, language)
        if not difference:
            return told
        return gettext("%(first)s %(second)s") % {"first": told, "second": sentence(difference)}


def coverage_parts(coverage: Coverage) -> dict[str, Any]:
    """Return the coverage as the API shows it."""
    return {
        "reported": coverage.reported,
        "earlier": coverage.earlier,
        "stations": coverage.stations,
        "counted": coverage.counted,
        "elsewhere": coverage.elsewhere,
        "missing": coverage.missing,
        "explanation": explanation(coverage),
    }


def _claims(view: View) -> VersionedQuerySet:
    claims = ClaimDocument.objects.seen(view).filter(topic=TOPIC, epistemic_status__in=COUNTING)
    return claims.order_by("-country", "-counts_from", "-number")


def _stations(view: View) -> VersionedQuerySet:
    return StationDocument.objects.seen(view).order_by()


def _coverages(claims: VersionedQuerySet, stations: VersionedQuerySet) -> dict[str, Coverage]:
    counts: dict[str, list[tuple[Rendered, str]]] = defaultdict(list)
    for country, superseded_by, compact in claims.values_list("country", "superseded_by", "compact"):
        claim = json.loads(compact)
        counts[country].append(({name: claim[name] for name in _SHOWN}, superseded_by))
    is_counted = Exists(CountedIn.objects.filter(document=OuterRef("pk")))
    tallies = stations.values_list("country").annotate(all=Count("pk"), counted=Count("pk", filter=is_counted))
    listed = {country: (number, counted) for country, number, counted in tallies}
    return {
        country: Coverage(*_latest_and_earlier(counts[country]), *listed.get(country, (0, 0)))
        for country in {*counts, *listed}
    }


def _latest_and_earlier(claims: list[tuple[Rendered, str]]) -> tuple[Rendered | None, list[Rendered]]:
    """Return the count that stands, and the others. `claims` come with what replaced them, the latest first."""
    references = {claim["reference"] for claim, _superseded_by in claims}
    # Two claims that replace each other leave none that stands: then the latest does.
    standing = [claim for claim, superseded_by in claims if superseded_by not in references]
    latest = next(iter(standing or [claim for claim, _superseded_by in claims]), None)
    return latest, [claim for claim, _superseded_by in claims if claim is not latest]


def _told(coverage: Coverage, language: str) -> str:
    reported = coverage.reported
    parts = [
        gettext("%(count)s reported") % {"count": count_words(reported["qualifier"], reported["value"], language)}
        if reported
        else gettext("no count reported"),
        gettext("%(number)d listed") % {"number": coverage.stations} if coverage.stations else gettext("none listed"),
    ]
    if coverage.stations:
        counted = gettext("%(number)d of them counted") % {"number": coverage.counted}
        parts.append(counted if coverage.counted else gettext("none of them counted"))
    if coverage.elsewhere:
        parts.append(gettext("%(number)d alleged elsewhere") % {"number": coverage.elsewhere})
    return in_a_row(parts)


def _difference(coverage: Coverage, language: str) -> str:
    reported, missing = coverage.reported, coverage.missing
    if reported is None:
        return ""
    if missing:
        # More than 50 is at least 51, and so is what is missing of them.
        qualifier = "at_least" if reported["qualifier"] == "more_than" else reported["qualifier"]
        return ngettext(
            "%(count)s of those reported is not listed here", "%(count)s of those reported are not listed here", missing
        ) % {"count": count_words(qualifier, missing, language)}
    if reported["qualifier"] == "exactly" and coverage.counted > reported["value"]:
        return gettext("more of those listed are counted than were reported")
    return ""
