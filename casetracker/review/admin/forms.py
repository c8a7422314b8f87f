"""Forms that hand their values to a service, and show what it refuses."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.models import BaseInlineFormSet

from casetracker.core.errors import DomainError
from casetracker.review.kinds import RowKind
from casetracker.review.models import Record


class ServiceForm(forms.ModelForm):
    """A form of the admin whose saving is left to a service.

    `refusal` is what the service said to the same values a moment ago: it is shown at its fields.
    `shown_version` is the version of what the form is about.
    """

    refusal: DomainError | None = None
    shown_version: int | None = None
    seen_version = forms.IntegerField(label="", widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the version that the person looks at, here: all forms of the process share one field."""
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = self.shown_version

    def clean(self) -> dict[str, Any]:
        """Add what the service refused to the errors of the form itself."""
        values = super().clean() or {}
        if self.refusal:
            self._show(self.refusal)
        return values

    def _show(self, refusal: DomainError) -> None:
        if not refusal.field_errors:
            self.add_error(None, str(refusal).split("\n"))
        for name, messages in refusal.field_errors.items():
            if name in self.fields and name != "seen_version":
                self.add_error(name, messages)
            else:
                place = "" if name == NON_FIELD_ERRORS else f"{self._called(name)}: "
                self.add_error(None, [f"{place}{message}" for message in messages])

    def _called(self, name: str) -> str:
        """Return what people call a field that the form does not show, or a place in rows."""
        fields = {field.name: field for field in self._meta.model._meta.get_fields()}
        return str(getattr(fields.get(name), "verbose_name", name.replace("_", " ")))


class LinesField(forms.CharField):
    """A text of several lines, with the line ends that are stored, whatever the browser sends.

    Otherwise looking at a text and saving it would change it, and with it what was checked.
    """

    def to_python(self, value: Any) -> str:
        """Read CR LF as LF."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class RowFormSet(BaseInlineFormSet):
    """Rows that are shown again as they were typed, even if somebody has removed them meanwhile."""

    def get_queryset(self) -> Any:
        """Return the rows in the order of the form that was sent, with a blank for each that is gone."""
        rows = super().get_queryset()
        if not self.is_bound:
            return rows
        by_key = {str(row.pk): row for row in rows}
        sent = (
            self.data.get(f"{self.add_prefix(number)}-id", "")
            for number in range(min(self.initial_form_count(), self.absolute_max))
        )
        model: Any = self.model
        return [by_key.get(key) or model() for key in sent]


class RecordFormSet(RowFormSet):
    """Rows that hang on the record itself, on the page of its station, response or other."""

    def __init__(self, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        """Take the record of what the page is about; a page for a new one has none yet."""
        record = Record.objects.filter(pk=instance.pk).first() if instance and instance.pk else None
        super().__init__(*args, instance=record or Record(), **kwargs)  # type: ignore[misc]


def rows_in(formset: BaseInlineFormSet, spec: RowKind) -> list[dict[str, Any]]:
    """Return the rows that a formset asks for, as the services take them: complete, without deleted ones."""
    return [_row(form, spec) for form in _kept(formset)]


def _kept(formset: BaseInlineFormSet) -> Iterable[Any]:
    for form in formset.forms:
        if form not in formset.deleted_forms and (_is_saved(form) or form.has_changed()):
            yield form


def _row(form: Any, spec: RowKind) -> dict[str, Any]:
    names = [name for name in (*spec.fields, *spec.private) if name in form.cleaned_data]
    row = {name: form.cleaned_data[name] for name in names}
    return {**row, "id": form.instance.pk} if _is_saved(form) else row


def _is_saved(form: Any) -> bool:
    return not form.instance._state.adding
