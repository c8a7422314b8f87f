"""The sign-in log."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casetracker.accounts.choices import EventKind, Factor
from casetracker.accounts.models.user import User


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


class AccountEvent(models.Model):
    """Something that happened to an account: shown to its owner and to administrators, and to nobody else.

    It can be deleted, unlike what is decided about records: the site keeps it for some days only. A name that
    somebody typed is in no event, because people type passwords into the wrong field.
    """

    person = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("account")
    )
    kind = models.CharField(_("what happened"), max_length=20, choices=EventKind.choices)
    at = models.DateTimeField(_("at"), default=timezone.now)
    times = models.PositiveIntegerField(_("times"), default=1, help_text=_("The same within an hour is counted."))
    factors = models.CharField(_("by which factor"), max_length=60, blank=True, help_text=_("Separated by spaces."))
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    network = models.CharField(_("network"), max_length=50, blank=True)
    device = models.CharField(_("device"), max_length=100, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by whom"))
    is_new_device = models.BooleanField(_("new device"), default=False)

    objects = AccountEventQuerySet.as_manager()

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {"id", "person", "kind", "at", "times", "factors", "address", "network", "device", "by", "is_new_device"}
    )

    class Meta:
        """Read by person, and cleared by age."""

        verbose_name = _("account event")
        verbose_name_plural = _("account events")
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["person", "-at"], name="accounts_event_person"),
            models.Index(fields=["at"], name="accounts_event_at"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="accounts_event_kind"),
        )

    def __str__(self) -> str:
        """Say what happened."""
        return self.get_kind_display()

    @property
    def factors_in_words(self) -> str:
        """By what the person proved who they are."""
        return " + ".join(str(Factor(value).label) for value in self.factors.split())
