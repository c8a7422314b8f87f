"""Writing references in the three formats. Nothing that stands in a text can become a field or an entry of its own."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from casetracker.core.bibliography import dates
from casetracker.core.bibliography.bibtex_text import escaped
from casetracker.core.bibliography.formats import BIBTEX, CSL, RIS
from casetracker.core.bibliography.reference import Name, Reference, tidied
from casetracker.core.bibliography.types import formats_of

_NO_KEY = re.compile(r"[^A-Za-z0-9:/._+-]+")
_PLAIN_NAME = re.compile(r"[^\W\d_]+(?:(?:[.’-] ?| )[^\W\d_]+)*+\.?")
_IN_ADDRESSES = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def write_references(references: Iterable[Reference], file_format: str) -> bytes:
    """Return the bytes of a file."""
    writers = {BIBTEX: _bibtex, RIS: _ris, CSL: _csl}
    return writers[file_format](map(tidied, references)).encode()


# --- CSL-JSON ----------------------------------------------------------------


def _csl(references: Iterable[Reference]) -> str:
    return json.dumps([_item(reference) for reference in references], ensure_ascii=False, indent=2) + "\n"


def _item(reference: Reference) -> dict[str, Any]:
    item = {
        "id": reference.id,
        "type": reference.type,
        "title": reference.title,
        "author": [_csl_name(name) for name in reference.authors],
        "publisher": reference.publisher,
        "container-title": reference.container,
        "issued": dates.to_csl(reference.published) if reference.published else None,
        "URL": reference.url,
        "language": reference.language,
        "genre": reference.genre,
        "version": reference.version,
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


# --- BibTeX ------------------------------------------------------------------


def _bibtex(references: Iterable[Reference]) -> str:
    return "\n".join(_entry(reference) for reference in references)


def _entry(reference: Reference) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(reference) if value)
    key = _NO_KEY.sub("-", reference.id) or "entry"
    return f"@{formats_of(reference.type).bibtex}{{{key},\n{lines}}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "entrysubtype", formats_of(reference.type).subtype
    yield "title", escaped(reference.title)
    yield "author", " and ".join(map(_bibtex_name, reference.authors))
    yield "publisher", escaped(reference.publisher)
    # Older programs know neither of the newer names. Where both stand, newer ones pass the older by.
    yield ("journal" if formats_of(reference.type).bibtex == "article" else "booktitle"), escaped(reference.container)
    yield "date", reference.published if dates.is_edtf(reference.published) else ""
    yield "year", reference.published[:4] if dates.is_plain(reference.published) else _other_year(reference)
    yield "url", re.sub(r"[{}\\ ]", lambda match: _IN_ADDRESSES[match[0]], reference.url)
    yield "language", escaped(reference.language)
    yield "type", escaped(reference.genre)
    yield "version", escaped(reference.version)
    yield "note", "\n\n".join(map(escaped, reference.note.split("\n")))


def _other_year(reference: Reference) -> str:
    return "" if dates.is_edtf(reference.published) else escaped(reference.published)


def _bibtex_name(name: Name) -> str:
    if not name.given:
        return f"{{{escaped(name.family)}}}"
    return f"{_part(name.family)}, {_part(name.given)}"


def _part(text: str) -> str:
    return text if _PLAIN_NAME.fullmatch(text) and " and " not in f" {text} " else f"{{{escaped(text)}}}"


# --- RIS ---------------------------------------------------------------------


def _ris(references: Iterable[Reference]) -> str:
    return "\r\n".join("".join(f"{tag}  - {value}\r\n" for tag, value in _tags(one)) for one in references)


def _tags(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", formats_of(reference.type).ris
    values = (
        ("ID", reference.id),
        ("TI", reference.title),
        *(("AU", _ris_name(name)) for name in reference.authors),
        ("PB", reference.publisher),
        ("T2", reference.container),
        ("PY", reference.published[:4] if dates.is_plain(reference.published) else ""),
        ("DA", dates.to_ris(reference.published) if reference.published else ""),
        ("UR", reference.url.replace(" ", "%20")),
        ("LA", reference.language),
        ("M3", reference.genre),
        ("ET", reference.version),
        *(("N1", line) for line in reference.note.split("\n")),
    )
    yield from ((tag, value) for tag, value in values if value)
    yield "ER", ""


def _ris_name(name: Name) -> str:
    if name.given:
        return f"{name.family}, {name.given}"
    return name.family.replace(",", ",,", 1) if "," in name.family else name.family
