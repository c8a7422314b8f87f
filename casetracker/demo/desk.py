"""What the loader has put on the desk so far."""

from dataclasses import dataclass, field

from casetracker.demo.team import Team
from casetracker.review.models import Record
from casetracker.sources.models import Source
from responses.models import Response
from stations.models import Claim, Station


@dataclass
class Desk:
    """People, sources and records, by the keys of the reference data; and what the rules refused, with why."""

    team: Team
    sources: dict[str, Source] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    stations: dict[str, Station] = field(default_factory=dict)
    responses: dict[str, Response] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
