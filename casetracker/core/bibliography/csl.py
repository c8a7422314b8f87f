"""CSL-JSON: a list of entries, as Zotero exports it, or with “items” around it, as Zotero’s site does."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from casetracker.core.bibliography import dates
from casetracker.core.bibliography.markup import without_markup
from casetracker.core.bibliography.reference import Name, Reference, cells_of, one_line
from casetracker.core.bibliography.types import type_of_csl
from casetracker.core.sheet_parsing.findings import Findings, refuse

# A number may have any number of digits: it stays text.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_BLANK = re.compile(r"[ \t\n\r]*")
_LIST = re.compile(r"[ \t\n\r]*(?:\{\s*\"items\"\s*:\s*)?\[")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # Databases do not take them; JSON can write them by their code.
_OF_ENTRIES = ("title", "URL", "type")


def read_csl(text: str, findings: Findings) -> Iterator[tuple[int, Reference]]:
    """Yield each entry with the line in which it begins. What is broken is noted among the findings.

    Raises `Refusal` if it is no list, or no JSON from some place on.
    """
    for line, place, item in _items(text):
        if not isinstance(item, dict) or "itemType" in item or not any(item.get(name) for name in _OF_ENTRIES):
            findings.add("csl_no_entry", line=line, number=place)
            continue
        reference = _reference(item)
        if any(map(_NO_TEXT.search, cells_of(reference))):
            findings.add("csl_no_text", line=line, entry=_NO_TEXT.sub("", reference.title or reference.id))
        else:
            yield line, reference


def _items(text: str) -> Iterator[tuple[int, int, Any]]:
    """Yield each item of the list with its line and place. One after the other: so each is known by its line."""
    begin = _LIST.match(text)
    if begin is None:
        yield from _single(text)
        return
    at, line, place = begin.end(), 1 + text.count("\n", 0, begin.end()), 0
    while True:
        start = _after_blanks(text, at)
        line += text.count("\n", at, start)
        if text.startswith("]", start):
            return
        place += 1
        item, at = _decoded(text, start, line)
        yield line, place, item
        end = _after_blanks(text, at)
        line += text.count("\n", start, end)
        if not text.startswith((",", "]"), end):
            raise refuse("csl_broken", line=line)
        at = end + 1 if text[end] == "," else end


def _single(text: str) -> Iterator[tuple[int, int, Any]]:
    """Yield the one entry that stands there without a list."""
    start = _after_blanks(text, 0)
    item, end = _decoded(text, start, 1 + text.count("\n", 0, start))
    if text[end:].strip():
        raise refuse("csl_broken", line=1 + text.count("\n", 0, end))
    yield 1, 1, item


def _after_blanks(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _decoded(text: str, start: int, line: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, start)
    except RecursionError:
        raise refuse("csl_nested", line=line) from None
    except json.JSONDecodeError as error:
        raise refuse("csl_broken", line=error.lineno) from None


def _reference(item: Mapping[str, Any]) -> Reference:
    doi = _text(item, "DOI")
    return Reference(
        id=_text(item, "id"),
        type=type_of_csl(_text(item, "type")),
        title=_text(item, "title", "title-short"),
        authors=tuple(_names(item.get("author"))) or tuple(_names(item.get("editor"))),
        publisher=_text(item, "publisher", "authority"),
        container=_text(item, "container-title", "collection-title", "event-title", "event"),
        published=dates.from_csl(item.get("issued")),
        url=_text(item, "URL") or (doi and f"https://doi.org/{doi.removeprefix('https://doi.org/')}"),
        language=_text(item, "language"),
        genre=_text(item, "genre", "medium"),
        version=_text(item, "version", "edition"),
        note="\n".join(filter(None, (_lines(item, "note"), _lines(item, "annote")))),
    )


def _lines(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return without_markup(value) if isinstance(value, str) else ""


def _text(item: Mapping[str, Any], *names: str) -> str:
    """Return the first of these that says something. Some programs write a list where a text belongs."""
    for name in names:
        value = item.get(name)
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str) and (text := one_line(without_markup(first))):
            return text
    return ""


def _names(value: Any) -> Iterator[Name]:
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            literal, family, given = (_text(one, name) for name in ("literal", "family", "given"))
            particle = _text(one, "non-dropping-particle", "dropping-particle")
            family = one_line(f"{particle} {family}")
            if literal or family or given:
                yield Name(literal) if literal else Name(family or given, given if family else "")
        elif isinstance(one, str) and one.strip():
            yield Name(one_line(one))
