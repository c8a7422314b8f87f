"""Single filters, of which the filter sets of lists are made."""

import re
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from casetracker.public.models import CitationLink, ClaimDocument
from casetracker.public.models.base import VersionedQuerySet

TEXT_LENGTH = 200
WHOLE_NUMBER = re.compile("0|[1-9][0-9]{0,11}")  # longer than any count, and fits the column
NONE = "none"  # The value that asks for an empty column.


class CodesWidget(forms.SelectMultiple):
    """Several codes: as a repeated parameter or in one with commas."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return the codes, each once, in their order."""
        given = data.getlist(name) if isinstance(data, MultiValueDict) else [data.get(name) or ""]
        codes = (code.strip() for text in given for code in text.split(","))
        return [code for code in dict.fromkeys(codes) if code]


class CodesField(forms.MultipleChoiceField):
    """Codes out of a closed list."""

    widget = CodesWidget
    default_error_messages: ClassVar[dict[str, Any]] = {"invalid_choice": _("“%(value)s” is not one of the codes.")}


class CodesFilter(django_filters.Filter):
    """Keep the rows with one of the given codes. `none` stands for an empty column, where it is offered."""

    field_class = CodesField

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        """Return the rows with one of the codes; all without codes."""
        codes = ["" if code == NONE else code for code in value]
        return queryset.filter(**{f"{self.field_name}__in": codes}) if codes else queryset


class FlagFilter(django_filters.TypedChoiceFilter):
    """Keep the rows where something is true, or where it is not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the two words."""
        kwargs["choices"] = (("true", _("yes")), ("false", _("no")))
        super().__init__(*args, coerce=lambda text: text == "true", **kwargs)


class DayFilter(django_filters.DateFilter):
    """Compare a day with one bound of a date that may be vague.

    “After” keeps what may lie on the day or later, “before” what may lie on it or earlier.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read no other form than ISO 8601."""
        super().__init__(*args, input_formats=["%Y-%m-%d"], **kwargs)


class TextFilter(django_filters.CharFilter):
    """Keep the rows with exactly this text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Limit the length to that of the column."""
        super().__init__(*args, max_length=TEXT_LENGTH, **kwargs)


class LanguageTagField(forms.CharField):
    """The tag of a language. Pages show its name."""


class LanguageFilter(TextFilter):
    """Keep the rows in exactly this language."""

    field_class = LanguageTagField


class ReferenceFilter(django_filters.CharFilter):
    """Keep the records that point to the record with this reference."""

    field_class = forms.RegexField

    def __init__(self, prefix: str, *args: Any, **kwargs: Any) -> None:
        """Take the letter of the references, such as S."""
        # Put together only when it is read: each reader has a language, and filters are made once.
        message = lazy(lambda: _("Write a reference such as %(example)s.") % {"example": f"{prefix}-1"}, str)
        kwargs["error_messages"] = {"invalid": message()}
        super().__init__(*args, regex=rf"^{prefix}-[1-9][0-9]{{0,8}}\Z", **kwargs)


class CitedSourceFilter(ReferenceFilter):
    """Keep the records that cite a source."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """Return the records that cite it; all without a reference."""
        # The links of the very version, so that it does not matter from when one looks.
        links = CitationLink.objects.filter(
            source_reference=value, record_reference=OuterRef("reference"), from_seq=OuterRef("from_seq")
        )
        return queryset.filter(Exists(links)) if value else queryset


class SupersededFilter(FlagFilter):
    """Keep the claims that another one in the same view replaced, or those that none did.

    A claim stands again when the one that replaced it is retracted, and on a day on which that one was not made yet.
    """

    def filter(self, queryset: VersionedQuerySet, value: bool | str) -> QuerySet:
        """Return the claims that are superseded or not; all without a value."""
        newer = Exists(ClaimDocument.objects.seen(queryset.view).filter(reference=OuterRef("superseded_by")))
        return queryset if value == "" else queryset.filter(newer if value else ~newer)


class WholeNumberField(forms.IntegerField):
    """A number in plain digits."""

    def to_python(self, value: Any) -> int | None:
        """Refuse the other ways in which Python reads numbers: signs, underscores, digits of other scripts."""
        if value and not WHOLE_NUMBER.fullmatch(str(value)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class WholeNumberFilter(django_filters.Filter):
    """Compare a count with a number."""

    field_class = WholeNumberField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what is meant by a number."""
        super().__init__(*args, error_messages={"invalid": _("Write a whole number in digits.")}, **kwargs)
