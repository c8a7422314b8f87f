"""Private terms: addresses, hosts and people that must not appear in public text."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casetracker.core.terms import SearchedText, Term
from casetracker.review.choices import Action, PrivateTermKind, PublicStatus
from casetracker.review.content import parse_content
from casetracker.review.kinds import Content
from casetracker.review.models import Decision, PrivateTerm, PublishedContent

Disclosures = set[tuple[str, str]]  # Kind and text of each.
# The private terms of each record, or the rows of them in the history, with the message for where one stands.
Kept = Mapping[UUID, Sequence[tuple[Any, str | Promise]]]
_NOTHING: Mapping[UUID, Content] = MappingProxyType({})

_STANDS = _(
    "The private term “%(term)s” (%(kind)s) stands in “%(place)s”. "
    "Take it out there, or let an editor mark it publishable with a reason."
)
_ONLY_MARKED = _(
    "“%(term)s” (%(kind)s) stands in “%(place)s”. It is marked publishable in a record that is not published like that "
    "yet. Take it out there, or publish that record first."
)
_TAKEN_OUT = _(
    "“%(term)s” (%(kind)s) stands in “%(place)s”. It was taken out of the private terms, or changed, after the record "
    "was submitted, but stays private. Take it out there, or put it back among the private terms and let an editor "
    "mark it publishable with a reason."
)


def texts_of(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield every text of a snapshot with the words that name its place, such as “citations 1 quote”."""
    if isinstance(value, str):
        yield " ".join(path), value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from texts_of(part, (*path, str(name).replace("_", " ")))
    elif isinstance(value, Sequence):
        for number, part in enumerate(value, start=1):
            yield from texts_of(part, (*path, str(number)))


def kept_private(record_ids: Iterable[UUID | str], going_out: Mapping[UUID, Content] = _NOTHING) -> Kept:
    """Return what must not stand in public text, for each of these records that has any. Four queries at most.

    A mark as publishable counts once it is published, or in a content that is approved or published right now
    (`going_out`), because only then somebody else has agreed. A term that reviewers have seen stays private when
    it is taken out or changed.
    """
    ids = [UUID(str(key)) for key in record_ids]
    disclosed = _disclosed(ids) | {key: _terms(going_out[key]) for key in ids if key in going_out}
    found: dict[UUID, list[tuple[Any, str | Promise]]] = {}
    for private, message in _private(ids, disclosed):
        found.setdefault(private.record_id, []).append((private, message))
    return found


def private_terms_in(
    texts: Iterable[tuple[str, str]], record_ids: Iterable[UUID | str], kept: Kept | None = None
) -> list[str]:
    """Return a message for each private term of these records that occurs in one of the texts.

    `kept` is what was looked up for them, and perhaps others, by `kept_private`.
    """
    ids = [UUID(str(key)) for key in record_ids]
    kept = kept_private(ids) if kept is None else kept
    found = [term for key in dict.fromkeys(ids) for term in kept.get(key, ())]
    searched = [(place, SearchedText(text)) for place, text in texts] if found else []
    return [
        message % {"term": private.text, "kind": private.get_kind_display(), "place": place}
        for private, message in found
        for place in _places(_term(private), searched)
    ]


def terms_to_hide(record_ids: Iterable[UUID | str]) -> list[Term]:
    """Return every term that ever stood among the private ones of these records, but for what the public reads."""
    return [term for terms in terms_to_hide_by_record(record_ids).values() for term in terms]


def terms_to_hide_by_record(record_ids: Iterable[UUID | str]) -> dict[UUID, list[Term]]:
    """Return for each of these records that has any the terms that `terms_to_hide` returns. Two queries."""
    ids = [UUID(str(key)) for key in record_ids]
    public = {(key, *term) for key, terms in _disclosed(ids).items() for term in terms}
    past = PrivateTerm.history.filter(record__in=ids).order_by("history_id")
    latest = {(row.record_id, row.kind, row.text): row for row in past}
    found: dict[UUID, list[Term]] = {}
    for key, row in latest.items():
        if key not in public:
            found.setdefault(row.record_id, []).append(_term(row))
    return found


def terms_kept_private(record_id: UUID) -> list[tuple[str, str]]:
    """Return kind and text of all private terms of a record: those allowed in public, and those taken out, too."""
    return sorted({(private.kind, private.text) for private, _message in _private([record_id], {})})


def _places(term: Term, searched: Iterable[tuple[str, SearchedText]]) -> list[str]:
    return [place for place, text in searched if term.is_in(text)]


def _disclosed(record_ids: Sequence[UUID]) -> dict[UUID, Disclosures]:
    """Return what the public reads of the terms of each record."""
    last = PublishedContent.objects.filter(
        record__in=record_ids, record__public_status=PublicStatus.LIVE, version=F("record__published_version")
    )
    return {published.record_id: _terms(parse_content(published.content)) for published in last}


def _terms(content: Content) -> Disclosures:
    return {(disclosure["kind"], disclosure["text"]) for disclosure in content["disclosures"]}


def _private(record_ids: Sequence[UUID], disclosed: Mapping[UUID, Disclosures]) -> Iterator[tuple[Any, str | Promise]]:
    """Yield each private term, or the row of one in the history, with the message for where it stands."""
    known = set()
    for term in PrivateTerm.objects.filter(record__in=record_ids):
        if (term.kind, term.text) not in disclosed.get(term.record_id, ()):
            known.add((term.record_id, term.kind, term.text))
            yield term, _ONLY_MARKED if term.is_publishable else _STANDS
    for past in _submitted(record_ids):
        key = (past.record_id, past.kind, past.text)
        public = [(kind, SearchedText(text)) for kind, text in disclosed.get(past.record_id, ())]
        if key not in known and not _places(_term(past), public):
            known.add(key)
            yield past, _TAKEN_OUT


def _submitted(record_ids: Sequence[UUID]) -> Iterator[Any]:
    """Yield the terms that stood there when their record was submitted, from their history."""
    history = list(PrivateTerm.history.filter(record__in=record_ids).order_by("-history_date", "-history_id"))
    if not history:
        return
    submissions = Decision.objects.filter(record__in=record_ids, action=Action.SUBMIT).values_list("record_id", "at")
    times: dict[UUID, list[dt.datetime]] = {}
    for record_id, at in submissions:
        times.setdefault(record_id, []).append(at)
    ends: dict[UUID, dt.datetime] = {}
    for row in history:
        end = ends.get(row.id)
        ends[row.id] = row.history_date
        if row.history_type != "-" and any(
            row.history_date <= at and (end is None or at <= end) for at in times.get(row.record_id, [])
        ):
            yield row


def _term(private: Any) -> Term:
    return Term(private.text, is_name=private.kind == PrivateTermKind.PERSON)
