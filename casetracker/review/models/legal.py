"""What people demand by law or ask of us: to see, correct or erase data about them, or to take something down."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casetracker.core.append_only import AppendOnlyModel
from casetracker.review.choices import LegalAct, LegalKind, LegalOutcome, LegalWay
from casetracker.review.models.record import Record

if TYPE_CHECKING:
    pass


class LegalRequestQuerySet(models.QuerySet["LegalRequest"]):
    """Reads of the register."""

    def open(self) -> "LegalRequestQuerySet":
        """Return what was not answered yet, what is due first at the top."""
        return self.filter(answered_on__isnull=True).order_by("due_on", "pk")

    def due_by(self, day: dt.date) -> "LegalRequestQuerySet":
        """Return what must be answered on this day or before."""
        return self.open().filter(due_on__lte=day)


class LegalRequest(models.Model):
    """One request, with the day by which it must be answered. Who asks is for editors and administrators alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True, editable=False)
    kind = models.CharField(_("what is asked"), max_length=20, choices=LegalKind.choices)
    sender = models.CharField(_("from whom"), max_length=300, help_text=_("Name and address. Keep to what is needed."))
    way = models.CharField(_("how it came"), max_length=10, choices=LegalWay.choices)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("to be answered by"), db_index=True)
    extended_because = models.TextField(
        _("why it takes longer"), blank=True, help_text=_("Tell the sender, within the first month.")
    )
    asked = models.TextField(_("what exactly"), help_text=_("In their words, as far as they matter."))
    records = models.ManyToManyField(Record, related_name="legal_requests", blank=True, verbose_name=_("records"))
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who deals with it"),
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=LegalOutcome.choices, blank=True)
    reasons = models.TextField(_("reasons"), blank=True, help_text=_("What was decided, and why."))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    warned_on = models.DateField(null=True, editable=False, help_text=_("When colleagues were told that it is due."))
    lock_version = models.PositiveIntegerField(default=1, editable=False)

    objects = LegalRequestQuerySet.as_manager()

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {
            "id",
            "number",
            "kind",
            "sender",
            "way",
            "received_on",
            "due_on",
            "extended_because",
            "asked",
            "records",
            "handled_by",
            "outcome",
            "reasons",
            "answered_on",
            "warned_on",
            "lock_version",
        }
    )

    class Meta:
        verbose_name = _("request by law")
        verbose_name_plural = _("requests by law")
        ordering = ("due_on", "number")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=LegalKind.values), name="review_legal_kind_known"),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("received_on")),
                name="review_legal_due_after_it_came",
                violation_error_message=_("It cannot be due before it came."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, outcome="")
                | (Q(answered_on__isnull=False, outcome__in=LegalOutcome.values) & ~Q(reasons="")),
                name="review_legal_answered_with_an_outcome",
                violation_error_message=_("An answer has a day, an outcome and reasons. Fill in all three, or none."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=models.F("received_on")),
                name="review_legal_answered_after_it_came",
                violation_error_message=_("It cannot be answered before it came."),
            ),
        )

    def __str__(self) -> str:
        return _("Request %(number)d") % {"number": self.number}

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for an answer."""
        return self.answered_on is None


class LegalEvent(AppendOnlyModel):
    """Who did what to a request, and when. It has no word of it, so that the request can be forgotten."""

    request = models.ForeignKey(LegalRequest, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=10, choices=LegalAct.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(help_text=_("The day by which it was to be answered then."))
    at = models.DateTimeField(auto_now_add=True)

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "request", "act", "person", "due_on", "at"})

    class Meta:
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=Q(act__in=LegalAct.values), name="review_legal_act_known"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.get_act_display()}"
