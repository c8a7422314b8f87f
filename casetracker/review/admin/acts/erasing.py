"""Destroying the content of a version, by two editors."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casetracker.accounts.models import User
from casetracker.review import services
from casetracker.review.admin.acts.base import Act, comment_field
from casetracker.review.admin.forms import LinesField
from casetracker.review.choices import Action, ErasureGround
from casetracker.review.erasures import erasable_versions, is_whole
from casetracker.review.models import ErasureRequest, LegalRequest, Record


class AskForErasure(Act):
    """Ask that a withdrawn version is destroyed."""

    name, action, grave, fresh = "ask-for-erasure", Action.ASK_ERASE, True, True
    title, done = _("Ask for erasure"), _("Asked. Another editor must carry it out; they are told.")
    explanation = _(
        "The content of a retracted version is destroyed for good, with the edit history and all that colleagues wrote "
        "about the record. Only where the law demands it: nobody can bring it back."
    )
    version = forms.TypedChoiceField(label=_("Version"), coerce=int)
    ground = forms.ChoiceField(label=_("Ground"), choices=ErasureGround.choices)
    note = comment_field(_("Public note: what obliges us"), required=True)
    words = LinesField(
        label=_("Words to look for, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Names and addresses. Comments and notes about other records that contain them are emptied."),
    )
    with_note = forms.BooleanField(label=_("Also the public note of the retraction"), required=False)
    with_sources = forms.BooleanField(
        label=_("Also its sources that nothing else cites, with their archived copies"), required=False
    )
    legal_request = forms.ModelChoiceField(
        LegalRequest.objects.none(), label=_("Request by law"), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the versions that could be erased."""
        super().__init__(*args, **kwargs)
        versions = [(number, self._in_words(number)) for number in erasable_versions(self.record)]
        self.fields["version"].choices = versions  # type: ignore[attr-defined]
        self.fields["legal_request"].queryset = LegalRequest.objects.open()  # type: ignore[attr-defined]

    def _in_words(self, number: int) -> str:
        if is_whole(self.record, number):
            return _now("%(number)d, with the working copy, which says the same") % {"number": number}
        return str(number)

    @classmethod
    def is_of_use(cls, record: Record, person: User) -> bool:
        """Leave it out while nothing was withdrawn."""
        return bool(erasable_versions(record))

    def carry_out(self, by: User) -> None:
        """Ask."""
        services.ask_for_erasure(self.record.pk, by=by, **self.cleaned_data)


class _OnRequest(Act):
    """An act on one of the open requests of a record."""

    request = forms.TypedChoiceField(label=_("Which request?"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the open requests, each with all that it asks for."""
        super().__init__(*args, **kwargs)
        found = list(self.record.erasure_requests.open().select_related("asked_by"))
        self.fields["request"].choices = [(str(one.pk), _in_words(one)) for one in found]  # type: ignore[attr-defined]
        if len(found) == 1:
            self.initial["request"] = str(found[0].pk)


def _in_words(request: ErasureRequest) -> str:
    return "\n".join(_parts_of(request))


def _parts_of(request: ErasureRequest) -> Iterator[str]:
    yield _now("Version %(version)d, asked by %(person)s on %(day)s.") % {
        "version": request.version,
        "person": request.asked_by,
        "day": date_format(request.asked_at),
    }
    yield f"{request.get_ground_display()}: {request.note}"
    if request.words:
        yield _now("Words to look for: %(words)s.") % {"words": "; ".join(request.words.split("\n"))}
    if request.with_note:
        yield _now("With the public note of the retraction.")
    if request.with_sources:
        yield _now("With its sources that nothing else cites, and their archived copies.")


class Erase(_OnRequest):
    """Carry an erasure out."""

    name, action, grave, fresh = "erase", Action.ERASE, True, True
    title, done = (
        _("Erase for good"),
        _("Erased. Have vacuum_erased run, and old backups destroyed."),
    )
    explanation = _("It cannot be undone. The log keeps the hash of the version; the public sees ground, note and day.")

    @classmethod
    def is_of_use(cls, record: Record, person: User) -> bool:
        """Leave it out for whoever asked: it takes two."""
        return record.erasure_requests.open().exclude(asked_by=person).exists()

    def carry_out(self, by: User) -> None:
        """Erase."""
        services.erase_version(self.cleaned_data["request"], by=by, **self.seen)


class WithdrawErasure(_OnRequest):
    """Take a request back, or refuse it."""

    name, action = "withdraw-erasure", Action.KEEP
    title, done = _("Withdraw the request for erasure"), _("Withdrawn: the version stays.")
    comment = comment_field(_("Why?"))

    @classmethod
    def is_of_use(cls, record: Record, person: User) -> bool:
        """Leave it out where nobody asked."""
        return record.erasure_requests.open().exists()

    def carry_out(self, by: User) -> None:
        """Withdraw."""
        values = self.cleaned_data
        services.withdraw_erasure(values["request"], by=by, comment=values["comment"], **self.seen)
