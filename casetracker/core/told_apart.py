"""Pairs that look alike, and that somebody has told apart."""

from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ToldApartQuerySet(models.QuerySet[Any]):
    """What is asked of pairs."""

    def between(self, one: UUID, other: UUID) -> Self:
        """Keep the row of these two, if there is one."""
        return self.filter(**in_order(one, other))

    def of(self, one: Any) -> Self:
        """Keep the pairs of which this is one."""
        return self.filter(Q(first=one) | Q(second=one))


def in_order(one: UUID, other: UUID) -> dict[str, UUID]:
    """Return the two columns of a pair: the smaller key comes first, so that there is one row for a pair."""
    first, second = sorted((one, other))
    return {"first_id": first, "second_id": second}


class ToldApart(models.Model):
    """Two things that somebody has told apart: `first` and `second`, which each model adds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = ToldApartQuerySet.as_manager()

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "first", "second", "person", "reason", "at"})

    class Meta:
        abstract = True
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="%(app_label)s_pair_in_order"),
            models.UniqueConstraint(fields=("first", "second"), name="%(app_label)s_pair_told_apart_once"),
        )
