"""BibTeX and biblatex, as Zotero, JabRef, EndNote and people write them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from casetracker.core.bibliography import dates
from casetracker.core.bibliography.bibtex_text import parts_of_names, plain
from casetracker.core.bibliography.reference import Name, Reference, one_line
from casetracker.core.bibliography.types import type_of_bibtex
from casetracker.core.sheet_parsing.findings import Findings

_LONGEST = 50_000  # characters of a value: macros can be made of macros
_NUMBERED = frozenset({"volume", "number", "issue", "doi", "issn"})
_ADDRESS = re.compile(r"(?:\\(?:url|nolinkurl)\s*\{)?\s*(https?://[^\s{}]+)\s*\}?", re.IGNORECASE)
_PIECE = re.compile(r"[{}\"#]|\\.", re.DOTALL)
# The line of a block that is broken says what was expected; the words are the library’s.
_BROKEN = (
    ("Expected comma after entry key", "bibtex_no_key"),
    ("Expected a `=`", "bibtex_no_equals"),
    ("Expected equals sign", "bibtex_no_equals"),
    ("Unexpected", "bibtex_unclosed"),
)


def read_bibtex(text: str, findings: Findings) -> Iterator[tuple[int, Reference]]:
    """Yield each entry with the line in which it begins. What is broken is noted among the findings."""
    blocks = Splitter(text).split().blocks
    macros = _Macros(findings)
    for block in blocks:
        macros.take(block)
    for block in blocks:
        entry = _entry_in(block, findings)
        if entry and entry.entry_type.lower() not in ("comment", "preamble", "string", "xdata", "set"):
            yield _line(entry), _Fields(entry, macros).reference()


def _line(block: Block) -> int:
    return (block.start_line or 0) + 1


def _entry_in(block: Block | None, findings: Findings) -> Entry | None:
    """Return the entry of a block, if it is one. A second one with the same key counts: the rows will tell."""
    if isinstance(block, DuplicateBlockKeyBlock):
        block = block.ignore_error_block
    if isinstance(block, DuplicateFieldKeyBlock):
        entry = block.ignore_error_block
        if isinstance(entry, Entry):
            _tell_of_fields(entry, block.duplicate_keys, findings)
        block = entry
    elif isinstance(block, ParsingFailedBlock):
        reason = str(getattr(block.error, "abort_reason", ""))
        code = next((code for start, code in _BROKEN if reason.startswith(start)), "bibtex_broken")
        findings.add(code, entry=_start_of(block), line=_line(block))
    return block if isinstance(block, Entry) else None


def _tell_of_fields(entry: Entry, twice: set[str], findings: Findings) -> None:
    """Note fields that an entry has twice with different values, if they matter here."""
    for name in sorted({key.lower() for key in twice} & _READ):
        if len({field.value for field in entry.fields if field.key.lower() == name}) > 1:
            findings.add("bibtex_field_twice", entry=entry.key, line=_line(entry), field=name)


def _start_of(block: Block) -> str:
    """Return what names a broken entry: what stands between its brace and the next sign."""
    match = re.match(r"\s*@\s*\w+\s*[{(]?\s*([^,=\s{}]*)", block.raw or "")
    return match[1] if match and match[1] else one_line((block.raw or "")[:40])


class _Macros:
    """What @string defines, and what every file may use: the months."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._values = {name: name for name in dates.MONTHS}

    def take(self, block: Block) -> None:
        """Take a definition. The first of two counts, as where the file is read from top to bottom."""
        if isinstance(block, String):
            self._values.setdefault(block.key.lower(), self.value(block.value, block.key, _line(block)))

    def value(self, written: str, entry: str, line: int) -> str:
        """Return what a value is made of, joined: texts in braces or quotation marks, numbers, macros."""
        parts, length = [], 0
        for piece in _pieces(written):
            part = self._part(piece, entry, line)
            length += len(part)
            if length > _LONGEST:
                self._findings.add("bibtex_too_long", entry=entry, line=line)
                return ""
            parts.append(part)
        return "".join(parts)

    def _part(self, piece: str, entry: str, line: int) -> str:
        if len(piece) > 1 and (piece[0], piece[-1]) in (("{", "}"), ('"', '"')):
            return piece[1:-1]
        if piece.isdigit() or not piece:
            return piece
        if piece.lower() not in self._values:
            # Many write a date or a word without braces. Nothing is lost by taking it for the word.
            if re.fullmatch(r"[\w.-]+", piece) and any(sign.isdigit() for sign in piece):
                return piece
            self._findings.add("bibtex_macro", entry=entry, line=line, macro=piece[:40])
        return self._values.get(piece.lower(), "")


def _pieces(written: str) -> Iterator[str]:
    """Yield what stands between the # of a value, outside of braces and quotation marks."""
    depth, quoted, start = 0, False, 0
    for match in _PIECE.finditer(written):
        sign = match[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and not depth:
            quoted = not quoted
        elif sign == "#" and not depth and not quoted:
            yield written[start : match.start()].strip()
            start = match.end()
    yield written[start:].strip()


@dataclass
class _Fields:
    """The fields of an entry, read when they are asked for."""

    entry: Entry
    macros: _Macros

    def reference(self) -> Reference:
        names = {field.key.lower() for field in self.entry.fields}
        subtype = self.text("entrysubtype").lower()
        type_ = type_of_bibtex(self.entry.entry_type.lower(), subtype, is_numbered=bool(names & _NUMBERED))
        return Reference(
            id=self.entry.key,
            type=type_,
            title=self._title(),
            authors=tuple(self._names("author") or self._names("editor")),
            publisher=self.text("publisher", "institution", "school", "organization"),
            container=self.text("journaltitle", "journal", "booktitle", "maintitle", "eventtitle") or self._how(),
            published=self._published(),
            url=self._address(),
            language=self.text("language", "langid", "hyphenation"),
            genre=self.text("type"),
            version=self.text("version", "edition"),
            note=self._note(),
        )

    def written(self, name: str) -> str:
        """Return a field with its LaTeX."""
        values = (field.value for field in self.entry.fields if field.key.lower() == name)
        return self.macros.value(next(values, ""), self.entry.key, _line(self.entry))

    def text(self, *names: str) -> str:
        """Return the first of these fields that says something."""
        return next(filter(None, (one_line(plain(self.written(name))) for name in names)), "")

    def _title(self) -> str:
        title, subtitle = self.text("title"), self.text("subtitle")
        return f"{title}: {subtitle}" if title and subtitle else title or subtitle

    def _names(self, field: str) -> Iterator[Name]:
        for written in parts_of_names(self.written(field)):
            if written.lower() != "others":
                yield _name(written)

    def _published(self) -> str:
        date = one_line(self.written("date"))  # In EDTF ~ is no blank.
        return dates.from_bibtex(date, *(self.text(name) for name in ("year", "month", "day")))

    def _how(self) -> str:
        """Return how it was published, unless that is an address."""
        return "" if _ADDRESS.search(self.written("howpublished")) else self.text("howpublished")

    def _address(self) -> str:
        for name in ("url", "howpublished", "note"):
            if match := _ADDRESS.search(self.written(name)):
                return re.sub(r"\\([%&#_~{}])", r"\1", match[1]).replace(r"{\textasciitilde}", "~")
        doi = self.text("doi")
        return self.text("url") or (doi if doi.startswith("http") else f"https://doi.org/{doi}" if doi else "")

    def _note(self) -> str:
        written = (self.written(name) for name in ("note", "annotation", "annote", "comment", "addendum"))
        paragraphs = (re.split(r"\n[ \t]*\n", text) for text in written if text)
        return "\n".join(one_line(part) for text in paragraphs for whole in text for part in plain(whole).split("\n\n"))


_READ = frozenset({"title", "author", "publisher", "date", "year", "url", "journal", "journaltitle", "note"})


def _name(written: str) -> Name:
    """Return a name: “Family, Given”, “Given Family”, or in braces what is no person."""
    if written.startswith("{") and written.endswith("}") and _is_one_group(written):
        return Name(one_line(plain(written)))
    parts = [one_line(plain(part)) for part in _at_commas(written)]
    if len(parts) > 1:
        return Name(parts[0] or parts[-1], ", ".join(parts[1:]) if parts[0] else "")
    words = _words(written)
    # Before the family’s name may stand particles, which are written small.
    begin = next((place for place, word in enumerate(words[:-1]) if word[0].islower()), len(words) - 1)
    return Name(plain(" ".join(words[begin:])), plain(" ".join(words[:begin])))


def _is_one_group(text: str) -> bool:
    depth = 0
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            return match.end() == len(text)
    return False


def _at_commas(text: str) -> list[str]:
    return _apart(text, lambda sign: sign == ",")


def _words(text: str) -> list[str]:
    return list(filter(None, _apart(text, str.isspace))) or [""]


def _apart(text: str, is_between: Callable[[str], bool]) -> list[str]:
    """Split a text where a sign stands outside of braces."""
    parts, depth, current = [], 0, ""
    for piece in re.findall(r"\\.|.", text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if depth <= 0 and is_between(piece):
            parts.append(current)
            current = ""
        else:
            current += piece
    return [*parts, current]
