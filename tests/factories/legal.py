"""Requests by law."""

import datetime as dt
from typing import Any

from casetracker.accounts.models import User
from casetracker.review import services
from casetracker.review.models import LegalRequest


def make_legal_request(*, by: User, **changes: Any) -> LegalRequest:
    values = {
        "kind": "access",
        "sender": "Jan Jansen",
        "way": "mail",
        "received_on": dt.date(2026, 1, 2),
        "asked": "All you have of me.",
    }
    return services.enter_request(fields=values | changes, by=by)
