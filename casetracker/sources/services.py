"""Writing sources. The review's services wrap the edit, because records in work may cite the source."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, InvalidContent
from casetracker.core.saving import save_checked
from casetracker.core.text import fold
from casetracker.sources.addresses import address_key, host_of
from casetracker.sources.models import Publisher, Source
from casetracker.sources.origins import derives_from, line_of

# What is said of a source, in the order in which people read it.
FIELDS = (
    "title",
    "publisher",
    "published_by",
    "author",
    "published",
    "url",
    "language",
    "type",
    "derived_from",
    "derivation",
    "reliability",
    "notes",
)
EDITABLE_FIELDS = frozenset(FIELDS)


@transaction.atomic
def create_source(*, fields: Mapping[str, Any], by: User, source_id: UUID | None = None) -> Source:
    """Log a source. `fields` has values for `EDITABLE_FIELDS`.

    Where they do not say who stands behind it, its publisher is looked for by name and site.
    Raises `InvalidContent` with a message for each field that does not fit.
    """
    source = Source(created_by=by, **({"id": source_id} if source_id else {}))
    _assign(source, fields)
    if source.published_by is None:
        source.published_by = Publisher.objects.behind(source.publisher, source.host)
    _save(source, by)
    return source


@transaction.atomic
def update_source(source_id: UUID, *, fields: Mapping[str, Any], by: User, lock_version: int) -> Source:
    """Change a source. Only for the review's `edit_source`, which looks after the records that cite it.

    Raises `ChangedMeanwhile` if it is no longer at `lock_version`, else as `create_source`.
    """
    _lock(source_id, fields.get("derived_from"))
    source = Source.objects.get(pk=source_id)
    if source.lock_version != lock_version:
        raise ChangedMeanwhile(
            _("This source was changed meanwhile by %(person)s. Reload it and make your change again.")
            % {"person": source.history.latest().history_user}
        )
    _assign(source, fields)
    parent = source.derived_from
    if parent and derives_from(parent.pk, source.pk):
        message = _("“%(parent)s” derives from this source: that would be a circle.") % {"parent": parent}
        raise InvalidContent(message, field_errors={"derived_from": [message]})
    source.lock_version += 1
    _save(source, by)
    return source


def _lock(source_id: UUID, parent: Source | None) -> None:
    """Lock a source, and all that it is about to derive from, always in the same order.

    Of two changes that would close a circle together, the second then waits and sees the first.
    """
    line = line_of(parent.pk) if parent else []
    list(Source.objects.filter(pk__in=[source_id, *line]).order_by("pk").select_for_update().values_list("pk"))


def _assign(source: Source, fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - EDITABLE_FIELDS
    if unknown:
        raise ValueError(f"not fields of a source: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(source, name, value)
    source.search_text = fold(" ".join((source.title, source.publisher, source.author, source.url)))
    source.address_key, source.host = address_key(source.url), host_of(source.url)[:255]


def _save(source: Source, by: User) -> None:
    source._history_user = by  # type: ignore[attr-defined]  # The name that django-simple-history reads.
    try:
        save_checked(source)
    except ValidationError as error:
        raise InvalidContent(_("The source has errors."), field_errors=error.message_dict) from error
