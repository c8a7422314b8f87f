"""When a response counts towards a government's status."""

import datetime as dt

from casetracker.core.dates import bounds_of, latest_day
from casetracker.review.choices import Stance
from casetracker.review.kinds import Content


def counts_from(content: Content) -> dt.date | None:
    """Return the first day on which a response surely had happened.

    That is the latest day that its date allows, because a vague date proves nothing early, or the day on
    which its earliest supporting source had surely appeared, if that is sooner. “2022” in a source of
    7 November 2022 counts from that day. A source from before the earliest day that the date allows
    cannot tell of it, and gives no day. None if nothing does.
    """
    earliest, latest = bounds_of(str(content["fields"]["date"]))
    published = (
        latest_day(citation["source"]["published"])
        for citation in content["citations"]
        if citation["stance"] == Stance.SUPPORTS
    )
    told = (day for day in published if day and (earliest is None or day >= earliest))
    return min(filter(None, (latest, *told)), default=None)
