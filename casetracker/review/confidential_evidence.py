"""What colleagues found of confidential citations, and whether a public text names one of their sources."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.canonical import sha256_hex
from casetracker.core.errors import DomainError
from casetracker.core.terms import SearchedText, Term
from casetracker.review.choices import ParticipationRole, Verdict
from casetracker.review.confidential import entry_of
from casetracker.review.evidence import citation_digest
from casetracker.review.kinds import Content, label_of
from casetracker.review.models import ConfidentialCheck, ConfidentialCitation, Participation, Record
from casetracker.review.policies import may_read_confidential
from casetracker.sources.models.confidential import ConfidentialSource

Told = Mapping[UUID, Sequence[ConfidentialSource]]  # The confidential sources of each record.
_GRAVEST_FIRST = (Verdict.DOES_NOT, Verdict.SUPPORTS, Verdict.COULD_NOT_OPEN)
# Other names of the same source stand behind a semicolon, in brackets or on a line of their own.
_NAMES = re.compile(r"[;()（）/\n]+")
_ACCOUNT = re.compile(r"[\w.+-]*@[\w.-]+\w")  # an e-mail address, or a name on some network
_NUMBER = re.compile(r"\d(?:[\s()./-]*\d){5,}")
_DATE = re.compile(r"(?:19|20)\d\d[-./ ]?(?:0?[1-9]|1[0-2])[-./ ]?\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d")
_TOLD_APART = 8  # the last digits of a telephone number: it is written with and without its country


# --- Checks -----------------------------------------------------------------------


@dataclass(frozen=True)
class ConfidentialResult:
    """Where one confidential citation stands: None as `verdict` means that nobody has checked it as it is now."""

    citation: ConfidentialCitation
    digest: str
    verdict: Verdict | None
    check: ConfidentialCheck | None = None

    @property
    def passes(self) -> bool:
        """Tell whether it is found good. What could not be seen passes only with an editor's comment."""
        if self.verdict == Verdict.COULD_NOT_OPEN:
            return bool(self.check and self.check.by_editor and self.check.sealed_comment)
        return self.verdict == Verdict.SUPPORTS


def digest_of(content: Content, citation: ConfidentialCitation) -> str:
    """Return the digest that a check binds to: the citation, its source, and what it is cited for."""
    said = citation_digest(content, entry_of(citation))
    return sha256_hex(f"{said} {citation.source.seal}".encode())


def confidential_results(record: Record, content: Content) -> list[ConfidentialResult]:
    """Return the state of every confidential citation, by the rules of ordinary ones. Three queries at most."""
    citations = list(ConfidentialCitation.objects.of_records([record.pk]))
    if not citations:
        return []
    authors = Participation.objects.filter(record=record, round=record.round, role=ParticipationRole.AUTHOR)
    wrote = set(authors.values_list("person_id", flat=True))
    latest: dict[tuple[UUID, str, int], ConfidentialCheck] = {}
    for check in ConfidentialCheck.objects.filter(citation__in=citations).select_related("person").order_by("at", "id"):
        latest[check.citation_id, check.digest, check.person_id] = check
    counting = [one for one in latest.values() if one.person_id not in wrote or one.verdict == Verdict.DOES_NOT]
    return [_result(content, citation, counting) for citation in citations]


def _result(content: Content, citation: ConfidentialCitation, checks: list[ConfidentialCheck]) -> ConfidentialResult:
    digest = digest_of(content, citation)
    own = [check for check in checks if check.citation_id == citation.pk and check.digest == digest]
    for verdict in _GRAVEST_FIRST:
        found = [check for check in own if check.verdict == verdict]
        if found:
            chosen = max(found, key=lambda check: (check.by_editor and bool(check.sealed_comment), check.at))
            return ConfidentialResult(citation, digest, verdict, chosen)
    return ConfidentialResult(citation, digest, None)


def problems_in_confidence(record: Record, content: Content, *, by: User) -> Iterator[str]:
    """Yield what of the confidential citations keeps `by` from verifying or approving a record.

    What the public will read of must have been checked, whoever acts; that there is such a source is no secret any
    more. Of all others only cleared people hear: a refusal would tell everybody else that they are there.
    """
    cleared = may_read_confidential(by)
    for result in confidential_results(record, content):
        if result.passes:
            continue
        if result.citation.shown:
            yield _(
                "A confidential source is to be shown for “%(field)s”. A colleague who is cleared for such sources and "
                "is no author must check it first."
            ) % {"field": field_label(record, result.citation.field)}
        elif cleared:
            yield _("What %(source)s says has not been checked as it is now, or was not found good.") % {
                "source": result.citation.source
            }


def field_label(record: Record, field: str) -> str:
    """Return what people call that for which something is cited."""
    return label_of(record.kind, field) if field else _("the record as a whole")


# --- Names in public text ---------------------------------------------------------


def names_in(texts: Iterable[tuple[str, str]], record_ids: Iterable[UUID | str], told: Told | None = None) -> list[str]:
    """Return a message for each text that names a confidential source of these records, but not which, nor how.

    Also of one that was taken out: it stays confidential. Anybody may read the message, so it says nothing of
    sources. If the names cannot be read, it says that instead: then nobody knows whether they are there.
    `told` is what was looked up for these records, and perhaps others, by `confidential_sources_of`.
    """
    ids = [UUID(str(key)) for key in record_ids]
    try:
        places = dict.fromkeys(place for place, _source in places_that_name(texts, ids, told))
    except DomainError:
        return [
            _(
                "Whether its text gives away what must stay private cannot be looked up at present. Whoever runs this "
                "site must mend that first."
            )
        ]
    message = _("“%(place)s” contains words that must not become public. They are not named here: ask the editors.")
    return [message % {"place": place} for place in places]


def confidential_sources_of(record_ids: Iterable[UUID]) -> Told:
    """Return the confidential sources of records, and of those merged into them; those taken out, too. Two queries."""
    ids = set(record_ids)
    cited = ConfidentialCitation.objects.filter(Q(record__in=ids) | Q(record__merged_into__in=ids))
    citing: dict[UUID, set[UUID]] = {}
    for record, target, key in cited.values_list("record", "record__merged_into", "source"):
        citing.setdefault(key, set()).update(ids.intersection((record, target)))
    found: dict[UUID, list[ConfidentialSource]] = {}
    for source in ConfidentialSource.objects.filter(pk__in=citing) if citing else ():
        for record in citing[source.pk]:
            found.setdefault(record, []).append(source)
    return found


def places_that_name(
    texts: Iterable[tuple[str, str]], record_ids: Iterable[UUID], told: Told | None = None
) -> Iterator[tuple[str, ConfidentialSource]]:
    """Yield the places in public texts that name a confidential source, with that source. For cleared people.

    `told` is as for `names_in`. Raises `SealingOff` or `CannotUnseal`.
    """
    ids = list(record_ids)
    told = confidential_sources_of(ids) if told is None else told
    sources = dict.fromkeys(source for key in ids for source in told.get(key, ()))
    terms = [(source, list(_terms(source.unsealed()))) for source in sources]
    searched = [(place, SearchedText(text)) for place, text in texts] if terms else []
    for source, known in terms:
        for place, text in searched:
            if any(term.is_in(text) for term in known):
                yield place, source


def _terms(parts: dict[str, str]) -> Iterator[Term]:
    for name in filter(None, (part.strip() for part in _NAMES.split(parts["title"]))):
        yield Term(name, is_name=True)
    for account in _ACCOUNT.findall(parts["contact"]):
        yield Term(account)
    for number in _NUMBER.findall(parts["contact"]):
        if _DATE.fullmatch(number):  # A day on which somebody was met stands in many public texts.
            continue
        yield Term("".join(filter(str.isdecimal, number))[-_TOLD_APART:])
