"""Cleared people, confidential sources and what is cited from them, made through the services."""

import itertools

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role
from casetracker.review import services
from casetracker.review.confidential_evidence import digest_of
from casetracker.review.content import build_content
from casetracker.review.models import ConfidentialCitation, Record
from casetracker.review.services import Statement
from casetracker.sources.models.confidential import ConfidentialSource
from tests.factories.records import fresh
from tests.factories.users import UserFactory

_numbers = itertools.count(1)


def make_cleared(*roles: Role, **fields) -> User:
    """A colleague who is cleared: a researcher, unless `roles` say otherwise."""
    return UserFactory(roles=[*(roles or (Role.RESEARCHER,)), Role.CLEARED], **fields)


def make_cleared_editor(**fields) -> User:
    return make_cleared(Role.EDITOR, **fields)


def make_confidential_source(*, by: User | None = None, **parts: str) -> ConfidentialSource:
    number = next(_numbers)
    values = {"title": f"Witness Verborgen {number}", "contact": f"+31 6 5550{number:04}", "role": "A clerk"}
    return services.add_confidential_source(parts=values | parts, by=by or make_cleared())


def cite_in_confidence(
    record: Record,
    *,
    by: User,
    source: ConfidentialSource | None = None,
    fact: str = "",
    stance: str = "supports",
    text: str = "They keep lists in the back room.",
    notes: str = "",
) -> ConfidentialCitation:
    """Cite a confidential source in a draft."""
    source = source or make_confidential_source(by=by)
    said = Statement(fact=fact, stance=stance, text=text, notes=notes)
    lock_version = fresh(record).lock_version
    return services.cite_confidentially(record.pk, source.pk, said=said, by=by, lock_version=lock_version)


def show(citation: ConfidentialCitation, *, by: User) -> Record:
    return services.show_confidential_citation(citation.pk, by=by, lock_version=fresh(citation.record).lock_version)


def check_in_confidence(citation: ConfidentialCitation, *, by: User, verdict: str = "supports", comment: str = ""):
    """Open a citation and give a verdict on it."""
    services.open_confidential_citation(citation.pk, reason="check", by=by)
    citation = ConfidentialCitation.objects.select_related("source").get(pk=citation.pk)
    digest = digest_of(build_content(fresh(citation.record)), citation)
    return services.check_confidential_citation(citation.pk, verdict=verdict, by=by, digest=digest, comment=comment)
