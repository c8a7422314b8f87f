"""Making the file of a list and noting who takes it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.canonical import sha256_hex
from casetracker.core.errors import InvalidContent
from casetracker.core.spreadsheets import write_csv, write_json, write_xlsx
from casetracker.desk.exchange.bibliography_files import FORMATS, write_bibliography
from casetracker.desk.exchange.export import Row, export_table
from casetracker.desk.exchange.lists import Sheet
from casetracker.desk.exchange.withholding import withheld
from casetracker.review import services
from casetracker.review.choices import SheetFormat

CONTENT_TYPES = {
    SheetFormat.CSV: "text/csv; charset=utf-8",
    SheetFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    SheetFormat.JSON: "application/json",
    SheetFormat.BIBTEX: "application/x-bibtex; charset=utf-8",
    SheetFormat.RIS: "application/x-research-info-systems; charset=utf-8",
    SheetFormat.CSL_JSON: "application/vnd.citationstyles.csl+json",
}
_ENDINGS = {SheetFormat.BIBTEX: "bib", SheetFormat.CSL_JSON: "json"}


class RowsWithheld(InvalidContent):
    """Some rows cannot go out without private parts, and nobody has agreed to leave them out."""

    def __init__(self, keys: list[UUID]) -> None:
        """Take the keys of the rows."""
        super().__init__(_("A text of some rows contains a private term."))
        self.keys = keys


@dataclass(frozen=True)
class ListFile:
    """A file, what kind it is and what it is called."""

    data: bytes
    content_type: str
    name: str


def take_out(sheet: Sheet, file_format: SheetFormat, *, with_private: bool, leave_out: bool, by: User) -> ListFile:
    """Make the file of a sheet and note that `by` takes it.

    `leave_out` says that rows that may not go out without private parts are left out; else `RowsWithheld` is raised
    if there are any. Raises `NotAllowed` for private parts that `by` may not take out.
    """
    held_back = [] if with_private else withheld(sheet.kind, sheet.rows, by)
    if held_back and not leave_out:
        raise RowsWithheld(held_back)
    going = sheet.rows.exclude(pk__in=held_back) if held_back else sheet.rows
    columns, lines = export_table(sheet.kind, going, by, with_private, sheet.order)
    rows = list(lines)
    data = write(file_format, sheet.name, columns, rows)
    services.note_list_export(
        sheet_kind=sheet.kind.name,
        file_format=file_format,
        rows=len(rows),
        with_private=with_private,
        digest=sha256_hex(data),
        by=by,
    )
    ending = _ENDINGS.get(file_format, file_format.value)
    name = f"{sheet.name}{'-private' if with_private else ''}-{timezone.now():%Y-%m-%d}.{ending}"
    return ListFile(data, CONTENT_TYPES[file_format], name)


def attachment(data: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file as an answer that browsers save, and neither guess at nor keep elsewhere."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)


def write(file_format: SheetFormat, title: str, columns: list[str], rows: list[Row]) -> bytes:
    """Return the bytes of a file. Raises `InvalidContent` for a text that the format cannot hold."""
    if file_format is SheetFormat.CSV:
        return write_csv(columns, rows)
    if file_format is SheetFormat.JSON:
        return write_json(columns, rows)
    if file_format in FORMATS:
        return write_bibliography(file_format, columns, rows)
    return write_xlsx(title, columns, rows)
