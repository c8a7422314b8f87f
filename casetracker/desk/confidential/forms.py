"""The forms of confidential sources. Nothing typed is completed or spell-checked: browsers may send it elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.review.choices import ReadingReason, Stance, Verdict
from casetracker.review.kinds import kind_named, label_of
from casetracker.review.models import Record
from casetracker.review.services import Statement
from casetracker.review.services.confidential_sources import LONGEST_TEXT
from casetracker.sources.models.confidential import ConfidentialSource

# What the parts of a source are called, here and where it is opened.
PARTS = {
    "title": gettext_lazy("Who or what it is"),
    "role": gettext_lazy("Role"),
    "place": gettext_lazy("Place"),
    "contact": gettext_lazy("How to reach them"),
    "notes": gettext_lazy("Notes"),
    "statement": gettext_lazy("What the source says"),
}
_PRIVATE = {"autocomplete": "off", "autocorrect": "off", "autocapitalize": "off", "spellcheck": "false"}


def _line(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, widget=forms.TextInput(attrs=_PRIVATE), **kwargs)


def _text(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    area = forms.Textarea(attrs={**_PRIVATE, "rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=area, **kwargs)


class SourceForm(forms.Form):
    """What is kept of a confidential source. All of it is sealed."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = _line(
        PARTS["title"],
        help_text=gettext_lazy(
            "The name, if it is a person. Other names of the same behind a semicolon or in brackets. No text that "
            "contains one of them, or how to reach them, can be published with a record that cites this source."
        ),
    )
    role = _line(PARTS["role"], required=False, help_text=gettext_lazy("What makes them know it."))
    place = _line(PARTS["place"], required=False)
    contact = _text(
        PARTS["contact"],
        required=False,
        help_text=gettext_lazy("Shown only to those who open the source itself, not to those who check a citation."),
    )
    notes = _text(PARTS["notes"], required=False, help_text=gettext_lazy("Such as what could give them away."))

    def parts(self) -> dict[str, str]:
        """Return the texts as the service takes them."""
        return {name: self.cleaned_data[name] for name in ConfidentialSource.sealed_parts}


class StatementForm(forms.Form):
    """What a confidential source says to a record. Text and notes are sealed."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    fact = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    stance = forms.ChoiceField(label=gettext_lazy("The source"), choices=Stance.choices, initial=Stance.SUPPORTS)
    statement = _text(PARTS["statement"], rows=4)
    notes = _text(PARTS["notes"], rows=2, required=False)

    def __init__(self, data: Any = None, *, record: Record, **initial: Any) -> None:
        """Offer the record as a whole and each of its citable facts."""
        super().__init__(data, initial={"lock_version": record.lock_version, **initial})
        citable = [(name, label_of(record.kind, name)) for name in kind_named(record.kind).citable]
        self.fields["fact"].choices = [("", _("the record as a whole")), *citable]  # type: ignore[attr-defined]

    def said(self) -> Statement:
        """Return it as the services take it."""
        given = self.cleaned_data
        return Statement(fact=given["fact"], stance=given["stance"], text=given["statement"], notes=given["notes"])


class CiteForm(StatementForm):
    """A statement, and who makes it: by label, because names are not listed anywhere."""

    source = forms.ModelChoiceField(
        ConfidentialSource.objects.all(),
        label=gettext_lazy("Source"),
        empty_label=gettext_lazy("Choose its label"),
        help_text=gettext_lazy("Only labels are listed. Write a new source down first."),
    )
    field_order = ("lock_version", "source", "fact", "stance", "statement", "notes")


class OpenForm(forms.Form):
    """Why somebody opens what is sealed."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you open it?"),
        choices=[("", gettext_lazy("Choose a reason")), *ReadingReason.choices],
        help_text=gettext_lazy("Your name, the time and the reason are kept. Cleared colleagues see them."),
    )


_VERDICTS = [("", gettext_lazy("Choose what you found")), *Verdict.choices]


class CheckForm(forms.Form):
    """A verdict on what was opened."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    verdict = forms.ChoiceField(label=gettext_lazy("What did you find?"), choices=_VERDICTS)
    comment = _text(
        gettext_lazy("In words"), rows=2, required=False, help_text=gettext_lazy("Sealed with the citation.")
    )


class VersionForm(forms.Form):
    """The version of a record that somebody looked at."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
