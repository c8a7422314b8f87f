"""Who acts in a request."""

from typing import cast

from django.http import HttpRequest

from casetracker.accounts.models import User


def person_of(request: HttpRequest) -> User:
    """Return the person who is signed in. For views that nobody else reaches."""
    return cast(User, request.user)
