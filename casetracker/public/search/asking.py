"""What search can be asked, by API and page alike."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Field, PositiveBigIntegerField, PositiveSmallIntegerField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casetracker.public.filter_fields import CodesField
from casetracker.public.keyset import BadCursor, Ordering, decode_cursor, encode_cursor
from casetracker.public.labels import RECORD_KINDS
from casetracker.public.search.finding import GOVERNMENT, KINDS, LONGEST, Position

QUERY, KIND = "q", "kind"
# In the language of the data: the page has names of its own.
KIND_LABELS: Mapping[str, str] = {GOVERNMENT: "Government", **RECORD_KINDS, "source": "Source"}
RELEVANCE = Ordering("-relevance", ("bucket", "entry"))


class KindsField(CodesField):
    """Kinds of what can be found, in the order in which they are found."""

    def clean(self, value: Any) -> list[str]:
        """Return the kinds that are asked for; all of them without any."""
        asked = super().clean(value)
        return [kind for kind in KINDS if kind in asked or not asked]


class SearchForm(forms.Form):
    """What to look for, and among what."""

    q = forms.CharField(
        max_length=LONGEST,
        label=_("Words to search for"),
        error_messages={"max_length": _("Search for %(limit_value)d characters at most: these are %(show_value)d.")},
    )
    kind = KindsField(choices=list(KIND_LABELS.items()), required=False, label=_("Kind"))


def cursor_at(position: Position) -> str:
    """Return the cursor of what follows a position."""
    return encode_cursor(RELEVANCE, (position.bucket, position.entry))


def position_of(cursor: str) -> Position | None:
    """Return the position that a cursor leads behind; None without one. Raises `BadCursor`."""
    if not cursor:
        return None
    fields: list[Field] = [PositiveSmallIntegerField(), PositiveBigIntegerField()]
    bucket, entry = decode_cursor(RELEVANCE, cursor, fields)
    if bucket >= 2 * len(KINDS):
        raise BadCursor(gettext("No cursor of this list. Use the address that “next” gave, as it is."))
    return Position(bucket, entry)
