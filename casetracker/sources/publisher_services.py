"""Writing publishers. The review's services wrap this: what is public of them stands in records that cite a source."""

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
from casetracker.sources.addresses import host_of
from casetracker.sources.models import Publisher
from casetracker.sources.models.publishers import keys_of, name_key

PUBLISHER_FIELDS = ("name", "aliases", "owner", "country", "control", "website", "notes")
_LONGEST_KEY = 400


@transaction.atomic
def create_publisher(*, fields: Mapping[str, Any], by: User) -> Publisher:
    """Log a publisher. `fields` has values for `PUBLISHER_FIELDS`.

    Raises `InvalidContent` with a message for each field that does not fit.
    """
    publisher = Publisher(created_by=by)
    _write(publisher, fields, by)
    return publisher


@transaction.atomic
def update_publisher(publisher_id: UUID, *, fields: Mapping[str, Any], by: User, lock_version: int) -> Publisher:
    """Change a publisher. Only for the review's `edit_publisher`, which looks after the records that cite its sources.

    Raises `ChangedMeanwhile` if it is no longer at `lock_version`, else as `create_publisher`.
    """
    publisher = Publisher.objects.select_for_update().get(pk=publisher_id)
    if publisher.lock_version != lock_version:
        raise ChangedMeanwhile(
            _("This publisher was changed meanwhile by %(person)s. Reload it and make your change again.")
            % {"person": publisher.history.latest().history_user}
        )
    publisher.lock_version += 1
    _write(publisher, fields, by)
    return publisher


def _write(publisher: Publisher, fields: Mapping[str, Any], by: User) -> None:
    unknown = set(fields) - set(PUBLISHER_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a publisher: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(publisher, name, value)
    names = [publisher.name, *publisher.aliases]
    publisher.name_key = name_key(publisher.name)[:_LONGEST_KEY]
    publisher.name_keys = keys_of(names)
    publisher.host = host_of(publisher.website)[:255]
    publisher.search_text = fold(" ".join((*names, publisher.owner, publisher.website)))
    _refuse_double(publisher)
    publisher._history_user = by  # type: ignore[attr-defined]  # The name that django-simple-history reads.
    try:
        save_checked(publisher)
    except ValidationError as error:
        raise InvalidContent(_("The publisher has errors."), field_errors=_at_name(error.message_dict)) from error


def _refuse_double(publisher: Publisher) -> None:
    """Raise `InvalidContent` if another publisher has one of these names: a source could find either."""
    for place, name in [("name", publisher.name), *(("aliases", alias) for alias in publisher.aliases)]:
        other = Publisher.objects.called(name).exclude(pk=publisher.pk).first()
        if other is not None:
            message = _(
                "“%(name)s” is a name of the publisher “%(other)s” already. Edit that one, or use another name."
            )
            words = message % {"name": name, "other": other}
            raise InvalidContent(words, field_errors={place: [words]})


def _at_name(messages: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Tell what is wrong with what is derived from the name at the name."""
    found = {**messages}
    if "name_key" in found:  # Two people logged the same name at the same moment, or there is none.
        found.setdefault("name", found["name_key"])
        del found["name_key"]
    return found
