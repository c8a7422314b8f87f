"""Pairs of sources that look like copies of one another and are not."""

from django.db import models

from casetracker.core.told_apart import ToldApart


class SourceDistinction(ToldApart):
    """Two sources of which somebody has said that neither copies the other. They are not suggested again."""

    first = models.ForeignKey("sources.Source", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("sources.Source", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.first} is no copy of {self.second}, nor the other way round"
