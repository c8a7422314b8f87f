"""The places where a person is signed in, as people read them."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone

from casetracker.accounts.models import User
from casetracker.accounts.origin import device_in_words


@dataclass(frozen=True)
class Place:
    """A session, the device that it runs on, and whether it is the one that asks."""

    session: UserSession
    device: str
    is_this: bool


def places_of(person: User, *, this: str | None = None) -> list[Place]:
    """Return where somebody is signed in, the one in use first. One query."""
    youngest = timezone.now() - settings.SESSION_LONGEST
    sessions = UserSession.objects.filter(user=person, created_at__gte=youngest).order_by("-last_seen_at", "-pk")
    places = [Place(one, device_in_words(one.user_agent), one.session_key == this) for one in sessions]
    return sorted(places, key=lambda place: not place.is_this)
