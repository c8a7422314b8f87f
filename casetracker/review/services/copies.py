"""Saying of two sources that one copies the other, or that neither does."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent, NotAllowed, WrongState
from casetracker.review import policies
from casetracker.review.copies import derivation_of
from casetracker.review.services.apart import remember
from casetracker.review.services.sources import edit_source
from casetracker.sources.models import Source, SourceDistinction
from casetracker.sources.origins import origins_of


@transaction.atomic
def mark_as_copy(copy_id: UUID, *, of: UUID, by: User, lock_version: int) -> Source:
    """Say that a source repeats another one, which may be in another language: both count as one from then on.

    It is an edit of the copy, with all that follows from one (see `edit_source`). Raises `WrongState` if it is said
    already what the copy derives from: that is no longer one click.
    """
    _require_role(by)
    copy = Source.objects.select_related("derived_from").filter(pk=copy_id).first()
    original = Source.objects.filter(pk=of).first()
    if copy is None or original is None:
        raise InvalidContent(_("One of the two sources is not there. Reload the page."))
    if copy.derived_from is not None:
        raise WrongState(
            _("“%(copy)s” derives from “%(parent)s” already. Open its page if that must be changed.")
            % {"copy": copy, "parent": copy.derived_from}
        )
    SourceDistinction.objects.between(copy_id, of).delete()  # Whoever told them apart is overruled.
    fields = {"derived_from": original, "derivation": derivation_of(copy, original)}
    return edit_source(copy_id, fields=fields, by=by, lock_version=lock_version)


@transaction.atomic
def tell_sources_apart(one: UUID, other: UUID, *, by: User, reason: str = "") -> SourceDistinction:
    """Remember that neither of two sources copies the other, so that nobody is asked again.

    It changes neither source. Who has said so already is kept.
    """
    _require_role(by)
    if one == other or Source.objects.filter(pk__in=(one, other)).count() != 2:
        raise InvalidContent(_("Choose two sources."))
    if len(set(origins_of((one, other)).values())) == 1:
        raise WrongState(_("The two go back to the same document. Take that out on the page of the copy first."))
    return remember(SourceDistinction, one, other, by=by, reason=reason)


@transaction.atomic
def forget_source_distinction(one: UUID, other: UUID, *, by: User) -> None:
    """Let one of two sources be suggested as a copy of the other again. It is no error if it is already."""
    _require_role(by)
    SourceDistinction.objects.between(one, other).delete()


def _require_role(by: User) -> None:
    if not policies.may_log(by):
        raise NotAllowed(_("Only researchers and editors say what is a copy. Ask an administrator for the role."))
