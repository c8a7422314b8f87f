"""Grades of the Admiralty scale in forms: each with the sentence that explains it."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst

from casetracker.sources.appraisal import (
    CREDIBILITY_EXPLAINED,
    RELIABILITY_EXPLAINED,
    Credibility,
    Explanations,
    Reliability,
    explained,
)

_SCALES: dict[str, tuple[Any, Explanations]] = {
    "reliability": (Reliability, RELIABILITY_EXPLAINED),
    "credibility": (Credibility, CREDIBILITY_EXPLAINED),
}


class GradedMixin:
    """Explains every grade where it is chosen."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the grades with their sentences."""
        if db_field.name not in _SCALES:
            return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        return forms.ChoiceField(
            choices=explained(*_SCALES[db_field.name]),
            required=False,
            label=capfirst(db_field.verbose_name),
            help_text=db_field.help_text,
            widget=forms.RadioSelect(attrs={"class": "grades"}),
        )
