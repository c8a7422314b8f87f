"""What is posted on the pages about duplicates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casetracker.review.admin.forms import LinesField
from casetracker.review.models import Record


class MergeForm(forms.Form):
    """Propose a merge: at which versions the two were seen, and why they are the same."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    target_version = forms.IntegerField(widget=forms.HiddenInput)
    comment = LinesField(
        label=_("Why are they the same?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For colleagues. Who checks and approves the merge reads it."),
    )

    def __init__(self, data: Any = None, *, duplicate: Record, target: Record) -> None:
        """Show the versions that the person looks at."""
        seen = {"lock_version": duplicate.lock_version, "target_version": target.lock_version}
        super().__init__(data, initial=seen)


class PairForm(forms.Form):
    """Tell two records or sources apart, or take that back."""

    one = forms.UUIDField()
    other = forms.UUIDField()
    reason = forms.CharField(required=False, max_length=1000)
