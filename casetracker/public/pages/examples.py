"""Examples of the status rule for the page on method: days of governments that show what it does, and why.

They are facts of the record. A test compares them with the reference data.
"""

import datetime as dt
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casetracker.public.labels import NO_STATUS, status_words


class Example(NamedTuple):
    """A government on a day, its status then, and what can be learned from it. `level` says who claims a closure."""

    code: str
    day: dt.date
    status: tuple[str, str] | str
    lesson: str | Promise
    level: str = ""

    @property
    def value(self) -> str:
        """The status; empty where there was none."""
        return "" if isinstance(self.status, str) else self.status[0]

    @property
    def basis(self) -> str:
        """Its basis."""
        return "" if isinstance(self.status, str) else self.status[1]

    @property
    def reason(self) -> str:
        """Why there was none."""
        return self.status if isinstance(self.status, str) else ""

    @property
    def label(self) -> str:
        """The status in words."""
        return NO_STATUS[self.status] if isinstance(self.status, str) else status_words(*self.status, self.level)


EXAMPLES = (
    Example("NL", dt.date(2022, 10, 20), "no_response", _("Offices had been reported; nothing was answered yet.")),
    Example("NL", dt.date(2022, 10, 25), ("investigating", ""), _("The ministry said that it would look into them.")),
    Example(
        "NL",
        dt.date(2022, 11, 1),
        ("closed", "ordered"),
        _("The minister ordered closure without knowing whether they had shut. The inquiry went on: two lines."),
    ),
    Example(
        "IT",
        dt.date(2022, 12, 5),
        ("no_action", "none_announced"),
        _("That there is no inquiry was true on that day. It needs its day:"),
    ),
    Example("IT", dt.date(2022, 12, 7), ("investigating", ""), _("two days later the minister spoke of an inquiry.")),
    Example(
        "CA",
        dt.date(2023, 4, 27),
        ("closed", "claimed"),
        _("A minister said that the police had shut them down. He said so; nobody confirmed it."),
    ),
    Example(
        "CA", dt.date(2023, 4, 28), ("investigating", ""), _("His police contradicted him: they were still looking.")
    ),
    Example(
        "DE",
        dt.date(2023, 5, 15),
        ("closed", "ordered"),
        _("China’s side had said that all was ending; the ministry found that it went on. So the order stands alone."),
    ),
    Example(
        "GB",
        dt.date(2023, 6, 6),
        ("closed", "claimed"),
        _("An ended inquiry, an order and the embassy’s answer on one day: their order decides, and all are shown."),
        level="embassy",
    ),
    Example("HU", dt.date(2022, 11, 1), "responded", _("It denied. An answer is no inquiry and no closure.")),
    Example(
        "FR", dt.date(2022, 1, 15), "no_response", _("A source says “2022”: that proves nothing for the January of it.")
    ),
)
