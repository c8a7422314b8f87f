"""What all governments together did: in numbers, in sentences, and between two days."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext, override

from casetracker.places.countries import name_of
from casetracker.public.governments import Summary, summaries
from casetracker.public.labels import NO_STATUS, STATUSES
from casetracker.public.rendering.values import LANGUAGE
from casetracker.public.status import NO_RESPONSE, Reason, Status
from casetracker.public.view import NOW, View
from casetracker.public.wording import day_words, in_a_row, sentence
from casetracker.publication.reading import Head

# Why a government in the statistics may have no status.
REASONS: tuple[Reason, ...] = ("responded", "no_response")


@dataclass(frozen=True)
class Tally:
    """How many governments have a status on one basis, or none for one reason."""

    value: str
    basis: str
    reason: str
    label: str
    count: int


@dataclass(frozen=True)
class Statistics:
    """The numbers of a view. `statuses` has every value and basis, `without` every reason, zeros included.

    `inquiries` counts the governments whose inquiry is running, whatever their status: a closure ends none.
    """

    governments: int
    stations: int
    countries: int
    responses: int
    inquiries: int
    statuses: list[Tally]
    without: list[Tally]

    def count(self, value: str) -> int:
        """Return how many governments have a status, whatever its basis."""
        return sum(tally.count for tally in self.statuses if tally.value == value)


@dataclass(frozen=True)
class Change:
    """A government whose status on a later day is not that of an earlier one."""

    code: str
    before: Status
    after: Status


def statistics(head: Head, view: View = NOW) -> Statistics:
    """Return the numbers of a view, from the list of all governments. The accused state is in no tally."""
    return _count(summaries(head, view))


def changes(head: Head, view: View, since: dt.date) -> list[Change]:
    """Return what changed between the end of the day `since` and a view, both as known then, by code.

    A change is one of value, basis, reason, or of whether activity is reported to continue.
    """
    before = _by_code(summaries(head, View(since, view.known_at)))
    after = _by_code(summaries(head, view))
    pairs = ((code, before.get(code, NO_RESPONSE), after.get(code, NO_RESPONSE)) for code in sorted({*before, *after}))
    return [Change(code, then, now) for code, then, now in pairs if _said(then) != _said(now)]


def sentences(numbers: Statistics, language: str = LANGUAGE) -> list[str]:
    """Return the numbers as sentences, each to be understood alone."""
    with override(language):
        return [sentence(words) for words in _sentences(numbers)]


def change_sentence(change: Change, language: str = LANGUAGE) -> str:
    """Return a change as a sentence."""
    with override(language):
        words = {
            "government": name_of(change.code, language),
            "before": _words(change.before),
            "after": _words(change.after),
        }
        since = change.after.since
        is_new = (change.before.value, change.before.basis) != (change.after.value, change.after.basis)
        if since is None or not is_new:
            return gettext("%(government)s: first “%(before)s”, then “%(after)s”.") % words
        dated = gettext("%(government)s: first “%(before)s”, then “%(after)s”, since %(since)s.")
        return dated % {**words, "since": day_words(since, language)}


def _count(found: Iterable[Summary]) -> Statistics:
    governments = list(found)
    keys = Counter((summary.status.value, summary.status.basis) for summary in governments)
    reasons = Counter(summary.status.reason for summary in governments)
    return Statistics(
        governments=len(governments),
        stations=sum(summary.station_count for summary in governments),
        countries=sum(summary.station_count > 0 for summary in governments),
        responses=sum(summary.response_count for summary in governments),
        inquiries=sum(_is_running(summary.status) for summary in governments),
        statuses=[Tally(*key, "", label, keys[key]) for key, label in STATUSES.items()],
        without=[Tally("", "", reason, NO_STATUS[reason], reasons[reason]) for reason in REASONS],
    )


def _is_running(status: Status) -> bool:
    return status.inquiry is not None and status.inquiry.state == "running"


def _by_code(found: Iterable[Summary]) -> dict[str, Status]:
    return {summary.code: summary.status for summary in found}


def _said(status: Status) -> tuple[str, str, str, bool]:
    return status.value, status.basis, status.reason, status.activity_continues


def _words(status: Status) -> str:
    if status.activity_continues:
        return gettext("%(status)s, activity reported to continue") % {"status": gettext(status.label)}
    return gettext(status.label)


def _sentences(numbers: Statistics) -> Iterator[str]:
    yield _of_stations(numbers)
    investigating = numbers.count("investigating")
    yield ngettext(
        "%(count)d government is investigating", "%(count)d governments are investigating", investigating
    ) % {"count": investigating}
    closed = numbers.count("closed")
    yield _with_bases(
        ngettext(
            "a closure is recorded for %(count)d government", "a closure is recorded for %(count)d governments", closed
        )
        % {"count": closed},
        "closed",
        numbers,
    )
    idle = numbers.count("no_action")
    yield _with_bases(
        ngettext("%(count)d government takes no action", "%(count)d governments take no action", idle)
        % {"count": idle},
        "no_action",
        numbers,
    )
    yield from _without(numbers)
    yield ngettext(
        "an inquiry of %(count)d government is running, whatever else it did",
        "inquiries of %(count)d governments are running, whatever else they did",
        numbers.inquiries,
    ) % {"count": numbers.inquiries}


def _of_stations(numbers: Statistics) -> str:
    stations = ngettext("%(count)d station is listed", "%(count)d stations are listed", numbers.stations)
    countries = ngettext("in %(count)d country", "in %(count)d countries", numbers.countries)
    return gettext("%(stations)s %(countries)s") % {
        "stations": stations % {"count": numbers.stations},
        "countries": countries % {"count": numbers.countries},
    }


def _without(numbers: Statistics) -> Iterator[str]:
    count = {tally.reason: tally.count for tally in numbers.without}
    yield ngettext(
        "%(count)d government responded without an inquiry or a closure",
        "%(count)d governments responded without an inquiry or a closure",
        count["responded"],
    ) % {"count": count["responded"]}
    yield ngettext(
        "no response is recorded for %(count)d government",
        "no response is recorded for %(count)d governments",
        count["no_response"],
    ) % {"count": count["no_response"]}


def _with_bases(words: str, value: str, numbers: Statistics) -> str:
    """Add what the number consists of: a closure is never shown bare."""
    parts = [
        gettext("%(status)s %(count)d") % {"status": gettext(tally.label).lower(), "count": tally.count}
        for tally in numbers.statuses
        if tally.value == value and tally.count
    ]
    return gettext("%(sentence)s: %(parts)s") % {"sentence": words, "parts": in_a_row(parts)} if parts else words
