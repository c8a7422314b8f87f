"""Reading from an address from where one looks: as of which day, and as known when."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casetracker.public.view import NOW, View
from casetracker.publication.models import LogEntry
from casetracker.publication.reading import Head

AS_OF, KNOWN_AT = "as_of", "known_at"
KNOWN_AT_FORMS = ("YYYY-MM-DD", "YYYY-MM-DDTHH:MM:SSZ", "the number of a log entry")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z", re.ASCII)
_ENTRY = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
_LAST_MOMENT = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class KnownAt:
    """A state of our knowledge, as asked for: after an entry of the log, or before a moment (excluded).

    `held` holds the entry fast also where it is the last one: for what is read for so long that another may follow.
    """

    entry: int | None = None
    held: bool = False
    before: dt.datetime | None = None


class DayField(forms.DateField):
    """A day, written in full."""

    def __init__(self, **kwargs: Any) -> None:
        """Take no other form than ISO 8601."""
        message = _("Write a day as 2022-10-26.")
        super().__init__(input_formats=["%Y-%m-%d"], error_messages={"invalid": message}, **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        """Return the day. Raises `ValidationError` also for a day without its zeros."""
        if isinstance(value, str) and value.strip() and not _DAY.fullmatch(value.strip()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class AsOfField(DayField):
    """The day of the world of which one asks."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the label from here."""
        super().__init__(required=False, label=_("As of the day"), **kwargs)


class KnownAtField(forms.CharField):
    """A day (its end in UTC), a moment in UTC, or the number of a log entry. Gives a `KnownAt` or None."""

    default_error_messages = {  # noqa: RUF012 - as Django declares it
        "invalid": _("Write a day as 2022-12-05, a moment as 2022-12-05T14:00:00Z, or the number of a log entry.")
    }

    def __init__(self, **kwargs: Any) -> None:
        """Take the label from here."""
        super().__init__(required=False, max_length=40, label=_("As known at the end of the day"), **kwargs)

    def clean(self, value: Any) -> KnownAt | None:
        """Return what is asked for. It depends on the text alone, not on what is published."""
        text = super().clean(value)
        try:
            return _known_at(text) if text else None
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class KnownAtForm(forms.Form):
    """What a record can be asked: how it was known at some time."""

    known_at = KnownAtField()


class ViewForm(forms.Form):
    """From where to look."""

    as_of = AsOfField()
    known_at = KnownAtField()


class StatisticsForm(ViewForm):
    """From where to look, and with which earlier day to compare."""

    compared_with = DayField(required=False, label=_("Compared with the day"))

    def clean(self) -> dict[str, Any]:
        """Refuse to compare with a later day: what changed is told forwards."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        as_of, compared_with = values.get(AS_OF), values.get("compared_with")
        if as_of and compared_with and compared_with >= as_of:
            self.add_error("compared_with", _("Give a day before the one of as_of."))
        return values


def view_of(head: Head, values: Mapping[str, Any]) -> View:
    """Return the view that cleaned `values` ask for. One query at most.

    What is still to come shows what is known now.
    """
    return View(values.get(AS_OF), _sequence(head, values.get(KNOWN_AT)))


def check_entry(head: Head, values: Mapping[str, Any]) -> None:
    """Raise `ValidationError` for the number of an entry that the log does not have yet: it is rather a slip."""
    known_at = values.get(KNOWN_AT)
    if known_at and known_at.entry is not None and known_at.entry > head.sequence:
        raise ValidationError(_("The log has no such entry yet. Its last is %d.") % head.sequence)


def view_of_form(head: Head, form: forms.Form) -> View:
    """Return the view that a valid form asks for. The form gets an error for an entry that the log does not have."""
    try:
        check_entry(head, form.cleaned_data)
    except ValidationError as error:
        form.add_error(KNOWN_AT, error)
        return NOW
    return view_of(head, form.cleaned_data)


def _sequence(head: Head, known_at: KnownAt | None) -> int | None:
    """Return the last entry that was known; None if that is the head, which needs no looking back."""
    if known_at is None:
        return None
    if known_at.entry is not None:
        return known_at.entry if known_at.held or known_at.entry < head.sequence else None
    if known_at.before is None or head.published_at is None or head.published_at < known_at.before:
        return None
    earlier = LogEntry.objects.filter(published_at__lt=known_at.before).order_by("-published_at", "-sequence")
    return earlier.values_list("sequence", flat=True).first() or 0


def _known_at(text: str) -> KnownAt:
    if _ENTRY.fullmatch(text):
        return KnownAt(entry=int(text))
    if _DAY.fullmatch(text):
        return KnownAt(before=_after(dt.datetime.combine(dt.date.fromisoformat(text), dt.time.max, dt.UTC)))
    if _MOMENT.fullmatch(text):
        return KnownAt(before=_after(dt.datetime.fromisoformat(text)))
    raise ValueError(text)


def _after(moment: dt.datetime) -> dt.datetime:
    """Return the moment that follows, as far as there is one."""
    return moment if moment == _LAST_MOMENT else moment + dt.timedelta(microseconds=1)
