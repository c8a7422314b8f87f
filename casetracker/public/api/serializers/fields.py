"""How single values are described."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from casetracker.public import labels


def optional(**kwargs: Any) -> serializers.CharField:
    """Describe a text that may be missing."""
    return serializers.CharField(allow_null=True, **kwargs)


def code(choices: Mapping[str, object], *, null: bool = False, **kwargs: Any) -> serializers.ChoiceField:
    """Describe a code of a closed list."""
    return serializers.ChoiceField(choices=list(choices.items()), allow_null=null, **kwargs)


def edtf() -> serializers.CharField:
    """Describe a date as its source gives it."""
    return optional(help_text="EDTF: 2022, 2022-10 or 2022-10-26; ? if doubtful, ~ if approximate; or an interval.")


def day(**kwargs: Any) -> serializers.DateField:
    """Describe a day, such as one bound of such a date."""
    return serializers.DateField(allow_null=True, **kwargs)


def basis() -> serializers.ChoiceField:
    """Describe the basis of a status."""
    return code({basis: basis for _value, basis in labels.STATUSES if basis}, null=True)
