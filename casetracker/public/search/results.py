"""What a reader sees of what was found: its name, a few of its words, and where it is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import connections, router
from django.db.models import OuterRef, Subquery

from casetracker.places.countries import name_of
from casetracker.public.models import SearchEntry
from casetracker.public.rendering.values import LANGUAGE, Rendered
from casetracker.public.search.finding import GOVERNMENT, Position, Search
from casetracker.public.search.marking import Excerpt, Marker, Part
from casetracker.public.search.places import DOCUMENTS, SPANS, number_in
from casetracker.public.search.texts import read


@dataclass(frozen=True)
class Result:
    """Something that was found. `content` is its document, where that was asked for; None for a government.

    `is_translated` says that the title is in the language of the page, not in that of the data.
    """

    kind: str
    reference: str
    label: str
    title: list[Part]
    excerpt: Excerpt | None = None
    content: Rendered | None = None
    is_translated: bool = False


def plural_of(kind: str) -> str:
    """Return the part of addresses that stands for a kind."""
    return f"{kind}s"


def results_at(
    positions: Sequence[Position], search: Search, language: str = LANGUAGE, *, with_content: bool = False
) -> list[Result]:
    """Return what stands at some positions. One query for each kind of record among them.

    What is not live at this moment is left out: the index is not what decides what may be read.
    """
    rows = _rows(positions, with_content)
    results = []
    for position in positions:
        if position.kind == GOVERNMENT:
            name = name_of(position.key, language)
            results.append(Result(GOVERNMENT, position.key, name, search.marker.parts(name)))
        elif position in rows:
            results.append(_result(position.kind, rows[position], search.marker))
    return results


def _result(kind: str, row: Sequence[Any], marker: Marker) -> Result:
    reference, label, passages, *content = row
    return Result(
        kind, reference, label, marker.parts(label), marker.excerpt(read(passages)), *map(json.loads, content)
    )


def _rows(positions: Sequence[Position], with_content: bool) -> dict[Position, Sequence[Any]]:
    """Return the columns of what is live."""
    found: dict[Position, Sequence[Any]] = {}
    for kind, its in groupby(positions, key=attrgetter("kind")):
        if kind == GOVERNMENT:
            continue
        wanted = {number_in(position.entry): position for position in its}
        alias = router.db_for_read(DOCUMENTS[kind])
        statement, values = _question(alias, kind, len(wanted), with_content)
        with connections[alias].cursor() as cursor:
            cursor.execute(statement, [*values, *wanted])
            found |= {wanted[number]: row for number, *row in cursor.fetchall()}
    return found


@lru_cache(maxsize=500)
def _question(alias: str, kind: str, number: int, with_content: bool) -> tuple[str, tuple[Any, ...]]:
    """Return what asks for so many documents, as SQL, with the values in front of their numbers.

    Writing it takes longer than answering it.
    """
    entries = SearchEntry.objects.filter(pk=OuterRef("number") + SPANS[kind].start)
    documents = DOCUMENTS[kind].objects.live().annotate(passages=Subquery(entries.values("passages")))
    columns = ("number", "reference", "label", "passages", *(("body",) if with_content else ()))
    rows = documents.filter(number__in=range(number)).values_list(*columns)
    statement, values = rows.query.get_compiler(using=alias).as_sql()
    return statement, values[:-number]
