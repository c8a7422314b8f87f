"""Sources and records for tests, made through the services, so that they are as real ones are.

Records are brought to a state by the people who would do it: an author, a reviewer who checks and
verifies, an editor who approves, publishes and retracts. `People` has all three; who is not given is made.
"""

import itertools
from dataclasses import dataclass

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role
from casetracker.publication.models import LogEntry
from casetracker.review import services
from casetracker.review.choices import RetractionReason, Verdict
from casetracker.review.content import build_content
from casetracker.review.evidence import check_results
from casetracker.review.models import Record
from casetracker.review.services import Edit
from casetracker.sources.models import Source
from responses.models import Response
from stations.models import Claim, Station
from tests.factories.users import UserFactory

# The order in which a record passes through them.
STATES = ("draft", "submitted", "verified", "approved", "live", "revision", "retracted")

_numbers = itertools.count(1)


def make_researcher() -> User:
    return UserFactory(roles=[Role.RESEARCHER])


def make_editor() -> User:
    return UserFactory(roles=[Role.EDITOR])


@dataclass
class People:
    """Who does what to a record. Nobody is two of them."""

    author: User
    reviewer: User
    editor: User


def make_people(*, author: User | None = None, reviewer: User | None = None, editor: User | None = None) -> People:
    return People(
        author=author or make_researcher(), reviewer=reviewer or make_researcher(), editor=editor or make_editor()
    )


def make_source(*, by: User | None = None, **fields) -> Source:
    """A newspaper article, unless `fields` say otherwise."""
    number = next(_numbers)
    values = {
        "title": f"Article {number}",
        "publisher": f"Paper {number}",
        "published": "2022-10-26",
        "url": f"https://paper{number}.example/article",
        "language": "nl",
        "type": "newspaper",
    }
    return services.log_source(fields=values | fields, by=by or make_researcher())


def citation(source: Source | None = None, **values) -> dict:
    """A citation for the whole record, as services take it."""
    return {"source": source or make_source(), **values}


def make_station(
    *, by: User | None = None, names=None, replies=None, citations=None, private_terms=None, **fields
) -> Record:
    """A draft of a station that can be submitted, unless the arguments say otherwise."""
    values = {"kind": "police_service_station", "country": "NL", "locality": f"Town {next(_numbers)}"}
    edit = Edit(
        fields=values | fields,
        rows={"names": names or [], "replies": replies or []},
        citations=[citation()] if citations is None else citations,
        private_terms=private_terms or [],
    )
    return services.log_record("station", edit, by=by or make_researcher())


def make_response(*, by: User | None = None, stations=(), citations=None, private_terms=None, **fields) -> Record:
    """A draft of a response that can be submitted, unless the arguments say otherwise.

    `stations` are records or stations.
    """
    values = {
        "concerns": "NL",
        "responder": "NL",
        "actor": "Ministry of Foreign Affairs",
        "level": "ministry",
        "kind": "investigation_opened",
        "date": "2022-10-26",
        "summary": "The ministry says that it looks into the matter.",
        "sets_status": "investigating",
        "stations": [_station(station) for station in stations],
    }
    edit = Edit(
        fields=values | fields,
        citations=[citation()] if citations is None else citations,
        private_terms=private_terms or [],
    )
    return services.log_record("response", edit, by=by or make_researcher())


def make_claim(*, by: User | None = None, citations=None, private_terms=None, **fields) -> Record:
    """A draft of a claim, a count of stations in a country, that can be submitted, unless the arguments say otherwise.

    `superseded_by` is a record or claim.
    """
    values = {
        "topic": "station_count",
        "text": "Stations are reported in the country.",
        "qualifier": "exactly",
        "value": 2,
        "unit": "stations",
        "country": "NL",
        "as_of": "2022-09",
        "claimed_by": "Safeguard Defenders",
        "attribution": ["NRC", "110 Overseas"],
        "epistemic_status": "reported_finding",
    }
    if fields.get("superseded_by"):
        fields["superseded_by"] = Claim.objects.get(pk=fields["superseded_by"].pk)
    edit = Edit(
        fields=values | fields,
        citations=[citation()] if citations is None else citations,
        private_terms=private_terms or [],
    )
    return services.log_record("claim", edit, by=by or make_researcher())


# Of a claim that counts nothing.
NO_COUNT = {"qualifier": "", "value": None, "unit": ""}


def make_agreement(*, by: User | None = None, citations=None, private_terms=None, **fields) -> Record:
    """A draft of an agreement that can be submitted, unless the arguments say otherwise.

    `ended_by` is a record or response.
    """
    values = {
        "country": "IT",
        "type": "joint_patrols",
        "parties": ["Interior ministries"],
        "signed": "2015-09-24",
        "places": ["Rome", "Milan"],
        "summary": "Joint patrols in places of tourist interest.",
    }
    if fields.get("ended_by"):
        fields["ended_by"] = Response.objects.get(pk=fields["ended_by"].pk)
    edit = Edit(
        fields=values | fields,
        citations=[citation()] if citations is None else citations,
        private_terms=private_terms or [],
    )
    return services.log_record("agreement", edit, by=by or make_researcher())


# How to make a draft of each kind.
MAKERS = {"station": make_station, "claim": make_claim, "response": make_response, "agreement": make_agreement}


def _station(station: Record | Station) -> Station:
    return Station.objects.get(pk=station.pk)


def check_all(record: Record, *, by: User, verdict: str = Verdict.SUPPORTS, comment: str = "") -> Record:
    """Let `by` give the same verdict on every citation of a submitted record."""
    for result in check_results(record, build_content(record)):
        services.check_citation(
            record.pk,
            result.citation["id"],
            verdict=verdict,
            by=by,
            lock_version=fresh(record).lock_version,
            citation_digest=result.digest,
            comment=comment,
        )
    return fresh(record)


def fresh(record: Record) -> Record:
    """The record as it is in the database now."""
    return Record.objects.get(pk=record.pk)


def author_of(record: Record) -> User | None:
    """The first author of the present round."""
    first = record.participations.filter(round=record.round, role="author").select_related("person").first()
    return first.person if first else None


def bring_to(
    record: Record,
    state: str,
    *,
    start: str = "draft",
    author: User | None = None,
    reviewer: User | None = None,
    editor: User | None = None,
) -> Record:
    """Bring a draft to one of STATES, step by step; return it as it is then.

    “revision” is live with a draft of the next version; `author` revises. Without `author`, the one who
    logged the record submits it. `start` says how far the record is already, if it is no draft.
    """
    people = make_people(author=author or author_of(record), reviewer=reviewer, editor=editor)
    for step in STATES[STATES.index(start) + 1 : STATES.index(state) + 1]:
        if step == "revision" and state == "retracted":
            continue
        _STEPS[step](fresh(record), people)
    return fresh(record)


def _submit(record: Record, people: People) -> None:
    services.submit_record(record.pk, by=people.author, lock_version=record.lock_version)


def _verify(record: Record, people: People) -> None:
    record = check_all(record, by=people.reviewer)
    services.verify_record(record.pk, by=people.reviewer, lock_version=record.lock_version)


def _approve(record: Record, people: People) -> None:
    services.approve_record(record.pk, by=people.editor, lock_version=record.lock_version)


def _publish(record: Record, people: People) -> None:
    services.publish_records([(record.pk, record.lock_version)], by=people.editor)


def _revise(record: Record, people: People) -> None:
    services.revise_record(record.pk, by=people.author, lock_version=record.lock_version)


def _retract(record: Record, people: People) -> None:
    retract(record, by=people.editor)


_STEPS = {
    "submitted": _submit,
    "verified": _verify,
    "approved": _approve,
    "live": _publish,
    "revision": _revise,
    "retracted": _retract,
}


def retract(
    record: Record, *, by: User, reason: str = RetractionReason.ERROR, note: str = "It was about another place."
) -> LogEntry:
    record = fresh(record)
    return services.retract_record(record.pk, reason=reason, note=note, by=by, lock_version=record.lock_version)


def edit_draft(record: Record, *, by: User, **fields) -> Record:
    """Change fields of a draft."""
    record = fresh(record)
    return services.edit_record(record.pk, Edit(fields=fields), by=by, lock_version=record.lock_version)


def publish_next_version(record: Record, people: People, **fields) -> Record:
    """Take a live record through a whole round that changes `fields`, to its next version."""
    record = fresh(record)
    services.revise_record(record.pk, by=people.author, lock_version=record.lock_version)
    edit_draft(record, by=people.author, **fields)
    for step in ("submitted", "verified", "approved", "live"):
        _STEPS[step](fresh(record), people)
    return fresh(record)
