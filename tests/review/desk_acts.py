"""What people do at the desk, as single calls with sensible arguments, for tests that act at random."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role
from casetracker.core.errors import InvalidContent
from casetracker.review import services
from casetracker.review.content import build_content
from casetracker.review.evidence import check_results
from casetracker.review.models import Record, Suggestion
from casetracker.review.services import Edit
from casetracker.sources.models import Source
from tests.factories.records import bring_to, check_all, citation, fresh, make_response, make_source, make_station
from tests.factories.users import UserFactory

PEOPLE: dict[str, dict[str, Any]] = {
    "researcher": {"roles": [Role.RESEARCHER]},
    "second researcher": {"roles": [Role.RESEARCHER]},
    "editor": {"roles": [Role.EDITOR]},
    "second editor": {"roles": [Role.EDITOR]},
    "both": {"roles": [Role.RESEARCHER, Role.EDITOR]},
    "superuser": {"is_superuser": True},
}

# Of the stations, in the order in which they are logged. Neither is part of the other, or of other words here.
HOSTS = ("Golden Dragon Travel", "Silver Phoenix Trading")


@dataclass
class Desk:
    """A few people, two sources that all records share, two stations and a response to the first.

    Each station has a host as its private term.

    At the start that station is live, the other is verified, and the response is a draft.
    """

    people: dict[str, User] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    hosts: dict[Any, str] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def furnish(cls) -> "Desk":
        people = {name: UserFactory(name=f"The {name}", **values) for name, values in PEOPLE.items()}
        desk = cls(people=people, sources=[make_source(), make_source()])
        desk.log_station(people["researcher"])
        desk.log_station(people["both"])
        # The text of each kind of record that the public reads as its summary.
        response = make_response(
            by=people["second researcher"],
            stations=desk.records[:1],
            citations=desk.citations(),
            summary=desk.words(),
        )
        desk.records.append(response)
        reviewers = {"reviewer": people["second researcher"], "editor": people["editor"]}
        bring_to(desk.records[0], "live", author=people["researcher"], **reviewers)
        bring_to(desk.records[1], "verified", author=people["both"], **reviewers)
        return desk

    def words(self) -> str:
        """Words that stand nowhere else, so that they can be found again."""
        return f"Words number {next(self.numbers)}."

    def citations(self) -> list[dict[str, Any]]:
        return [citation(source) for source in self.sources]

    def log_station(self, by: User) -> Record:
        host = HOSTS[len(self.records)]
        terms = [{"kind": "host", "text": host}]
        record = make_station(by=by, citations=self.citations(), summary=self.words(), private_terms=terms)
        self.records.append(record)
        self.hosts[record.pk] = host
        return record

    def host_near(self, record: Record) -> str:
        """The host of a station, or of the station that the response is about."""
        return self.hosts.get(record.pk, HOSTS[0])

    def act(self, action: str, record: Record, by: User, lock_version: int) -> list[Record]:
        """Do something to a record as `by`, who saw it at `lock_version`. Return the records that it touched."""
        return ACTS[action](self, record, by, lock_version) or [record]


def _edit(desk: Desk, record: Record, by: User, lock_version: int) -> None:
    services.edit_record(record.pk, Edit(fields={"summary": desk.words()}), by=by, lock_version=lock_version)


def _cite(desk: Desk, record: Record, by: User, lock_version: int) -> None:
    """Turn the citations around, and read one of them more closely."""
    rows = [{"id": row.pk} for row in reversed(record.citations.all())]
    rows[0]["locator"] = f"page {next(desk.numbers)}"
    services.edit_record(record.pk, Edit(citations=rows), by=by, lock_version=lock_version)


def _tell(desk: Desk, record: Record, by: User, lock_version: int) -> None:
    """Write the private term into the public text."""
    words = f"{desk.words()} At {desk.host_near(record)}."
    services.edit_record(record.pk, Edit(fields={"summary": words}), by=by, lock_version=lock_version)


def _forget(_desk: Desk, record: Record, by: User, lock_version: int) -> None:
    services.edit_record(record.pk, Edit(private_terms=[]), by=by, lock_version=lock_version)


def _put_back(desk: Desk, record: Record, by: User, lock_version: int) -> None:
    terms = [{"kind": "host", "text": desk.host_near(record)}]
    services.edit_record(record.pk, Edit(private_terms=terms), by=by, lock_version=lock_version)


def _disclose(_desk: Desk, record: Record, by: User, lock_version: int) -> None:
    term = record.private_terms.first()
    if term is None:
        raise InvalidContent("There is no private term to mark.")
    services.mark_publishable(term.pk, reason="A court named it.", by=by, lock_version=lock_version)


def _retract_and_tell(desk: Desk, record: Record, by: User, lock_version: int) -> None:
    note = f"It is not at {desk.host_near(record)}."
    services.retract_record(record.pk, reason="error", note=note, by=by, lock_version=lock_version)


def _check(verdict: str) -> Callable[..., None]:
    def check(_desk: Desk, record: Record, by: User, lock_version: int) -> None:
        result = check_results(record, build_content(record))[0]
        services.check_citation(
            record.pk,
            result.citation["id"],
            verdict=verdict,
            by=by,
            lock_version=lock_version,
            citation_digest=result.digest,
            comment="As found.",
        )
        if verdict == "supports":
            check_all(record, by=by)

    return check


def _appraise(_desk: Desk, record: Record, by: User, lock_version: int) -> None:
    """Give the first citation the next grade of the scale."""
    first = record.citations.all()[0]
    grade = str(int(first.credibility or "0") % 6 + 1)
    services.appraise_citation(record.pk, first.pk, credibility=grade, by=by, lock_version=lock_version)


def _suggest(desk: Desk, record: Record, by: User, lock_version: int) -> None:
    services.suggest_wording(record.pk, field="summary", text=desk.words(), by=by, lock_version=lock_version)


def _accept(_desk: Desk, record: Record, by: User, lock_version: int) -> None:
    suggestion = Suggestion.objects.filter(record=record).order_by("state", "-pk").last()
    if suggestion is None:
        raise InvalidContent("There is no suggestion to accept.")
    services.accept_suggestion(suggestion.pk, by=by, lock_version=lock_version)


def _publish(desk: Desk, record: Record, by: User, lock_version: int) -> list[Record]:
    """Publish a record, with all others that are approved."""
    others = [other for other in map(fresh, desk.records) if other.state == "approved" and other.pk != record.pk]
    chosen = [(record.pk, lock_version), *((other.pk, other.lock_version) for other in others)]
    services.publish_records(chosen, by=by, note="It was wrong.", corrects=lock_version % 2 == 0)
    return [record, *others]


def _edit_source(desk: Desk, record: Record, by: User, lock_version: int) -> None:
    """Change one of the sources that all records cite."""
    source = Source.objects.get(pk=desk.sources[lock_version % 2].pk)
    services.edit_source(source.pk, fields={"title": desk.words()}, by=by, lock_version=source.lock_version)


def _on_record(service: Callable[..., Any], **fixed: Any) -> Callable[..., None]:
    def act(_desk: Desk, record: Record, by: User, lock_version: int) -> None:
        service(record.pk, by=by, lock_version=lock_version, **fixed)

    return act


ACTS: dict[str, Callable[[Desk, Record, User, int], list[Record] | None]] = {
    "edit": _edit,
    "cite": _cite,
    "edit a source": _edit_source,
    "tell": _tell,
    "forget the term": _forget,
    "put the term back": _put_back,
    "disclose": _disclose,
    "assign": lambda desk, record, by, seen: _on_record(services.assign_record, to=by)(desk, record, by, seen),
    "submit": _on_record(services.submit_record),
    "check": _check("supports"),
    "doubt": _check("does_not"),
    "appraise": _appraise,
    "suggest": _suggest,
    "accept": _accept,
    "verify": _on_record(services.verify_record),
    "approve": _on_record(services.approve_record),
    "publish": _publish,
    "approve and publish": _on_record(services.approve_and_publish),
    "return": _on_record(services.return_to_author, comment="Look again."),
    "withdraw": _on_record(services.withdraw_record),
    "revise": _on_record(services.revise_record),
    "abandon": _on_record(services.abandon_revision),
    "discard": _on_record(services.discard_record),
    "retract": _on_record(services.retract_record, reason="error", note="It was wrong."),
    "retract and tell": _retract_and_tell,
}
