"""The timeline of the world."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casetracker.places.countries import name_of, name_order
from casetracker.public.counting import once_per_head
from casetracker.public.governments import Summary, summaries
from casetracker.public.models import OPEN_START, ResponseDocument
from casetracker.public.pages.acts import MOST
from casetracker.public.pages.asking import Asked, AskingPage
from casetracker.public.pages.axis import Axis
from casetracker.public.pages.bands import legend_of
from casetracker.public.pages.orders import Order
from casetracker.public.pages.timeline import Row, acts_of, periods_of, rows_of
from casetracker.public.rendering.values import Rendered
from casetracker.public.status import LATEST_FIRST, facts, histories
from casetracker.public.viewpoint import ViewForm
from casetracker.publication.reading import Head

YEAR = "year"


class TimelineForm(ViewForm):
    """From which day to look, and at which year."""

    year = forms.RegexField(
        r"^[1-9][0-9]{3}\Z",
        label=_("Year"),
        required=False,
        error_messages={"invalid": _("A year has four digits.")},
    )


def _first_act(row: Row) -> dt.date:
    return row.first


def _name(row: Row) -> str:
    return name_order(row.name)


class Timeline(AskingPage):
    """A band for each government, and every response on its day."""

    template_name = "public/timeline.html"
    plural = "timeline"
    form_class = TimelineForm
    hidden = (YEAR,)
    orders: ClassVar = (
        Order("first", _("Who responded first"), _first_act),
        Order("name", _("By name"), _name),
    )

    def answer(self, head: Head, asked: Asked, **kwargs: Any) -> dict[str, Any]:
        """Return the bands, the days, and who did not respond."""
        view, until = asked.standpoint.view, asked.standpoint.last_day
        found = summaries(head, view)
        acts, spans = once_per_head(head, f"timeline {view}", lambda: (acts_of(Q(), view), histories(view)))
        days = [act.day for its_acts in acts.values() for act in its_acts]
        if until is None or not days:
            return {}
        axis, responses = Axis.over(days, until=until), ResponseDocument.objects.seen(view)
        if year := asked.form.cleaned_data[YEAR]:
            first, last = dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
            axis = axis.clipped(first, last)
            responses = responses.filter(counts_from__range=(first, last))
        rows = asked.order.sort(rows_of(found, acts, spans, axis)) if asked.order and axis.first <= axis.last else []
        latest = list(responses.order_by(*LATEST_FIRST)[: MOST + 1])
        return {
            "periods": periods_of(days, asked.query, YEAR),
            "ticks": axis.ticks(),
            "rows": rows,
            "legend": legend_of([row.band for row in rows]),
            "silent": _silent(found),
            "responses": _items(latest[:MOST][::-1]),
            "cut": len(latest) > MOST,
        }


def _silent(found: list[Summary]) -> list[tuple[str, str]]:
    """Return the governments with stations and without a response, by name."""
    codes = [summary.code for summary in found if summary.station_count and not summary.response_count]
    return sorted(((code, name_of(code)) for code in codes), key=lambda pair: name_order(pair[1]))


def _items(documents: list[ResponseDocument]) -> list[Rendered]:
    """Return responses as the list by day shows them."""
    return [
        {
            **document.content,
            "decides": not facts.DECIDING.keys().isdisjoint(facts.facts_of(document)),
            "year": gettext("Day not known") if document.counts_from == OPEN_START else document.counts_from.year,
        }
        for document in documents
    ]
