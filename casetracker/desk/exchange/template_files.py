"""Files to begin with: the columns of a sheet with an example row, and, in a workbook, what may stand in each."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casetracker.core.spreadsheets import write_csv, write_xlsx
from casetracker.desk.exchange.columns import Column, SheetKind, sheet_kinds
from casetracker.desk.exchange.examples import EXAMPLES
from casetracker.desk.exchange.export_files import CONTENT_TYPES, attachment
from casetracker.desk.requests import reader_of
from casetracker.review.choices import SheetFormat

FORMATS = (SheetFormat.XLSX, SheetFormat.CSV)
_ROWS = 1  # names, replies and so on; more of them are columns with the next number


def template_file(kind: SheetKind, file_format: SheetFormat) -> bytes:
    """Return an empty sheet of a kind with its headers and one example, as CSV or as a workbook."""
    columns = kind.all_columns(_ROWS)
    header = [column.name for column in columns]
    example = [str(EXAMPLES[kind.name].get(name, "")) for name in header]
    if file_format is SheetFormat.CSV:
        return write_csv(header, [example])
    about = (_("column"), _("label"), _("what it means"), _("required"), _("how it is written"))
    allowed = (_("column"), _("code"), _("label"))
    return write_xlsx(
        kind.name,
        header,
        [example],
        more_sheets=(
            # Excel keeps the names of sheets to 31 characters, and without some signs.
            (_sheet_name(_("Allowed values")), allowed, list(_allowed(columns))),
            (_sheet_name(_("Columns")), about, list(map(_about, columns))),
        ),
    )


def _sheet_name(text: str) -> str:
    return "".join(char for char in text if char not in r"[]:*?/\\")[:31]


def _allowed(columns: tuple[Column, ...]) -> Iterator[list[str]]:
    for column in columns:
        for code, label in (column.widget.allowed or {}).items():
            yield [column.name, code, str(label)]


def _about(column: Column) -> list[str]:
    return [
        column.name,
        str(column.label),
        str(column.help),
        _("yes") if column.required else "",
        _form(column),
    ]


def _form(column: Column) -> str:
    """Return how a cell of the column is written: as a pattern, from a list, or such as an example."""
    if column.widget.form:
        return str(column.widget.form)
    if column.widget.allowed:
        return _("one of the allowed values, by its code or its label")
    return _("such as %(example)s") % {"example": column.widget.example} if column.widget.example else _("text")


@require_safe
def template_view(request: HttpRequest, name: str, file_format: str) -> HttpResponse:
    """Give the template of a kind of sheet."""
    reader_of(request)
    if name not in sheet_kinds() or file_format not in FORMATS:
        raise Http404
    chosen = SheetFormat(file_format)
    data = template_file(sheet_kinds()[name], chosen)
    return attachment(data, CONTENT_TYPES[chosen], f"{name}-template.{chosen.value}")
