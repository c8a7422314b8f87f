"""What every act on the page of something that has a version shares, and every act on that of a record."""

from typing import Any

from django import forms

from casetracker.accounts.models import User
from casetracker.review.admin.forms import LinesField
from casetracker.review.choices import Action
from casetracker.review.models import Record


class VersionedAct(forms.Form):
    """An act on what a person looks at. `title` stands on its button; `done` is said afterwards."""

    name: str
    title: Any
    done: Any
    explanation: Any = ""
    grave = False
    main = False
    fresh = False  # Whoever does it must just have proved who they are.
    lock_version = forms.IntegerField(widget=forms.HiddenInput)

    def carry_out(self, by: User) -> None:
        """Call the service. Raises `DomainError` if the rules refuse."""
        raise NotImplementedError

    @property
    def seen(self) -> dict[str, Any]:
        """The version that the person looked at, as services take it."""
        return {"lock_version": self.cleaned_data["lock_version"]}


class Act(VersionedAct):
    """An act on a record."""

    action: Action | None
    about = ""  # The hidden field that tells several forms of this act on one page apart.

    def __init__(self, data: Any = None, *, record: Record, **kwargs: Any) -> None:
        """Show the version of the record that the person looks at."""
        initial = {"lock_version": record.lock_version, **kwargs}
        part = str((data or initial).get(self.about, "")) if self.about else ""
        super().__init__(data, initial=initial, auto_id="-".join(filter(None, (self.name, part, "%s"))))
        self.record = record

    @classmethod
    def is_of_use(cls, record: Record, person: User) -> bool:
        """Tell whether the act would change anything, for somebody to whom the rules allow it."""
        return True


def comment_field(label: Any, *, required: bool = False) -> forms.CharField:
    """Return a field for a few sentences."""
    return LinesField(label=label, required=required, widget=forms.Textarea(attrs={"rows": 2}))
