"""Import a spreadsheet into drafts."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.text import Truncator
from tqdm import tqdm

from casetracker.accounts.models import User
from casetracker.core.canonical import sha256_hex
from casetracker.core.errors import DomainError
from casetracker.core.management.guarded import GuardedCommand
from casetracker.desk.exchange.columns import sheet_kinds
from casetracker.desk.exchange.headers import IGNORE, NOTES
from casetracker.desk.exchange.kept import rows_of_plan
from casetracker.desk.exchange.plan import RowStatus
from casetracker.desk.exchange.running import Bar, carry_out_import, errors_file, plan_import
from casetracker.review.choices import DuplicatesInImport, ImportState
from casetracker.review.models import Import, ImportMapping
from casetracker.review.services.uploads import LARGEST, Choices, cancel_import, confirm_import, start_import

_MOST_LINES, _MOST_NEW = 200, 20  # of the plan
_MOST_OF_VALUE = 60  # characters


class Command(GuardedCommand):
    """Plans the import of a file, shows the plan, and carries it out if it is confirmed."""

    help = "Imports a CSV or XLSX file into drafts: shows what it would do, and asks before it does it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the answers that a page would ask for."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, choices=sorted(sheet_kinds()), help="what each row is")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who imports, and becomes the author")
        parser.add_argument("--encoding", default="", help="of a CSV file, such as gb18030, if it is asked for")
        parser.add_argument("--sheet", default="", help="of a workbook with several")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="HEADER=COLUMN",
            help=f"what a column means: one of the template's, or “{NOTES}”, or “{IGNORE}”; can be given several times",
        )
        parser.add_argument(
            "--mapping", default="", metavar="NAME", help="a mapping of columns that was saved at the desk"
        )
        parser.add_argument(
            "--good-rows", action="store_true", help="import the rows without errors; see --rest for the others"
        )
        parser.add_argument(
            "--duplicates",
            choices=[DuplicatesInImport.SKIP.value, DuplicatesInImport.LOG.value],
            default=DuplicatesInImport.ASK.value,
            help="what becomes of rows that may say what is logged already",
        )
        parser.add_argument("--plan-only", action="store_true", help="show the plan and stop")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument(
            "--rest", type=Path, metavar="FILE", help="where to write the rows that were left out, with what is wrong"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, or say why not."""
        upload = None
        try:
            upload = self._start(options)
            self._import(upload, options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        finally:  # Also when somebody stops it.
            if upload is not None:
                _give_up(upload)

    def _start(self, options: dict[str, Any]) -> Import:
        person = User.objects.filter(username=options["by"]).first()
        if person is None:
            raise CommandError(f"There is no account “{options['by']}”. Name one that exists with --by.")
        return start_import(
            options["kind"],
            options["file"].name,
            _content_of(options["file"]),
            by=person,
            encoding=options["encoding"],
            sheet=options["sheet"],
            mapping={**_saved_mapping(options), **_mapping(options["map"])},
        )

    def _import(self, upload: Import, options: dict[str, Any]) -> None:
        with _bar("Reading") as bar:
            upload = plan_import(upload.pk, bar=bar)
        if upload.state != ImportState.PLANNED:
            raise CommandError("\n".join([upload.message, *_remedies(upload)]))
        self._show(upload)
        has_something = sum(upload.counts.values()) > upload.counts["unchanged"]
        if options["plan_only"] or not has_something:
            return
        choices = Choices(options["good_rows"], DuplicatesInImport(options["duplicates"]))
        self._confirm(upload, choices, options)
        with _bar("Importing") as bar:
            done = carry_out_import(upload.pk, bar=bar)
        self.stdout.write(f"{done.counts['written']} rows were imported into drafts.")
        self._write_rest(options, bytes(done.rest) if done.rest else None, done.counts["left_out"])

    def _show(self, upload: Import) -> None:
        counts = upload.counts
        self.stdout.write(
            f"{counts['create']} new, {counts['update']} changed, {counts['unchanged']} unchanged, "
            f"{counts['duplicate']} possible duplicates, {counts['error']} with errors."
        )
        # Errors and doubts first, then what changes, and of what is new enough to see what the columns were taken for.
        self._list(upload, (RowStatus.ERROR, RowStatus.DUPLICATE, RowStatus.UPDATE), _MOST_LINES, "more; see --rest")
        self._list(upload, (RowStatus.CREATE,), _MOST_NEW, "more new rows")

    def _list(self, upload: Import, statuses: Sequence[RowStatus], most: int, rest: str) -> None:
        lines = (line for status in statuses for row in rows_of_plan(upload, status) for line in _lines_of(row))
        for line in islice(lines, most):
            self.stdout.write(line)
        if more := sum(1 for _line in lines):
            self.stdout.write(f"... and {more} {rest}.")

    def _confirm(self, upload: Import, choices: Choices, options: dict[str, Any]) -> None:
        refused = upload.counts["error"] and not choices.good_rows_only
        undecided = upload.counts["duplicate"] and choices.duplicates == DuplicatesInImport.ASK
        if refused or undecided:
            left_out = upload.counts["error"] + upload.counts["duplicate"]
            self._write_rest(options, errors_file(upload) if options["rest"] else None, left_out)
            raise CommandError(
                "Nothing was imported. Correct the rows, or choose --good-rows"
                + (" and --duplicates skip or log." if undecided else ".")
            )
        if not options["yes"] and not _agrees():
            raise CommandError("Nothing was imported. Confirm the plan, or run this with --yes.")
        if sha256_hex(_content_of(options["file"])) != upload.digest:
            raise CommandError("The file was changed since the plan was made, so nothing was imported. Run this again.")
        confirm_import(upload.pk, by=upload.person, plan_digest=upload.plan_digest, choices=choices)

    def _write_rest(self, options: dict[str, Any], rest: bytes | None, number: int) -> None:
        if options["rest"] and rest:
            options["rest"].write_bytes(rest)
            self.stdout.write(f"What is wrong with {number} rows stands in {options['rest']}.")
        elif number:
            self.stdout.write(f"{number} rows were left out. --rest FILE writes them with what is wrong.")


def _content_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(f"{path} is larger than {LARGEST >> 20} MB. Split it into several files.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _mapping(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        header, equals, column = pair.rpartition("=")
        if not equals:
            raise CommandError(f"--map takes HEADER=COLUMN, not “{pair}”.")
        found[header] = column
    return found


def _saved_mapping(options: dict[str, Any]) -> dict[str, str]:
    if not options["mapping"]:
        return {}
    mapping = ImportMapping.objects.filter(sheet_kind=options["kind"], name=options["mapping"]).first()
    if mapping is None:
        raise CommandError(f"There is no mapping “{options['mapping']}” for this kind. Save one at the desk first.")
    return dict(mapping.columns)


def _remedies(upload: Import) -> Iterator[str]:
    """Say which option answers the question, and what is wrong where."""
    question = upload.question
    for choice in question.get("encodings", ()):
        yield f"  --encoding {choice['name']}: {choice['label']}, “{choice['sample']}”"
    for column in question.get("columns", ()):
        yield f"  --map '{column}=COLUMN', --map '{column}={NOTES}' or --map '{column}={IGNORE}'"
    for sheet in question.get("sheets", ()):
        yield f"  --sheet '{sheet}'"
    for problem in question.get("problems", ()):
        place = ", ".join(
            f"{name} {problem[name]}" for name in ("sheet", "row", "column", "value") if problem[name] not in ("", None)
        )
        yield f"  {place}: {problem['message']}" if place else f"  {problem['message']}"


def _lines_of(row: Mapping[str, Any]) -> Iterator[str]:
    for problem in row["problems"]:
        column = f", {problem['column']}" if problem["column"] else ""
        value = f" “{problem['value']}”" if problem["value"] else ""
        yield f"  row {row['number']}{column}{value}: {problem['message']}"
    for alike in row["alike"]:
        yield f"  row {row['number']}, {row['label']}: like {alike['label']} ({alike['why']})"
    for one in row["differences"]:
        yield f"  row {row['number']}, {row['label']}: {one['column']} “{one['before']}” → “{one['after']}”"
    if row["values"]:
        said = "; ".join(f"{label} “{Truncator(text).chars(_MOST_OF_VALUE)}”" for label, text in row["values"])
        yield f"  row {row['number']}, new: {said}"


def _agrees() -> bool:
    return sys.stdin.isatty() and input("Import this? [y/N] ").strip().lower() in ("y", "yes")


@contextmanager
def _bar(what: str) -> Iterator[Bar]:
    """Show how far it is, where somebody looks on."""
    with tqdm(desc=what, unit=" rows", disable=None, leave=False) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell


def _give_up(upload: Import) -> None:
    """What was not imported leaves nothing behind."""
    upload.refresh_from_db()
    if upload.is_open:
        cancel_import(upload.pk, by=upload.person)
