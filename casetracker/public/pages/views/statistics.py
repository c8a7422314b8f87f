"""The numbers of a day, in figures and in sentences, and what changed since another."""

import datetime as dt
from typing import Any

from django.utils.translation import get_language

from casetracker.places.countries import name_of, name_order
from casetracker.public import routes
from casetracker.public.labels import STATUS_VALUES
from casetracker.public.pages.asking import Asked, AskingPage
from casetracker.public.pages.lists import address
from casetracker.public.rendering.values import LANGUAGE
from casetracker.public.statistics import Statistics as Numbers
from casetracker.public.statistics import changes, sentences, statistics
from casetracker.public.view import View
from casetracker.public.viewpoint import StatisticsForm
from casetracker.publication.reading import Head


class Statistics(AskingPage):
    """How many governments did what. Every number leads to the list behind it."""

    template_name = "public/statistics.html"
    plural = "statistics"
    form_class = StatisticsForm

    def answer(self, head: Head, asked: Asked, **kwargs: Any) -> dict[str, Any]:
        """Return the numbers and, if a day to compare with is given, the changes since."""
        view, since = asked.standpoint.view, asked.form.cleaned_data["compared_with"]
        numbers = statistics(head, view)
        return {
            "numbers": numbers,
            "sentences": sentences(numbers, get_language() or LANGUAGE),
            "groups": _groups(numbers),
            "since": since,
            "changes": _changes(head, view, since) if since else [],
            "api_link": address(routes.listing("statistics"), asked.query.given.urlencode()),
        }


def _groups(numbers: Numbers) -> list[dict[str, Any]]:
    """Return each status with its bases, as far as any government has it."""
    groups = [
        {
            "value": value,
            "label": label,
            "count": numbers.count(value),
            "bases": [tally for tally in numbers.statuses if tally.value == value and tally.basis and tally.count],
        }
        for value, label in STATUS_VALUES.items()
    ]
    return [group for group in groups if group["count"]]


def _changes(head: Head, view: View, since: dt.date) -> list[dict[str, Any]]:
    """Return the changes by name of the government."""
    found = [
        {"code": change.code, "name": name_of(change.code), "before": change.before, "after": change.after}
        for change in changes(head, view, since)
    ]
    return sorted(found, key=lambda change: name_order(change["name"]))
