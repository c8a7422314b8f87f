"""A bibliography read as a sheet of sources: an entry is a row, its citation key the importer's own key.

From there on it is planned and imported like any other sheet. What a bibliography does not say, or says less exactly,
is taken from the source that is there already: an absent field is no empty one.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.batches import in_batches
from casetracker.core.bibliography.formats import BIBTEX, CSL, RIS, format_of
from casetracker.core.bibliography.languages import tag_of
from casetracker.core.bibliography.reading import Found, read_bibliography
from casetracker.core.bibliography.reference import Name, Reference
from casetracker.core.canonical import canonical_json, sha256_hex
from casetracker.core.spreadsheets import Problem, Row, Table, UnreadableFile, read_table
from casetracker.desk.exchange.bibliography_types import likely_type, stated_type
from casetracker.desk.exchange.columns import KEY, REFERENCE, SOURCE
from casetracker.desk.exchange.finding import in_bulk, own_things, references_of
from casetracker.sources.addresses import address_key, clean_address, host_of
from casetracker.sources.models import Source

COLUMNS = (
    REFERENCE.name,
    KEY.name,
    *("title", "publisher", "author", "published", "url", "language", "type", "notes"),
)
_MORE_AUTHORS = "et al."
_MOST_OF_AUTHORS = Source._meta.get_field("author").max_length or 0
_NAMES = {BIBTEX: "BibTeX", RIS: "RIS", CSL: "CSL-JSON"}


def table_in(kind: str, content: bytes, name: str, *, by: User, encoding: str = "", sheet: str = "") -> Table:
    """Return the table in a file: a spreadsheet, or for sources a bibliography.

    Raises `UnreadableFile` with all that is wrong, as `read_table` does.
    """
    file_format = format_of(content, name)
    if kind == SOURCE and file_format:
        found = read_bibliography(content, name, file_format, encoding=encoding)
        rows = _Sources(found.entries, by).rows()
        # What is guessed depends on the sources that are there, so that a confirmation is bound to it too.
        said = sha256_hex(canonical_json([list(row.cells) for row in rows]))
        return Table("", COLUMNS, rows, found.encoding, f"{file_format} {said}", ())
    if file_format in (BIBTEX, RIS):
        message = _("This is a bibliography (%(format)s), whose entries are sources. Say that each row is a source.")
        raise UnreadableFile([Problem(message % {"format": _NAMES[file_format]})])
    return read_table(content, name, encoding=encoding, sheet=sheet)


class _Sources:
    """The entries of a bibliography beside the sources that are there already. The queries grow with neither."""

    def __init__(self, entries: Sequence[Found], by: User) -> None:
        self._entries = entries
        references = [entry.reference for entry in entries]
        ids = {reference.id for reference in references}
        self._by_reference = references_of(SOURCE, ids)
        named = own_things(SOURCE, ids, by=by) | self._by_reference
        self._named = _sources(named)
        self._addressed = _alone_at(address_key(reference.url) for reference in references)
        hosts = {host_of(reference.url) for reference in references}
        self._publishers = _usual("publisher", "host", hosts)
        self._types_of_hosts = _usual("type", "host", hosts)
        self._types_of_publishers = _usual("type", "publisher", {_published_by(reference) for reference in references})

    def rows(self) -> list[Row]:
        """Return a row for each entry."""
        return [Row(entry.number, self._cells(entry.reference)) for entry in self._entries]

    def _cells(self, reference: Reference) -> tuple[str, ...]:
        named = self._named.get(reference.id)
        addressed = None if named else self._addressed.get(address_key(reference.url))
        is_public = reference.id in self._by_reference
        cells = {
            REFERENCE.name: reference.id if is_public else "",
            # A key would tell the row apart from the source that has its address: it is the same document.
            KEY.name: "" if is_public or addressed else reference.id,
            **self._fields(reference, named or addressed),
        }
        return tuple(cells[name] for name in COLUMNS)

    def _fields(self, reference: Reference, known: Source | None) -> dict[str, str]:
        host = host_of(reference.url)
        publisher = _published_by(reference)
        said = {
            "title": reference.title,
            "publisher": publisher,
            "author": _author(reference.authors),
            "published": reference.published,
            "url": clean_address(reference.url),
            "language": tag_of(reference.language),
            "type": stated_type(reference),
            "notes": reference.note,
        }
        guessed = {
            "publisher": self._publishers.get(host) or host,
            "type": likely_type(
                reference, self._types_of_hosts.get(host) or self._types_of_publishers.get(publisher, "")
            ),
        }
        return {
            name: _better(value, getattr(known, name, ""), name) or guessed.get(name, "")
            for name, value in said.items()
        }


def _better(said: str, known: str, name: str) -> str:
    """Return what a file says, or what is known where that says more."""
    is_less_exact = name == "published" and known.startswith(said)
    is_same_document = name == "url" and known and address_key(known) == address_key(said)
    return known if not said or is_less_exact or is_same_document else said


def _published_by(reference: Reference) -> str:
    return reference.publisher or reference.container


def _author(names: Iterable[Name]) -> str:
    """Return the authors in one text, as many as it holds."""
    parts = [str(name) for name in names]
    text = "; ".join(parts)
    while len(text) > _MOST_OF_AUTHORS and len(parts) > 1:
        parts.pop()
        text = "; ".join((*parts, _MORE_AUTHORS))
    return text


# --- The sources that are there ----------------------------------------------------


def _sources(found: Mapping[str, UUID]) -> dict[str, Source]:
    sources = in_bulk(Source.objects, found.values())
    return {text: sources[key] for text, key in found.items()}


def _alone_at(keys: Iterable[str]) -> dict[str, Source]:
    """Return the source of each address that a single one has."""
    found: dict[str, list[Source]] = {}
    for some in in_batches(set(keys) - {""}):
        for source in Source.objects.filter(address_key__in=some):
            found.setdefault(source.address_key, []).append(source)
    return {key: sources[0] for key, sources in found.items() if len(sources) == 1}


def _usual(field: str, among: str, values: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in in_batches(set(values) - {""}):
        found |= Source.objects.usual_among(field, among, some)
    return found
