"""What a reader sees of what was found: its name, a few of its words, and where it is."""

import json
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from casetracker.places.countries import name_of
from casetracker.public.rendering.values import LANGUAGE, Rendered
from casetracker.public.search import engine
from casetracker.public.search.finding import GOVERNMENT, Position, Search
from casetracker.public.search.marking import Excerpt, Marker, Part
from casetracker.public.search.places import number_in
from casetracker.public.search.texts import read


class Result(NamedTuple):
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
        if kind != GOVERNMENT:
            wanted = {number_in(position.entry): position for position in its}
            rows = engine.live_documents(kind, list(wanted), with_body=with_content)
            found |= {wanted[number]: row for number, *row in rows}
    return found
