"""What the rows of a sheet link to: records that exist, and other rows of the same sheet."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.desk.exchange.cells import Links
from casetracker.desk.exchange.columns import SOURCE
from casetracker.desk.exchange.finding import find_things, in_bulk
from casetracker.desk.exchange.parsing import ParsedRow, Sheet, texts_of_links
from casetracker.review.kinds import kind_named
from casetracker.review.models import Record
from casetracker.sources.models import Source


class Linker:
    """Resolves the links of some rows at once."""

    def __init__(self, sheet: Sheet, by: User) -> None:
        """Take the sheet, other rows of which may be linked to, and who imports it."""
        self.sheet, self.kind, self.by = sheet, sheet.kind, by
        self.widgets = {column.field: column.widget for column in self.kind.columns if isinstance(column.widget, Links)}
        self.known: dict[str, dict[str, Any]] = {}
        self.shells: dict[str, Any] = {}

    def links_of(self, rows: Sequence[ParsedRow]) -> list[dict[str, Any]]:
        """Return for each row the values of the fields that link. Notes what names nothing."""
        self.shells = {}
        self.known = {
            name: _instances(widget.kind, find_things(widget.kind, set(texts_of_links(rows, name)), by=self.by))
            for name, widget in self.widgets.items()
        }
        return [self._links_of(row) for row in rows]

    def _links_of(self, row: ParsedRow) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, texts in row.links.items():
            things = [self._thing(row, name, text) for text in texts]
            there = [thing for thing in things if thing is not None]
            found[name] = there if self.widgets[name].many else (there[0] if there else None)
        return found

    def rows_behind(self, row: ParsedRow) -> list[int]:
        """Return the places of the new rows that a row links to. Its links were resolved before."""
        places = [
            self._new_place(text)
            for name, texts in row.links.items()
            for text in texts
            if self._is_own(name) and text not in self.known[name]
        ]
        return [place for place in places if place is not None]

    def _thing(self, row: ParsedRow, name: str, text: str) -> Any:
        thing = self.known[name].get(text)
        if thing is None and self._is_own(name):
            thing = self._shell(text)
        if thing is None:
            row.problem(
                _("“%(text)s” names no %(kind)s. Write the reference of a published one, or the key of one of yours.")
                % {"text": text, "kind": self._label(name)},
                name,
            )
        return thing

    def _is_own(self, name: str) -> bool:
        return self.widgets[name].kind == self.kind.name

    def _label(self, name: str) -> str:
        kind = self.widgets[name].kind
        return _("source") if kind == SOURCE else str(kind_named(kind).label)

    def _new_place(self, key: str) -> int | None:
        """Return the place of the row with this key, which names nothing that exists; None if there is no such row."""
        place = self.sheet.place_of_key(key)
        return None if place is None or self.sheet.has_reference(place) else place

    def _shell(self, key: str) -> Any:
        """Return what a new row will be, as far as others that link to it must know; None if no row has this key.

        What it links to itself is left out: circles are looked for among all rows.
        """
        if key not in self.shells:
            place = self._new_place(key)
            self.shells[key] = None if place is None else self._instance(self.sheet.row(place))
        return self.shells[key]

    def _instance(self, row: ParsedRow) -> Any:
        identity: UUID = self.sheet.identity(row.place)
        if self.kind.record is None:
            return Source(pk=identity, **row.fields)
        return self.kind.model(record=Record(pk=identity, kind=self.kind.name), **row.fields)


def _instances(kind: str, found: Mapping[str, UUID]) -> dict[str, Any]:
    objects: Any = (
        Source.objects if kind == SOURCE else kind_named(kind).model._default_manager.select_related("record")
    )
    there = in_bulk(objects, found.values())
    return {text: there[key] for text, key in found.items()}
