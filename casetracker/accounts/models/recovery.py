"""A second factor was lost: two colleagues together take it away."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casetracker.accounts.models.user import User

# A proposal that nobody agreed to is no lasting key to an account.
RECOVERY_LASTS = dt.timedelta(days=1)


class FactorRecoveryQuerySet(models.QuerySet["FactorRecovery"]):
    """Proposals to take the second factors of somebody away."""

    def waiting(self) -> "FactorRecoveryQuerySet":
        """Keep those that a second colleague can still agree to, the oldest first."""
        since = timezone.now() - RECOVERY_LASTS
        return self.filter(closed_at=None, proposed_at__gte=since).order_by("proposed_at", "pk")

    def with_people(self) -> "FactorRecoveryQuerySet":
        """Fetch the people with the rows."""
        return self.select_related("person", "proposed_by", "closed_by")


class FactorRecovery(models.Model):
    """A proposal to take all second factors of a person away, so that they can set up new ones.

    One administrator proposes; another administrator or an editor agrees, or either of them drops it.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="recoveries", verbose_name=_("account"))
    reason = models.CharField(
        _("how you know that it is them"),
        max_length=500,
        help_text=_("For example: called her on the number that we know; she lost her phone."),
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    is_agreed = models.BooleanField(_("agreed"), default=False)

    objects = FactorRecoveryQuerySet.as_manager()

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {"id", "person", "reason", "proposed_by", "proposed_at", "closed_by", "closed_at", "is_agreed"}
    )

    class Meta:
        """Two different people, neither of whom is the one concerned."""

        verbose_name = _("recovery of a second factor")
        verbose_name_plural = _("recoveries of second factors")
        ordering = ("-proposed_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["person"], condition=Q(closed_at=None), name="accounts_recovery_one_open"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="accounts_recovery_closed",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=False)
                | Q(closed_by__isnull=False) & ~Q(closed_by=F("proposed_by")) & ~Q(closed_by=F("person")),
                name="accounts_recovery_two_people",
                violation_error_message=_("Two different colleagues must agree, and not the person concerned."),
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("person")),
                name="accounts_recovery_not_oneself",
                violation_error_message=_("Ask a colleague: nobody proposes this for themselves."),
            ),
        )

    def __str__(self) -> str:
        """Name the person."""
        return str(self.person)
