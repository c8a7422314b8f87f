"""Pairs of records that look alike and are not the same."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casetracker.review.models.record import Record


class Distinction(models.Model):
    """Two records that somebody has told apart. They are not proposed as duplicates again.

    `first` has the smaller key, so that there is one row for a pair.
    """

    first = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "first", "second", "person", "reason", "at"})

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="review_pair_in_order"),
            models.UniqueConstraint(fields=("first", "second"), name="review_pair_told_apart_once"),
        )

    def __str__(self) -> str:
        return f"{self.first} is not {self.second}"
