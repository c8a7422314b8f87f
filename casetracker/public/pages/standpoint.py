"""From which day a page looks: what its address asks for, what its links keep, and the ways back to today."""

import datetime as dt
from dataclasses import dataclass

from django import forms

from casetracker.public.pages.dates import is_one_day
from casetracker.public.pages.queries import CURSOR, Query
from casetracker.public.view import NOW, View
from casetracker.public.viewpoint import AS_OF, KNOWN_AT, view_of_form
from casetracker.publication.models import LogEntry
from casetracker.publication.reading import Head


@dataclass(frozen=True)
class Standpoint:
    """A view, with what the address asks for. `known_on` is the UTC day of the last entry of the log that it knows."""

    view: View
    query: Query
    known_on: dt.date | None

    @property
    def asked(self) -> dict[str, str]:
        """What links keep."""
        return {name: str(self.query.given[name]) for name in (AS_OF, KNOWN_AT) if name in self.query.given}

    @property
    def asked_day(self) -> str:
        """The day whose knowledge is asked for; empty if a moment or an entry of the log is."""
        known_at = self.asked.get(KNOWN_AT, "")
        return known_at if is_one_day(known_at) and "-" in known_at else ""

    @property
    def is_past(self) -> bool:
        """Whether the page may differ from that of today."""
        return self.view != NOW

    @property
    def last_day(self) -> dt.date | None:
        """The last day that a chart has to show; None while nothing is published."""
        return self.view.as_of or self.known_on

    @property
    def without_as_of(self) -> str:
        """The query of the same page without a cut by date."""
        return self.query.without(CURSOR, AS_OF).urlencode()

    @property
    def without_known_at(self) -> str:
        """The query of the same page as known now."""
        return self.query.without(CURSOR, KNOWN_AT).urlencode()


def standpoint_of(head: Head, query: Query, form: forms.Form) -> Standpoint | None:
    """Return from where a page looks, as a form asks; None if the form has errors, which are told at its fields.

    Two queries at most, for earlier knowledge.
    """
    if not form.is_valid():
        return None
    view = view_of_form(head, form)
    if form.errors:
        return None
    last = head.published_at
    if view.known_at is not None:
        last = LogEntry.objects.filter(sequence=view.known_at).values_list("published_at", flat=True).first()
    return Standpoint(view, query, last.astimezone(dt.UTC).date() if last else None)
