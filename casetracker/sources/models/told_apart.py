"""Pairs of sources that look like copies of one another and are not."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class SourceDistinction(models.Model):
    """Two sources of which somebody has said that neither copies the other. They are not suggested again.

    `first` has the smaller key, so that there is one row for a pair.
    """

    first = models.ForeignKey("sources.Source", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("sources.Source", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "first", "second", "person", "reason", "at"})

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="sources_pair_in_order"),
            models.UniqueConstraint(fields=("first", "second"), name="sources_pair_told_apart_once"),
        )

    def __str__(self) -> str:
        return f"{self.first} is no copy of {self.second}, nor the other way round"
