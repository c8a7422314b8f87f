"""By when requests by law must be answered."""

import calendar
import datetime as dt

from django.conf import settings
from django.utils import timezone

from casetracker.review.choices import LegalKind
from casetracker.review.models import LegalRequest

# GDPR Art. 12(3): within one month of receipt, and two more where that is needed and the sender is told why.
_MONTHS, _MONTHS_AT_MOST = 1, 3


def first_deadline(kind: str, received_on: dt.date) -> dt.date:
    """Return the day by which a request must be answered, if nothing makes it longer."""
    if kind == LegalKind.TAKEDOWN:
        return received_on + dt.timedelta(days=settings.TAKEDOWN_DAYS)
    return months_later(received_on, _MONTHS)


def last_deadline(kind: str, received_on: dt.date) -> dt.date | None:
    """Return the last day to which an answer may be put off by law; None where no law says so."""
    return None if kind == LegalKind.TAKEDOWN else months_later(received_on, _MONTHS_AT_MOST)


def warned_until() -> dt.date:
    """Return the day up to which a request that is due counts as urgent."""
    return timezone.now().date() + dt.timedelta(days=settings.LEGAL_WARNING_DAYS)


def requests_due() -> int:
    """Return how many requests must be answered soon, or should have been. One query."""
    return LegalRequest.objects.due_by(warned_until()).count()


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the day with the same number some months later; the last of the month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
