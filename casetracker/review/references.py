"""Links between records: what a content points to, and under which references the public knows it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from casetracker.review.captured import keeping_of
from casetracker.review.choices import PublicStatus
from casetracker.review.kinds import Content, Links, all_kinds, kind_named
from casetracker.review.models import Record
from casetracker.review.snapshots import build_snapshot
from casetracker.sources.models import Source


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


def links_of(reference: str, version: int, content: Content, given: Mapping[str, str]) -> Links:
    """Look up the references of all that a content points to, and what is kept of its sources. Four queries.

    `given` has those of records that are being published at this moment, by UUID.
    """
    parents = [citation["source"]["derived_from"] for citation in content["citations"]]
    sources = Source.objects.filter(
        pk__in=[*source_ids(content), *filter(None, parents)], reference__isnull=False
    ).values_list("pk", "reference")
    records = Record.objects.filter(pk__in=linked_records(content), reference__isnull=False).values_list(
        "pk", "reference"
    )
    return Links(
        reference=reference,
        version=version,
        records={str(key): str(value) for key, value in records} | dict(given),
        sources={str(key): str(value) for key, value in sources},
        keeping=keeping_of(source_ids(content)),
    )


def preview_snapshot(record: Record, content: Content) -> tuple[dict[str, Any], list[str]]:
    """Return the snapshot that the public would get now, and the UUIDs of the records it links to.

    References that are not given yet show as “new”.
    """
    links = links_of(record.reference or "new", record.published_version + 1, content, given={})
    sources = dict.fromkeys(source_ids(content), "new") | dict(links.sources)
    records = dict.fromkeys(linked_records(content), "new") | dict(links.records)
    preview = replace(links, records=records, sources=sources)
    return build_snapshot(content, preview), linked_records(content)
