"""Reading what happened to accounts."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from casetracker.accounts.choices import EventKind

if TYPE_CHECKING:
    from casetracker.accounts.models import AccountEvent, FactorRecovery  # noqa: F401 - named in annotations

RECOVERY_LASTS = dt.timedelta(days=1)


class AccountEventQuerySet(models.QuerySet["AccountEvent"]):
    """Events, by whom and when."""

    def of(self, person: Any) -> "AccountEventQuerySet":
        """Keep those of one account, the latest first."""
        return self.filter(person=person).order_by("-at", "-pk")

    def outdated(self) -> "AccountEventQuerySet":
        """Keep those that are older than the site keeps them."""
        return self.filter(at__lt=timezone.now() - dt.timedelta(days=settings.SIGN_IN_LOG_DAYS))

    def sign_ins_from(self, *, person: Any, network: str, device: str) -> "AccountEventQuerySet":
        """Keep the times when this person came in from such a device on such a network."""
        return self.filter(kind=EventKind.SIGNED_IN, person=person, network=network, device=device)


class FactorRecoveryQuerySet(models.QuerySet["FactorRecovery"]):
    """Proposals to take the second factors of somebody away."""

    def waiting(self) -> "FactorRecoveryQuerySet":
        """Keep those that a second colleague can still agree to, the oldest first."""
        since = timezone.now() - RECOVERY_LASTS
        return self.filter(closed_at=None, proposed_at__gte=since).order_by("proposed_at", "pk")

    def with_people(self) -> "FactorRecoveryQuerySet":
        """Fetch the people with the rows."""
        return self.select_related("person", "proposed_by", "closed_by")
