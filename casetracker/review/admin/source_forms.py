"""Forms of sources: what the address suggests, and what is known at it already."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.review.admin.forms import ServiceForm
from casetracker.sources.models import Source

_MOST_KNOWN = 10


class AddressForm(forms.Form):
    """The address of a document, from which the form of its source is filled in."""

    url = forms.URLField(
        label=gettext_lazy("Address of the document"),
        max_length=2000,
        assume_scheme="https",
        validators=[URLValidator(schemes=("http", "https"))],
        help_text=gettext_lazy("Nothing is fetched: guesses come from the address and from the known sources."),
        widget=forms.URLInput(attrs={"class": "vURLField", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take ids of its own: it stands beside the form of a source, which has a field of the same name."""
        super().__init__(*args, **{"auto_id": "address_%s", **kwargs})


class SourceForm(ServiceForm):
    """A source.

    `suggested` is what its address suggests: each such field says that it was guessed. An address that is known
    already is refused once, until the person says that this is another document.
    """

    suggested: Mapping[str, str] = {}
    is_other = forms.BooleanField(required=False, label=gettext_lazy("This is another document"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say at each guess that it is one, as long as it stands there."""
        super().__init__(*args, **kwargs)
        for name, value in self.suggested.items():
            if name != "url" and name in self.fields and self[name].value() == value:
                self[name].help_text = _("Guessed from the address. Please check it.")
                widget = self.fields[name].widget
                widget.attrs["class"] = f"{widget.attrs.get('class', '')} guessed".strip()

    def clean(self) -> dict[str, Any]:
        """Refuse an address that is known, unless the person says that the document is another."""
        values = super().clean()
        if values.get("url") and not values.get("is_other") and self.known_sources:
            self.add_error(
                "url",
                _("This address, or a copy of the document, is known already. Look at the sources above, and use one."),
            )
        return values

    @cached_property
    def known_sources(self) -> list[Source]:
        """The sources that are known at the address in the form, and what derives from them directly. One query."""
        if "url" not in self.fields or not self._asks():
            return []
        known = Source.objects.known_at(self["url"].value() or "").exclude(pk=self.instance.pk)
        return list(known.select_related("derived_from").order_by("publisher", "title", "pk")[:_MOST_KNOWN])

    def _asks(self) -> bool:
        return self.instance._state.adding or (self.is_bound and "url" in self.changed_data)
