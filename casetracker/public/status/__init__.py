"""What each government did, on any day: the one place where the rule stands.

The status of a government is what the latest response says that concerns it, has the whole country as its
scope and sets a status. Who responded does not matter: an embassy's answer in London counts for Britain.
Latest is by the day from which a response counts, then by its order within that day, then by the order of
first publication (a corrected typing error makes no response later).

A response counts on a day from `counts_from` on. One without it is never counted by date; without a day
asked for there is no cut by date, and it stands before all others. So nothing changes at midnight.

`facts` says what a response says, `rule` decides from the latest of it, `reading` finds that by index, with
`stretches` for where it began, and `history` tells the status of all days. See docs/status.md.
"""

from casetracker.public.status.history import Segment, histories, status_history
from casetracker.public.status.reading import last_recorded, status_of, statuses
from casetracker.public.status.rule import NO_RESPONSE, Line, Possibly, Reason, State, Status, without

# The order of the rule in the documents of responses.
LATEST_FIRST = ("-counts_from", "-order_in_day", "-number")

__all__ = [
    "LATEST_FIRST",
    "NO_RESPONSE",
    "Line",
    "Possibly",
    "Reason",
    "Segment",
    "State",
    "Status",
    "histories",
    "last_recorded",
    "status_history",
    "status_of",
    "statuses",
    "without",
]
