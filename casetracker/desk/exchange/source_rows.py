"""Planning rows that are sources."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.accounts.models import User
from casetracker.core.batches import in_batches
from casetracker.core.errors import DomainError, InvalidContent
from casetracker.core.saving import taken_back
from casetracker.core.spreadsheets import Problem
from casetracker.core.text import fold
from casetracker.core.text_index import TextIndex
from casetracker.desk.exchange.comparing import Change, compare_field, with_notes
from casetracker.desk.exchange.finding import in_bulk
from casetracker.desk.exchange.identifying import Identifier, new_keys
from casetracker.desk.exchange.linking import Linker
from casetracker.desk.exchange.parsing import ParsedRow, Sheet
from casetracker.desk.exchange.plan import Alike, Plan, PlannedRow, RowStatus, places_of
from casetracker.desk.exchange.refusals import problems_of
from casetracker.review.services import edit_source
from casetracker.review.services.imports import Batch, SourceRow
from casetracker.sources.addresses import address_key
from casetracker.sources.models import Source


class SourcePlanner:
    """Plans the rows of one sheet of sources, some at a time."""

    circle = gettext_lazy("It derives from itself, at once or through other rows. Correct one of them.")
    circle_column = "derived_from"

    def __init__(self, sheet: Sheet, *, by: User) -> None:
        """Take the sheet, and who imports it."""
        self.sheet, self.by = sheet, by
        self.columns = {column.field: column for column in sheet.columns}
        self.identifier, self.linker = Identifier(sheet, by), Linker(sheet, by)
        self.marks = {name: TextIndex() for name in ("url", "title")}

    def parts(self) -> Iterator[Sequence[int]]:
        """Yield the places of rows that are planned together."""
        return self.sheet.parts()

    def plan(self, places: Sequence[int]) -> list[PlannedRow]:
        """Say what becomes of some rows, as far as they themselves show it."""
        rows = self.sheet.rows(places)
        targets = self.identifier.identify(rows)
        known = _known(targets)
        planned = [
            self._planned(row, links, known[target] if target else None)
            for row, links, target in zip(rows, self.linker.links_of(rows), targets, strict=True)
        ]
        self._recognise(rows, planned)
        return planned

    def ask(self, planned: Sequence[PlannedRow]) -> None:
        """Ask the services whether they would take some rows, and take it back."""
        for one in planned:
            self._try(one)

    def among_rows(self) -> Iterator[tuple[int, Problem | Alike]]:
        """Yield what shows of rows, by their places, once all are planned."""
        yield from self.identifier.repetitions()
        for name, index in self.marks.items():
            index.sort()
            for first, *others in index.groups():
                number = self.sheet.table.rows[first].number
                alike = Alike(_("row %(row)d") % {"row": number}, _what(name), row=number)
                yield from ((place, alike) for place in others)

    def to_write(self, plan: Plan, chosen: Sequence[int]) -> Iterator[Batch]:
        """Yield what the services write: what is new behind what it derives from, then what is changed."""
        behind = (place for place in TopologicalSorter(plan.links).static_order() if place in plan.links)
        in_order = chain((place for place in range(len(self.sheet)) if place not in plan.links), behind)
        chosen_ones = (place for place in in_order if chosen[place])
        for some in in_batches(place for place in chosen_ones if plan.status(place) != RowStatus.UPDATE):
            yield self._to_log(self.sheet.rows(some))
        for some in in_batches(place for place in places_of(chosen) if plan.status(place) == RowStatus.UPDATE):
            yield self._to_change(self.sheet.rows(some), plan.versions)

    def _to_log(self, rows: Sequence[ParsedRow]) -> Batch:
        pairs = zip(rows, self.linker.links_of(rows), strict=True)
        planned = [self._planned(row, links, None) for row, links in pairs]
        sources = [SourceRow(self.sheet.identity(one.place), one.fields) for one in planned]
        return Batch(sources=sources, keys={row.key: self.sheet.identity(row.place) for row in rows if row.key})

    def _to_change(self, rows: Sequence[ParsedRow], versions: Mapping[UUID, int]) -> Batch:
        targets = self.identifier.find_again(rows, versions)
        known, sources = _known(targets), []
        for row, links, target in zip(rows, self.linker.links_of(rows), targets, strict=True):
            planned = self._planned(row, links, known[target])
            if planned.fields:
                sources.append(SourceRow(target, planned.fields, versions[target]))
        return Batch(sources=sources, keys=new_keys(rows, targets))

    def _planned(self, row: ParsedRow, links: Mapping[str, Any], source: Source | None) -> PlannedRow:
        planned = PlannedRow(row.number, row.place, RowStatus.CREATE, _label(row), row.key, row.key_is_new)
        planned.target = source.pk if source else self.sheet.identity(row.place)
        planned.linked_rows = self.linker.rows_behind(row)
        planned.fields = {**row.fields, **links, **with_notes(row, "")}
        if source:
            self._compare(planned, row, links, source)
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
        for row, one in zip(rows, planned, strict=True):
            if one.status == RowStatus.CREATE:
                for mark in _marks(row):
                    self._look_for(mark, one, row, there.get(mark, ()))

    def _look_for(self, mark: tuple[str, str], planned: PlannedRow, row: ParsedRow, there: Sequence[Source]) -> None:
        for source in there:
            self._mark(planned, row, source)
        if planned.status != RowStatus.UNCHANGED:
            name, text = mark
            self.marks[name].add(text, row.place)

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


def _what(name: str) -> str:
    return _("It has the same address.") if name == "url" else _("It has the same title.")


def _known(targets: Iterable[UUID | None]) -> dict[UUID, Source]:
    return in_bulk(Source.objects.select_related("derived_from"), filter(None, targets))


def _documents(rows: Sequence[ParsedRow]) -> dict[tuple[str, str], list[Source]]:
    found: dict[tuple[str, str], list[Source]] = defaultdict(list)
    urls = {mark[1] for row in rows for mark in _marks(row) if mark[0] == "url"}
    titles = {row.fields["title"] for row in rows if row.fields.get("title") and not row.fields.get("url")}
    for name, values in (("address_key", urls), ("title", titles)):
        for some in in_batches(values):
            for source in Source.objects.filter(**{f"{name}__in": some}):
                title = f"{fold(source.title)}|{fold(source.publisher)}"
                found["url", source.address_key].append(source)
                found["title", title].append(source)
    return found


def _add(planned: PlannedRow, alike: Alike) -> None:
    planned.status = RowStatus.DUPLICATE
    if alike not in planned.alike:
        planned.alike.append(alike)
