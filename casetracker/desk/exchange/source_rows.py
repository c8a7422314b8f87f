"""Planning rows that are sources."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import DomainError, InvalidContent
from casetracker.core.saving import taken_back
from casetracker.core.text import fold
from casetracker.desk.exchange.columns import SOURCE, SheetKind
from casetracker.desk.exchange.comparing import Change, compare_field, with_notes
from casetracker.desk.exchange.finding import in_bulk, in_parts
from casetracker.desk.exchange.headers import Headers
from casetracker.desk.exchange.identifying import identify
from casetracker.desk.exchange.linking import Linker
from casetracker.desk.exchange.parsing import ParsedRow, Refused, Step
from casetracker.desk.exchange.plan import Alike, PlannedRow, RowStatus
from casetracker.desk.exchange.refusals import problems_of, refuse_again, refuse_links_to_errors
from casetracker.review.services import edit_source
from casetracker.sources.addresses import address_key
from casetracker.sources.models import Source


class SourcePlanner:
    """Plans the rows of one sheet of sources."""

    def __init__(self, kind: SheetKind, headers: Headers, *, by: User, step: Step, refused: Refused = None) -> None:
        """Take what the sheet has, who imports it, whom to tell how far it is, and what was refused before.

        With `refused`, which has the numbers of rows, the services are not asked again: they are about to be.
        """
        self.kind, self.by, self.step, self.refused = kind, by, step, refused
        self.columns = {column.field: column for column in headers.columns if column}

    def plan(self, rows: Sequence[ParsedRow]) -> list[PlannedRow]:
        """Say what becomes of each row. Sources come behind those that they derive from."""
        targets = identify(SOURCE, rows, by=self.by)
        identities = [target or uuid4() for target in targets]
        pairs = list(zip(rows, identities, targets, strict=True))
        new = {row.key: (identity, row) for row, identity, target in pairs if row.key and not target}
        linker = Linker(self.kind, rows, new, self.by)
        self.known = in_bulk(Source.objects.select_related("derived_from"), filter(None, targets))
        planned = [
            self._planned(row, identity, target, linker.links_of(row), linker.rows_behind(row))
            for row, identity, target in pairs
        ]
        self._recognise(rows, planned)
        if self.refused is not None:
            refuse_again(planned, self.refused)
        for done, one in enumerate(planned if self.refused is None else ()):
            self._try(one)
            self.step(done, len(planned))
        refuse_links_to_errors(planned)
        return _in_order_of_derivation(planned)

    def _planned(
        self, row: ParsedRow, identity: UUID, target: UUID | None, links: Mapping[str, Any], behind: list[int]
    ) -> PlannedRow:
        planned = PlannedRow(row.number, RowStatus.CREATE, _label(row), row.key, row.key_is_new, identity)
        planned.linked_rows = behind
        planned.fields = {**row.fields, **links, **with_notes(row, "")}
        if target:
            self._compare(planned, row, links, self.known[target])
        if row.problems:
            planned.refuse(row.problems)
        return planned

    def _compare(self, planned: PlannedRow, row: ParsedRow, links: Mapping[str, Any], source: Source) -> None:
        change = self._change({**row.fields, **links, **with_notes(row, source.notes)}, source)
        planned.label, planned.lock_version, planned.existing = str(source), source.lock_version, source.pk
        planned.status = RowStatus.UPDATE if change.differences else RowStatus.UNCHANGED
        planned.fields, planned.differences = change.fields, change.differences
        planned.name_it()

    def _change(self, fields: Mapping[str, Any], source: Source) -> Change:
        change = Change()
        for name, value in fields.items():
            compare_field(change, name, value, source, self.columns.get(name))
        return change

    def _recognise(self, rows: Sequence[ParsedRow], planned: Sequence[PlannedRow]) -> None:
        """Mark rows whose document is there already: under its address, or under its title."""
        there = _documents(rows)
        first: dict[tuple[str, str], int] = {}
        for row, one in zip(rows, planned, strict=True):
            if one.status != RowStatus.CREATE:
                continue
            for mark in _marks(row):
                for source in there.get(mark, ()):
                    self._mark(one, row, source)
                if mark in first and first[mark] != row.number:
                    _add(one, Alike(_("row %(row)d") % {"row": first[mark]}, _what(mark), row=first[mark]))
                first.setdefault(mark, row.number)

    def _mark(self, planned: PlannedRow, row: ParsedRow, source: Source) -> None:
        if planned.status == RowStatus.UNCHANGED:
            return
        if not row.key and not self._change(planned.fields, source).differences:
            planned.status, planned.existing, planned.target = RowStatus.UNCHANGED, source.pk, source.pk
            planned.label, planned.lock_version, planned.alike = str(source), source.lock_version, []
        else:
            _add(planned, Alike(str(source), _("It is the same document."), record=source.pk))

    def _try(self, planned: PlannedRow) -> None:
        try:
            if planned.status == RowStatus.UPDATE and not planned.linked_rows:
                assert planned.target  # noqa: S101 - an update is about something
                with taken_back():
                    edit_source(
                        planned.target, fields=planned.fields, by=self.by, lock_version=planned.lock_version or 0
                    )
            elif planned.status in (RowStatus.CREATE, RowStatus.DUPLICATE):
                _check(Source(**planned.fields))
        except DomainError as refusal:
            planned.refuse(list(problems_of(refusal, planned.number)))


def _check(source: Source) -> None:
    try:
        # Whom it derives from may be a row of the same sheet; who logs it is added by the service.
        source.full_clean(exclude=["derived_from", "created_by"], validate_constraints=False)
        source.validate_constraints()
    except ValidationError as error:
        raise InvalidContent("", field_errors=error.message_dict) from error


def _label(row: ParsedRow) -> str:
    return ", ".join(row.cells[name] for name in ("publisher", "title") if name in row.cells)[:120]


def _marks(row: ParsedRow) -> Iterator[tuple[str, str]]:
    """Yield by what a document is known."""
    url, title = row.fields.get("url", ""), fold(row.fields.get("title", ""))
    if url:
        yield "url", address_key(url)
    elif title:
        yield "title", f"{title}|{fold(row.fields.get('publisher', ''))}"


def _what(mark: tuple[str, str]) -> str:
    return _("It has the same address.") if mark[0] == "url" else _("It has the same title.")


def _documents(rows: Sequence[ParsedRow]) -> dict[tuple[str, str], list[Source]]:
    found: dict[tuple[str, str], list[Source]] = defaultdict(list)
    urls = {mark[1] for row in rows for mark in _marks(row) if mark[0] == "url"}
    titles = {row.fields["title"] for row in rows if row.fields.get("title") and not row.fields.get("url")}
    for name, values in (("address_key", urls), ("title", titles)):
        for some in in_parts(values):
            for source in Source.objects.filter(**{f"{name}__in": some}):
                title = f"{fold(source.title)}|{fold(source.publisher)}"
                found["url", source.address_key].append(source)
                found["title", title].append(source)
    return found


def _add(planned: PlannedRow, alike: Alike) -> None:
    planned.status = RowStatus.DUPLICATE
    if alike not in planned.alike:
        planned.alike.append(alike)


def _in_order_of_derivation(planned: Sequence[PlannedRow]) -> list[PlannedRow]:
    """Let each source come behind the one that it derives from. Those in a circle are refused."""
    by_number = {row.number: row for row in planned}
    behind = {row.number: row.linked_rows for row in planned}
    while True:
        try:
            return [by_number[number] for number in TopologicalSorter(behind).static_order()]
        except CycleError as error:
            for number in set(error.args[1]):
                behind[number] = []
                row = by_number[number]
                message = _("It derives from itself, at once or through other rows. Correct one of them.")
                row.refuse(list(problems_of(InvalidContent(message, field_errors={"derived_from": [message]}), number)))
