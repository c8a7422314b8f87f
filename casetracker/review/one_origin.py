"""What rests on one document alone, however many citations it has: whoever approves it should know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casetracker.review.choices import Stance
from casetracker.review.evidence import facts_of
from casetracker.review.kinds import Content, label_of
from casetracker.sources.choices import COPY_TYPES
from casetracker.sources.models import Source
from casetracker.sources.origins import count_origins

Citations = list[Mapping[str, Any]]


@dataclass(frozen=True)
class OneOrigin:
    """Facts that one document alone supports. Without `facts`, that is all that the record says.

    `origin` is what the document is called; empty where all are copies of something that nobody has named.
    """

    facts: list[str]
    origin: str
    number: int
    has_unnamed: bool

    @property
    def words(self) -> str:
        """Say on what it rests."""
        if not self.origin:
            return _("It rests on copies alone, and nobody has said of what: they may all repeat one document.")
        given = {"number": self.number, "origin": self.origin}
        if self.has_unnamed:
            return _("All citations go back to “%(origin)s”, or repeat a document that nobody has named.") % given
        return (
            ngettext(
                "The only citation goes back to “%(origin)s”.",
                "All %(number)d citations go back to “%(origin)s”: together they count as one.",
                self.number,
            )
            % given
        )


def one_origin_in(content: Content) -> list[OneOrigin]:
    """Return what of a record has one independent origin; nothing if every fact has more. One query, or none."""
    support = [citation for citation in content["citations"] if citation["stance"] == Stance.SUPPORTS]
    whole = [citation for citation in support if citation["field"] == ""]
    groups = {name: whole + [one for one in support if one["field"] == name] for name in facts_of(content)}
    alone = {name: group for name, group in (groups or {"": whole}).items() if _origins(group) == 1}
    if not alone:
        return []
    names = _names(citation for group in alone.values() for citation in group)
    by_support: dict[frozenset[str], list[str]] = {}
    for name, group in alone.items():
        by_support.setdefault(frozenset(citation["id"] for citation in group), []).append(name)
    is_all = len(by_support) == 1 and len(alone) == max(len(groups), 1)
    return [
        _finding([] if is_all else [label_of(content["kind"], name) for name in facts], alone[facts[0]], names)
        for facts in by_support.values()
    ]


def _origins(group: Citations) -> int:
    return count_origins([(citation["source"]["origin"], citation["source"]["origin_type"]) for citation in group])


def _names(citations: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    sources = [citation["source"] for citation in citations]
    names = {source["id"]: _name(source) for source in sources}
    distant = {UUID(source["origin"]) for source in sources if source["origin"] not in names}
    return names | {str(key): str(source) for key, source in Source.objects.in_bulk(distant).items()}


def _name(source: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (source["publisher"], source["title"] or source["url"], source["published"])))


def _finding(facts: list[str], group: Citations, names: Mapping[str, str]) -> OneOrigin:
    sources = [citation["source"] for citation in group]
    named = {source["origin"] for source in sources if source["origin_type"] not in COPY_TYPES}
    unnamed = {source["origin"] for source in sources} - named
    return OneOrigin(
        facts=facts,
        origin=names.get(next(iter(named)), "") if named else "",
        number=len(group),
        has_unnamed=bool(unnamed),
    )
