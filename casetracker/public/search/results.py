"""What a reader sees of what was found: its name, a few of its words, and where it is."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from casetracker.places.countries import name_of
from casetracker.public.rendering.values import LANGUAGE, Rendered
from casetracker.public.search.finding import GOVERNMENT, Position, Search
from casetracker.public.search.marking import Excerpt, Part, excerpt_of, marked
from casetracker.public.search.places import DOCUMENTS
from casetracker.public.search.texts import Passage, texts_of


@dataclass(frozen=True)
class Result:
    """Something that was found. `content` is its document; None for a government.

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


def results_at(positions: Sequence[Position], search: Search, language: str = LANGUAGE) -> list[Result]:
    """Return what stands at some positions. One query for each kind of record among them.

    What is not live at this moment is left out: the index is not what decides what may be read.
    """
    contents = _contents(positions)
    results = []
    for position in positions:
        if position.kind == GOVERNMENT:
            name = name_of(position.key, language)
            results.append(Result(GOVERNMENT, position.key, name, marked(name, search.terms)))
        elif (position.kind, position.key) in contents:
            results.append(_result(position.kind, contents[position.kind, position.key], search))
    return results


def _result(kind: str, content: Rendered, search: Search) -> Result:
    texts = texts_of(kind, content)
    # A name that is not shown otherwise, such as one in Chinese, explains why something was found.
    other_names = (name for name in texts.names if name.casefold() not in content["label"].casefold())
    telling = [name for name in other_names if any(part.is_marked for part in marked(name, search.terms))]
    passages = [*(Passage(name, "") for name in telling if name != content["reference"]), *texts.passages]
    return Result(
        kind,
        content["reference"],
        content["label"],
        marked(content["label"], search.terms),
        excerpt_of(passages, search.terms),
        content,
    )


def _contents(positions: Sequence[Position]) -> dict[tuple[str, str], Rendered]:
    numbers = defaultdict(list)
    for position in positions:
        if position.kind != GOVERNMENT:
            numbers[position.kind].append(int(position.key))
    return {
        (kind, str(number)): json.loads(body)
        for kind, wanted in numbers.items()
        for number, body in DOCUMENTS[kind].objects.live().filter(number__in=wanted).values_list("number", "body")
    }
