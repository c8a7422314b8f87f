"""Since when something has surely been so: what all questions about a day of the world rest on."""

import datetime as dt

from casetracker.core.dates import bounds_of, latest_day
from casetracker.review.choices import Stance
from casetracker.review.kinds import Content, kind_named


def counts_from(content: Content) -> dt.date | None:
    """Return the first day on which a record counts: it had surely happened, or been said, by then.

    It goes by the first of the kind's dates that is filled; without any, by the sources alone.
    """
    dates = (str(content["fields"][name]) for name in kind_named(content["kind"]).dates)
    return first_sure_day(content, next(filter(None, dates), ""))


def first_sure_day(content: Content, date_text: str) -> dt.date | None:
    """Return the first day on which something of this date, told by the sources of `content`, was surely so.

    That is the latest day that its date allows, because a vague date proves nothing early, or the day on
    which its earliest supporting source had surely appeared, if that is sooner. “2022” in a source of
    7 November 2022 counts from that day. A source from before the earliest day that the date allows
    cannot tell of it, and gives no day. None if nothing does.
    """
    earliest, latest = bounds_of(date_text)
    published = (
        latest_day(citation["source"]["published"])
        for citation in content["citations"]
        if citation["stance"] == Stance.SUPPORTS
    )
    told = (day for day in published if day and (earliest is None or day >= earliest))
    return min(filter(None, (latest, *told)), default=None)
