"""Sources written as a bibliography, out of the same rows as a spreadsheet."""

from collections.abc import Iterable, Mapping, Sequence

from casetracker.core.bibliography.formats import BIBTEX, CSL, RIS
from casetracker.core.bibliography.reference import Name, Reference
from casetracker.core.bibliography.source_types import published_by, written_type
from casetracker.core.bibliography.writing import write_references
from casetracker.core.languages import in_data_language
from casetracker.desk.exchange.columns import KEY, REFERENCE
from casetracker.desk.exchange.export import Row
from casetracker.review.choices import SheetFormat
from casetracker.sources.choices import SourceType

FORMATS: Mapping[SheetFormat, str] = {
    SheetFormat.BIBTEX: BIBTEX,
    SheetFormat.RIS: RIS,
    SheetFormat.CSL_JSON: CSL,
}


def write_bibliography(file_format: SheetFormat, columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return the bytes of a file. No program takes a text in it for a formula, so that nothing is guarded."""
    with in_data_language():
        references = [_reference(dict(zip(columns, map(str, row), strict=True))) for row in rows]
    return write_references(references, FORMATS[file_format])


def _reference(cells: Mapping[str, str]) -> Reference:
    kind = written_type(cells["type"], has_address=bool(cells["url"]))
    return Reference(
        # The person's own key or the identity, unless there is a number that everybody knows.
        id=cells[REFERENCE.name] or cells[KEY.name],
        type=kind,
        title=cells["title"],
        authors=tuple(Name.parse(name) for name in cells["author"].split("; ") if name),
        published=cells["published"],
        url=cells["url"],
        language=cells["language"],
        genre=str(SourceType(cells["type"]).label),
        note=cells.get("notes", ""),
        **published_by(kind, cells["publisher"]),
    )
