"""What the rows of a sheet link to: records that exist, and other rows of the same sheet."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.desk.exchange.cells import Links
from casetracker.desk.exchange.columns import SOURCE, SheetKind
from casetracker.desk.exchange.finding import find_things, in_bulk
from casetracker.desk.exchange.parsing import ParsedRow, texts_of_links
from casetracker.review.kinds import kind_named
from casetracker.review.models import Record
from casetracker.sources.models import Source


class Linker:
    """Resolves the links of all rows at once. `new` has the identity of each row that is new, by its key."""

    def __init__(self, kind: SheetKind, rows: Sequence[ParsedRow], new: Mapping[str, tuple[UUID, ParsedRow]], by: User):
        """Ask the database for everything that the rows link to."""
        self.widgets = {column.field: column.widget for column in kind.columns if isinstance(column.widget, Links)}
        self.kind, self.new = kind, new
        self.shells: dict[str, Any] = {}
        self.known = {
            name: _instances(widget.kind, find_things(widget.kind, set(texts_of_links(rows, name)), by=by))
            for name, widget in self.widgets.items()
        }

    def links_of(self, row: ParsedRow) -> dict[str, Any]:
        """Return the values of the fields that link. Notes what names nothing."""
        found: dict[str, Any] = {}
        for name, texts in row.links.items():
            things = [self._thing(row, name, text) for text in texts]
            there = [thing for thing in things if thing is not None]
            found[name] = there if self.widgets[name].many else (there[0] if there else None)
        return found

    def rows_behind(self, row: ParsedRow) -> list[int]:
        """Return the numbers of the new rows that a row links to."""
        return [
            self.new[text][1].number
            for name, texts in row.links.items()
            for text in texts
            if self._is_own(name) and text in self.new and text not in self.known[name]
        ]

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

    def _shell(self, key: str) -> Any:
        """Return what a new row will be, as far as others that link to it must know; None if no row has this key.

        With what it links to itself: whoever checks one finds the next behind it.
        """
        if key not in self.shells and key in self.new:
            identity, row = self.new[key]
            self.shells[key] = shell = self._instance(identity, row)
            for name, texts in row.links.items():
                if self._is_own(name) and not self.widgets[name].many and texts and texts[0] not in self.known[name]:
                    setattr(shell, name, self._shell(texts[0]))
        return self.shells.get(key)

    def _instance(self, identity: UUID, row: ParsedRow) -> Any:
        if self.kind.record is None:
            return Source(pk=identity, **row.fields)
        return self.kind.model(record=Record(pk=identity, kind=self.kind.name), **row.fields)


def _instances(kind: str, found: Mapping[str, UUID]) -> dict[str, Any]:
    objects: Any = (
        Source.objects if kind == SOURCE else kind_named(kind).model._default_manager.select_related("record")
    )
    there = in_bulk(objects, found.values())
    return {text: there[key] for text, key in found.items()}
