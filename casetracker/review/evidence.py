"""Does the evidence carry the record: support for every fact, checks, and the verification level."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from casetracker.core.canonical import canonical_json, sha256_hex
from casetracker.review.captured import captured_sources
from casetracker.review.choices import CitationBasis, ParticipationRole, Stance, Verdict
from casetracker.review.kinds import Content, RecordKind, kind_named, label_of
from casetracker.review.models import Check, Participation, Record
from casetracker.sources.choices import AUTHORITY_TYPES, WEAK_TYPES, Derivation
from casetracker.sources.origins import count_origins


def facts_of(content: Content) -> dict[str, Any]:
    """Return the citable fields and rows that state something, by name."""
    kind = kind_named(content["kind"])
    values = {**content["fields"], **content["rows"]}
    return {
        name: values[name]
        for name in kind.citable
        if says_something(values[name]) and values[name] != kind.assumed.get(name)
    }


def says_something(value: Any) -> bool:
    """Tell whether a field with this value is filled."""
    return value is not False and value not in ("", None, [])  # A count of 0 does.


def problems_before_review(content: Content) -> list[str]:
    """Return all that keeps a record from being submitted, each with its remedy; nothing if it is ready."""
    kind = kind_named(content["kind"])
    return [*_missing_fields(kind, content), *_unsupported(content), *_weak(content)]


def _missing_fields(kind: RecordKind, content: Content) -> Iterator[str]:
    for name in kind.fields:
        field = kind.model._meta.get_field(name)
        if not getattr(field, "blank", True) and content["fields"][name] in ("", None):
            yield _("Fill in “%(field)s”.") % {"field": label_of(kind.name, name)}


def _supporting(content: Content) -> list[dict[str, Any]]:
    return [citation for citation in content["citations"] if citation["stance"] == Stance.SUPPORTS]


def shown_confidential(content: Content) -> set[str]:
    """Return the facts for which a confidential source is to be shown; “” is the whole record.

    Such a source carries a fact as far as *reported*, and adds no origin. One that is not shown carries nothing: no
    public fact rests on what readers cannot know of.
    """
    shown = {entry["field"] for entry in content.get("confidential", ()) if entry["shown"]}
    return shown & {"", *facts_of(content)} if shown else shown


def _unsupported(content: Content) -> Iterator[str]:
    for number, citation in enumerate(content["citations"], start=1):
        if citation["basis"] == CitationBasis.UNVERIFIED:
            yield _("Citation %(number)s has not been read by anyone: open the source, then mark it as read.") % {
                "number": number
            }
    cited = {citation["field"] for citation in _supporting(content)} | shown_confidential(content)
    if "" in cited:
        return
    if not cited:
        yield _("Nothing supports this record: add a citation for it as a whole, or for each fact.")
        return
    for name in facts_of(content):
        if name not in cited:
            yield _("“%(field)s” has no supporting citation.") % {"field": label_of(content["kind"], name)}


def _weak(content: Content) -> Iterator[str]:
    cited = {citation["field"] for citation in _supporting(content)}
    carried = {citation["field"] for citation in _supporting(content) if not is_weak(citation["source"])}
    carried |= shown_confidential(content)
    if "" in carried:
        return
    if cited and not carried:
        yield _("A forum quote or a machine translation carries no publication alone: add a better source.")
        return
    for name in facts_of(content):
        if name not in carried and cited & {name, ""}:
            yield _(
                "“%(field)s” rests on a forum quote or a machine translation alone: add a better source for it."
            ) % {"field": label_of(content["kind"], name)}


def is_weak(source: Mapping[str, Any]) -> bool:
    """Tell whether a source may not carry a fact alone."""
    return source["type"] in WEAK_TYPES or source["derivation"] == Derivation.MACHINE_TRANSLATION


def citation_digest(content: Content, citation: Mapping[str, Any]) -> str:
    """Return the digest that a check binds to: the citation, its source, and what it is cited for.

    That is a field with those that complete it, or for the whole record all its fields and rows.
    """
    cited, field = {**content["fields"], **content["rows"]}, citation["field"]
    if field:
        cited = {name: cited[name] for name in (field, *kind_named(content["kind"]).complements.get(field, ()))}
    bare = {name: value for name, value in citation.items() if name != "position"}
    return sha256_hex(canonical_json({"citation": bare, "cited": cited}))


@dataclass(frozen=True)
class CheckResult:
    """Where one citation stands: None as `verdict` means that nobody has checked it as it is now."""

    citation: Mapping[str, Any]
    digest: str
    verdict: Verdict | None
    check: Check | None = None
    has_capture: bool = False

    @property
    def passes(self) -> bool:
        """Tell whether the record may be verified with this citation.

        A source that could not be opened passes only with an archived copy or an editor's comment.
        """
        if self.verdict == Verdict.COULD_NOT_OPEN:
            return self.has_capture or bool(self.check and self.check.by_editor and self.check.comment)
        return self.verdict == Verdict.SUPPORTS


def check_results(record: Record, content: Content) -> list[CheckResult]:
    """Return the state of every citation, from everybody's latest checks of it as it is. Three queries at most.

    One person who finds that a source does not say it outweighs all others, and goes on doing so on becoming
    an author: until that person thinks again as a reviewer, or the citation is changed. All else that people
    found who are authors now counts no longer.
    """
    authors = set(
        Participation.objects.filter(record=record, round=record.round, role=ParticipationRole.AUTHOR).values_list(
            "person_id", flat=True
        )
    )
    latest: dict[tuple[str, str, int], Check] = {}
    for check in record.checks.select_related("person").order_by("at", "id"):
        latest[str(check.citation_uuid), check.citation_digest, check.person_id] = check
    counting = [
        check for check in latest.values() if check.person_id not in authors or check.verdict == Verdict.DOES_NOT
    ]
    results = [_result(content, citation, counting) for citation in content["citations"]]
    unopened = [one.citation["source"]["id"] for one in results if one.verdict == Verdict.COULD_NOT_OPEN]
    kept = captured_sources(unopened) if unopened else set()
    return [replace(one, has_capture=one.citation["source"]["id"] in kept) for one in results]


_GRAVEST_FIRST = (Verdict.DOES_NOT, Verdict.SUPPORTS, Verdict.COULD_NOT_OPEN)


def _result(content: Content, citation: Mapping[str, Any], checks: Iterable[Check]) -> CheckResult:
    digest = citation_digest(content, citation)
    own = [check for check in checks if str(check.citation_uuid) == citation["id"] and check.citation_digest == digest]
    for verdict in _GRAVEST_FIRST:
        found = [check for check in own if check.verdict == verdict]
        if found:
            chosen = max(found, key=lambda check: (check.by_editor and bool(check.comment), check.at))
            return CheckResult(citation, digest, verdict, chosen)
    return CheckResult(citation, digest, None)


def problems_before_verification(record: Record, content: Content) -> list[str]:
    """Return the citations that keep a record from being verified, each with its remedy."""
    remedies: dict[Verdict | None, str] = {
        None: _("Citation %(number)s (%(source)s) has not been checked as it is now."),
        Verdict.DOES_NOT: _("Citation %(number)s (%(source)s) was found not to say it: return the record."),
        Verdict.COULD_NOT_OPEN: _(
            "Citation %(number)s (%(source)s) could not be opened: keep a copy of it, or let an editor check it "
            "with a comment."
        ),
    }
    return [
        remedies[result.verdict] % {"number": number, "source": result.citation["source"]["publisher"]}
        for number, result in enumerate(check_results(record, content), start=1)
        if not result.passes
    ]


def verification_level(content: Content) -> dict[str, Any]:
    """Compute how well the record is supported: `level`, `disputed`, `independent_origins`.

    Taken from the citations for the whole record; without one, from the fact that is supported worst.
    """
    support = _supporting(content)
    groups = [[citation for citation in support if citation["field"] == ""]]
    if not groups[0]:
        groups = [[citation for citation in support if citation["field"] == name] for name in facts_of(content)]
    levels = [_level(group) for group in groups]
    level, origins = min(levels, key=lambda pair: (_RANK[pair[0]], pair[1]), default=("reported", 0))
    disputed = any(citation["stance"] in (Stance.DISPUTES, Stance.DENIES) for citation in content["citations"])
    return {"level": level, "disputed": disputed, "independent_origins": origins}


_RANK = {"reported": 0, "corroborated": 1, "officially_confirmed": 2}


def _level(group: Iterable[Mapping[str, Any]]) -> tuple[str, int]:
    sources = [citation["source"] for citation in group]
    origins = count_origins([(source["origin"], source["origin_type"]) for source in sources])
    if any(source["type"] in AUTHORITY_TYPES for source in sources):
        return "officially_confirmed", origins
    return ("corroborated" if origins >= 2 else "reported"), origins
