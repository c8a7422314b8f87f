"""Pairs of records that look alike and are not the same."""

from django.db import models

from casetracker.core.told_apart import ToldApart
from casetracker.review.models.record import Record


class Distinction(ToldApart):
    """Two records that somebody has told apart. They are not proposed as duplicates again."""

    first = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.first} is not {self.second}"
