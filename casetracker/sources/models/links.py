"""The addresses of sources: how they fare, and what the fetcher is to do with them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from casetracker.sources.capture_choices import OPEN_ORDERS, LinkState, OrderPurpose, OrderState
from casetracker.sources.models.captures import Capture
from casetracker.sources.models.source import Source


class LinkHealth(models.Model):
    """How the address of a source fared when the fetcher last looked."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, primary_key=True, related_name="link")
    url = models.CharField(max_length=2000, help_text="That was looked at: the source may have another one by now.")
    state = models.CharField(max_length=12, choices=LinkState.choices)
    since = models.DateTimeField(help_text="The first look that found it in this state.")
    looked_at = models.DateTimeField()
    last_alive_at = models.DateTimeField(null=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=30, blank=True, help_text="Code of why it could not be reached.")
    # What it is compared with: what it said when a copy was kept last, or else at the first look.
    digest = models.CharField(max_length=80, blank=True)

    public_fields = frozenset({"state", "looked_at"})
    private_fields = frozenset({"source", "url", "since", "last_alive_at", "http_status", "problem", "digest"})

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="sources_link_state_known"),
            models.CheckConstraint(
                condition=~Q(state=LinkState.ALIVE) | Q(last_alive_at__isnull=False),
                name="sources_alive_link_was_seen",
            ),
        )

    def __str__(self) -> str:
        return f"{self.url}: {self.get_state_display()}"


class LinkOrder(models.Model):
    """What the fetcher is asked to do with the address of a source.

    This table is the queue. The fetcher leases an order; one that it does not end, because it was killed, is due
    again when the lease is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="orders")
    url = models.CharField(max_length=2000)
    purpose = models.CharField(max_length=10, choices=OrderPurpose.choices)
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.WAITING)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody: the regular look at what was kept.",
    )
    ordered_at = models.DateTimeField(auto_now_add=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=30, blank=True, help_text="Code of why it failed.")
    http_status = models.PositiveSmallIntegerField(null=True)
    capture = models.OneToOneField(Capture, on_delete=models.PROTECT, null=True, related_name="order")

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {
            "id",
            "source",
            "url",
            "purpose",
            "state",
            "ordered_by",
            "ordered_at",
            "leased_until",
            "attempts",
            "ended_at",
            "problem",
            "http_status",
            "capture",
        }
    )

    class Meta:
        ordering = ("ordered_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "purpose"), condition=Q(state__in=OPEN_ORDERS), name="sources_one_open_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_ORDERS, ended_at__isnull=True)
                | Q(state__in=(OrderState.DONE, OrderState.FAILED), ended_at__isnull=False),
                name="sources_order_ended_at_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.WORKING) | Q(leased_until__isnull=False),
                name="sources_working_order_is_leased",
            ),
            models.CheckConstraint(
                condition=~Q(purpose=OrderPurpose.CAPTURE) | Q(ordered_by__isnull=False),
                name="sources_capture_is_ordered_by_somebody",
            ),
        )
        indexes = (
            models.Index(fields=("ordered_at", "id"), condition=Q(state__in=OPEN_ORDERS), name="sources_open_orders"),
        )

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.url}"
