"""The status history of governments as pages show it: bands on one axis, and the same in words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext

from casetracker.public.pages.axis import Axis
from casetracker.public.pages.bands import Act, Band, Bar, Span, band_of, legend_of
from casetracker.public.pages.dates import span_words


def drawn(
    spans: Sequence[Span], acts: Iterable[Act], until: dt.date, confirmed_on: dt.date | None = None
) -> dict[str, Any]:
    """Return the history of one government up to a day, as its page draws it."""
    acts = list(acts)
    if not spans and not acts:
        return {}
    axis = Axis.over([*(span.from_ for span in spans), *(act.day for act in acts)], until=until)
    band = band_of(spans, acts, axis, confirmed_on)
    return {
        "history": spans,
        "history_words": band_words(band),
        "band": band,
        "ticks": axis.ticks(),
        "legend": legend_of([band]),
    }


def bar_words(bar: Bar) -> str:
    """Return what a bar shows, in words."""
    words = gettext("%(status)s, %(time)s") % {
        "status": gettext(bar.label),
        "time": span_words(bar.from_, bar.to),
    }
    return gettext("%(status)s, activity reported to continue") % {"status": words} if bar.activity_continues else words


def band_words(band: Band) -> str:
    """Return what a band shows, in words."""
    return gettext("; ").join(dict.fromkeys(map(bar_words, band.bars))) or gettext("No status in this time")
