"""How single values are described.

What a field means is said here and in the serializers beside this, and nowhere else: the OpenAPI description, the
schemas of downloads and the dictionary of their columns are made of it.
"""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from casetracker.public import labels

# The ends of names whose fields say otherwise what the field before that end says.
_AGAIN = {
    "_label": "In words: {}.",
    "_name": "In words: {}.",
    "_iso3": "ISO 3166-1 alpha-3 of {}.",
    "_earliest": "The first day that {} allows.",
    "_latest": "The last day that {} allows.",
    "_translation": "In English: {}.",
}
DATE = (
    "As precisely as it is known: 2022, 2022-10 or 2022-10-26; ? if doubtful, ~ if approximate; or an interval "
    "(ISO 8601-2)."
)


class Described(serializers.Serializer):
    """A row, or a part of one. Fields that say in another way what another field says are described by their name."""

    def get_fields(self) -> dict[str, Any]:
        """Fill in what fields mean whose names tell it."""
        fields = super().get_fields()
        for name, field in fields.items():
            if not field.help_text:
                field.help_text = _told_by(name, fields)
        return fields


def _told_by(name: str, fields: Mapping[str, Any]) -> str | None:
    for ending, words in _AGAIN.items():
        if name.endswith(ending) and name.removesuffix(ending) in fields:
            return words.format(name.removesuffix(ending))
    return None


def optional(**kwargs: Any) -> serializers.CharField:
    """Describe a text that may be missing."""
    return serializers.CharField(allow_null=True, **kwargs)


def code(choices: Mapping[str, object], *, null: bool = False, **kwargs: Any) -> serializers.ChoiceField:
    """Describe a code of a closed list."""
    return serializers.ChoiceField(choices=list(choices.items()), allow_null=null, **kwargs)


def edtf(what: str = "") -> serializers.CharField:
    """Describe a date as its source gives it."""
    return optional(help_text=f"{what} {DATE}".strip())


def day(**kwargs: Any) -> serializers.DateField:
    """Describe a day, such as one bound of such a date."""
    return serializers.DateField(allow_null=True, **kwargs)


def basis() -> serializers.ChoiceField:
    """Describe the basis of a status."""
    bases = {basis: basis for _value, basis in labels.STATUSES if basis}
    return code(bases, null=True, help_text="What the status rests on: how a place was closed, or why nothing is done.")
