"""Asking for a status in few words, as the tests of the status rule do."""

import datetime as dt

from casetracker.public.status import status_of
from casetracker.public.view import View


def on(year, month, day):
    return dt.date(year, month, day)


def seen(government, day=None, known_at=None):
    return status_of(government, View(day, known_at))


def words(government, day=None):
    return seen(government, day).label


def today():
    return dt.datetime.now(dt.UTC).date()
