"""What was reported worldwide: the latest count of stations with its countries, from published claims."""

from dataclasses import dataclass

from casetracker.public.coverage import COUNTING
from casetracker.public.models import ClaimDocument
from casetracker.public.rendering.values import Rendered

STATIONS, COUNTRIES = "station_count", "country_count"


@dataclass(frozen=True)
class Reported:
    """A count of stations, that of the countries they are in, by the same claimant, and the count before it."""

    stations: Rendered
    countries: Rendered | None
    earlier: Rendered | None


def reported_worldwide() -> Reported | None:
    """Return the latest live count of stations in the whole world that no other has replaced. One query.

    None as long as no such claim is published.
    """
    rows = ClaimDocument.objects.live().filter(topic__in=(STATIONS, COUNTRIES), country="", value__isnull=False)
    claims = [
        document.content for document in rows.filter(epistemic_status__in=COUNTING).order_by("-as_of_latest", "-number")
    ]
    live = {claim["reference"] for claim in claims}
    standing = [claim for claim in claims if claim["superseded_by"] not in live]
    stations = next((claim for claim in standing if claim["topic"] == STATIONS), None)
    if stations is None:
        return None
    countries = next((claim for claim in standing if _goes_with(claim, stations)), None)
    earlier = next((claim for claim in claims if claim["superseded_by"] == stations["reference"]), None)
    return Reported(stations, countries, earlier)


def _goes_with(claim: Rendered, stations: Rendered) -> bool:
    return claim["topic"] == COUNTRIES and claim["claimed_by"] == stations["claimed_by"]
