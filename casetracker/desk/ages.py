"""How long something has waited, in words."""

import datetime as dt

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import ngettext

_IN_DAYS = dt.timedelta(days=90)  # Longer waits are told in months and years.


def age_in_words(since: dt.datetime) -> str:
    """Return how long ago a moment was: in minutes or hours on the first day, then in days for three months."""
    age = timezone.now() - since
    if dt.timedelta(days=1) <= age < _IN_DAYS:
        return ngettext("%(days)d day", "%(days)d days", age.days) % {"days": age.days}
    return timesince(since, depth=1).replace("\xa0", " ")
