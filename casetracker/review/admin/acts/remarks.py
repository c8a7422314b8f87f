"""Acts on what a record says: comments, suggested wording, verdicts on citations, disclosure."""

from typing import Any
from uuid import UUID

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casetracker.accounts.models import User
from casetracker.review import services
from casetracker.review.admin.acts.base import Act, comment_field
from casetracker.review.choices import Action, Verdict
from casetracker.review.kinds import kind_named, label_of
from casetracker.review.models import PrivateTerm


class Comment(Act):
    """Leave a remark for colleagues."""

    name, action = "comment", None
    title, done = _("Comment"), _("Your comment stands below.")
    field = forms.ChoiceField(label=_("About"), required=False)
    text = comment_field(_("Comment for colleagues"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the fields and kinds of rows that can be spoken of; none is the record as a whole."""
        super().__init__(*args, **kwargs)
        kind = kind_named(self.record.kind)
        parts = [(name, capfirst(label_of(kind.name, name))) for name in (*kind.fields, *kind.private, *kind.rows)]
        self.fields["field"].choices = [("", _("the record as a whole")), *parts]  # type: ignore[attr-defined]
        self.fields["text"].help_text = _("Write @ and a user name to tell a colleague of it.")

    def carry_out(self, by: User) -> None:
        """Comment."""
        values = self.cleaned_data
        services.comment_on_record(self.record.pk, text=values["text"], field=values["field"], by=by)


class FactComment(Comment):
    """A remark on one fact, beside which its form stands."""

    about = "field"
    field = forms.ChoiceField(required=False, widget=forms.HiddenInput)


class Suggest(Act):
    """Suggest wording as a reviewer."""

    name, action = "suggest", Action.SUGGEST
    title, done = _("Suggest wording"), _("Suggested. An author can take it over with one click.")
    explanation = _("So you stay a reviewer.")
    field = forms.ChoiceField(label=_("Field"))
    text = comment_field(_("How it should read"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the text fields of the kind."""
        super().__init__(*args, **kwargs)
        kind = kind_named(self.record.kind)
        self.fields["field"].choices = [(name, label_of(kind.name, name)) for name in kind.texts]  # type: ignore[attr-defined]

    def carry_out(self, by: User) -> None:
        """Suggest."""
        values = self.cleaned_data
        services.suggest_wording(self.record.pk, field=values["field"], text=values["text"], by=by, **self.seen)


class _Decide(Act):
    """Answer a suggestion."""

    action, about = None, "suggestion"
    suggestion = forms.IntegerField(widget=forms.HiddenInput)

    def clean_suggestion(self) -> int:
        """Return the number of the suggestion. Raises `Http404` if this record has none like it."""
        found: int = get_object_or_404(self.record.suggestions, pk=self.cleaned_data["suggestion"]).pk
        return found


class AcceptSuggestion(_Decide):
    """Take suggested words over."""

    name = "accept-suggestion"
    title, done = _("Take over"), _("The suggested words stand in the record now.")

    def carry_out(self, by: User) -> None:
        """Accept."""
        services.accept_suggestion(self.cleaned_data["suggestion"], by=by, **self.seen)


class DeclineSuggestion(_Decide):
    """Leave the words as they are."""

    name = "decline-suggestion"
    title, done = _("Decline"), _("Declined.")

    def carry_out(self, by: User) -> None:
        """Decline."""
        services.decline_suggestion(self.cleaned_data["suggestion"], by=by, **self.seen)


class Check(Act):
    """Give a verdict on one citation."""

    name, action, about = "check", Action.CHECK, "citation"
    title, done = _("Save verdict"), _("Your verdict is noted.")
    citation = forms.UUIDField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect)
    comment = comment_field(_("What you found (needed unless it says what is cited)"))

    def carry_out(self, by: User) -> None:
        """Check."""
        values = self.cleaned_data
        services.check_citation(
            self.record.pk,
            values["citation"],
            verdict=Verdict(values["verdict"]),
            by=by,
            citation_digest=values["digest"],
            comment=values["comment"],
            **self.seen,
        )


class MarkPublishable(Act):
    """Let a private term be published."""

    name, action, grave = "mark-publishable", Action.DISCLOSE, True
    title, done = _("Mark publishable"), _("It will stand in the public record once that is approved.")
    explanation = _("You become an author of this round, so another editor must approve it.")
    term = forms.ModelChoiceField(PrivateTerm.objects.none(), label=_("Private term"))
    reason = comment_field(_("Why must the public know this?"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the terms that are still private."""
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = self.record.private_terms.filter(  # type: ignore[attr-defined]
            publishable_at__isnull=True
        )

    def carry_out(self, by: User) -> None:
        """Mark it."""
        term: UUID = self.cleaned_data["term"].pk
        services.mark_publishable(term, reason=self.cleaned_data["reason"], by=by, **self.seen)
