"""A short list of texts in one column."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

MAX_LENGTH = 200  # characters of one text


class TextListFormField(forms.CharField):
    """Texts one after the other, with semicolons between them."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list as one line."""
        return "; ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Read a line as a list, without empty texts and without repetitions."""
        parts = (part.strip() for part in str(value or "").split(";"))
        return list(dict.fromkeys(part for part in parts if part))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the lists, not their spelling."""
        return bool((initial or []) != self.to_python(data))


class TextListField(models.JSONField):
    """A list of texts, empty by default; edited as one line with semicolons."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start from an empty list."""
        kwargs.update(default=list, blank=True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Raise `ValidationError` unless the value is a list of texts that say something."""
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            raise ValidationError(_("Give texts with semicolons between them."), code="text_list")
        if any(len(text) > MAX_LENGTH for text in value):
            raise ValidationError(
                _("Shorten each text to %(limit)d characters."), code="text_list_length", params={"limit": MAX_LENGTH}
            )

    def formfield(self, **kwargs: Any) -> Any:
        """Return a one-line field."""
        return TextListFormField(
            required=False, label=capfirst(self.verbose_name), help_text=self.help_text, widget=kwargs.get("widget")
        )
