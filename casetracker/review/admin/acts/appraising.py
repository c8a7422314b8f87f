"""Grading how credible it is what a source says in a citation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casetracker.accounts.models import User
from casetracker.review import services
from casetracker.review.admin.acts.base import Act
from casetracker.review.choices import Action
from casetracker.sources.appraisal import CREDIBILITY_EXPLAINED, Credibility, explained


class Appraise(Act):
    """Grade one citation."""

    name, action, about = "appraise", Action.APPRAISE, "citation"
    title, done = _("Save the grade"), _("Graded. Nothing of the record has changed by it.")
    citation = forms.UUIDField(widget=forms.HiddenInput)
    credibility = forms.ChoiceField(
        label=_("How credible is what it says here, whoever says it?"),
        choices=explained(Credibility, CREDIBILITY_EXPLAINED),
        required=False,
        widget=forms.RadioSelect(attrs={"class": "grades"}),
    )

    def carry_out(self, by: User) -> None:
        """Grade."""
        values: dict[str, Any] = self.cleaned_data
        services.appraise_citation(
            self.record.pk, values["citation"], credibility=values["credibility"], by=by, **self.seen
        )
