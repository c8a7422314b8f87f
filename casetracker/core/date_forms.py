"""A form field for dates as people write them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.core.dates import EXAMPLES
from casetracker.core.typed_dates import MOST_CHARACTERS, TypedDate, read_date


def reading_words(typed: str, date: TypedDate) -> str:
    """Say how a typed date is read."""
    said = _("“%(typed)s” is read as %(edtf)s.")
    if date.others:
        said = _("“%(typed)s” is read as %(edtf)s, the season north of the equator. South of it that is %(others)s.")
    return said % {"typed": typed, "edtf": date.text, "others": ", ".join(date.others)}


class TypedDateField(forms.CharField):
    """A date in any form that `read_date` knows.

    Anything but EDTF is said back before it counts: the form is refused once, with the EDTF in the field and the
    reading beside it. Sent again as it is then, it passes.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Take texts longer than the EDTF that they stand for."""
        kwargs["max_length"] = MOST_CHARACTERS
        if kwargs.get("help_text", EXAMPLES) is EXAMPLES:  # A form takes more than what is kept.
            kwargs["help_text"] = gettext_lazy("For example 2022, Oct 2022 or 26-10-2022; ? if doubtful.")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return EDTF. Raises `ValidationError` with the reading of anything else."""
        typed = super().clean(value)
        if not typed:
            return str(typed)
        try:
            date = read_date(typed)
        except ValueError as error:
            raise ValidationError(str(error), code="edtf") from error
        if date.text != typed:
            said = _("%(reading)s Save again if that is right.") % {"reading": reading_words(typed, date)}
            raise ValidationError(said, code="said_back")
        return date.text

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show what was read instead of what was typed, where the form is shown again."""
        try:
            return read_date(data).text if data and len(data) <= MOST_CHARACTERS else data
        except ValueError:
            return data
