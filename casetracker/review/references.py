"""Links between records: what a content points to, and under which references the public knows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from casetracker.review.captured import keeping_of
from casetracker.review.choices import PublicStatus
from casetracker.review.kinds import Content, Links, all_kinds, kind_named
from casetracker.review.models import Record
from casetracker.review.snapshots import build_snapshot
from casetracker.sources.models import Source

_NOTHING: Mapping[str, str] = MappingProxyType({})


def linked_records(content: Content) -> list[str]:
    """Return the UUIDs of the records that a content points to."""
    found: list[str] = []
    for name in kind_named(content["kind"]).links:
        value = content["fields"][name]
        found += value if isinstance(value, list) else [value] if value else []
    return found


def records_linking_to(records: Iterable[Record]) -> set[UUID]:
    """Return the keys of the live records of all kinds that point to one of these now. One query for each link."""
    wanted = [record.pk for record in records]
    found: set[UUID] = set()
    for kind in all_kinds() if wanted else ():
        for name in kind.links:
            rows = kind.model._default_manager.filter(record__public_status=PublicStatus.LIVE)
            found |= set(rows.filter(**{f"{name}__in": wanted}).values_list("pk", flat=True))
    return found


def source_ids(content: Content) -> list[str]:
    """Return the UUIDs of the sources that a content cites, each once, in the order of its citations."""
    return list(dict.fromkeys(citation["source"]["id"] for citation in content["citations"]))


@dataclass(frozen=True)
class Known:
    """What some contents point to, as the public knows it: references by UUID text, and what is kept of sources."""

    records: Mapping[str, str]
    sources: Mapping[str, str]
    keeping: Mapping[str, Mapping[str, Any]]


def known_of(contents: Iterable[Content], given: Mapping[str, str] = _NOTHING) -> Known:
    """Look up all that these contents point to. Four queries, however many they are.

    `given` has the references of records that are being published at this moment, by UUID.
    """
    asked = list(contents)
    cited = list(dict.fromkeys(key for content in asked for key in source_ids(content)))
    parents = {citation["source"]["derived_from"] for content in asked for citation in content["citations"]}
    linked = {key for content in asked for key in linked_records(content)}
    sources = Source.objects.filter(pk__in=[*cited, *filter(None, parents)], reference__isnull=False)
    records = Record.objects.filter(pk__in=linked, reference__isnull=False)
    return Known(
        records={str(key): str(value) for key, value in records.values_list("pk", "reference")}
        | {key: given[key] for key in linked if key in given},
        sources={str(key): str(value) for key, value in sources.values_list("pk", "reference")},
        keeping=keeping_of(cited),
    )


def links_of(reference: str, version: int, known: Known) -> Links:
    """Return the references of all that a content points to, and what is kept of its sources.

    `known` has what was looked up for it, and perhaps for others.
    """
    return Links(
        reference=reference,
        version=version,
        records=known.records,
        sources=known.sources,
        keeping=known.keeping,
    )


def preview_snapshot(record: Record, content: Content, known: Known | None = None) -> tuple[dict[str, Any], list[str]]:
    """Return the snapshot that the public would get now, and the UUIDs of the records it links to.

    References that are not given yet show as “new”.
    """
    links = links_of(record.reference or "new", record.published_version + 1, known or known_of([content]))
    sources = dict.fromkeys(source_ids(content), "new") | dict(links.sources)
    records = dict.fromkeys(linked_records(content), "new") | dict(links.records)
    preview = replace(links, records=records, sources=sources)
    return build_snapshot(content, preview), linked_records(content)
