"""From where one looks at the record: a day of the world, and a state of our knowledge."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """What is asked for: what had surely happened by a day, as far as it was published by an entry of the log.

    `as_of` None makes no cut by date, so that nothing changes at midnight. `known_at` None is what is
    published now; 0 is before the first entry, where nothing was.
    """

    as_of: dt.date | None = None
    known_at: int | None = None


NOW = View()
