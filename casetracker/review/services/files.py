"""Taking files out of the desk: the file of a record, or a list of records."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import NotAllowed
from casetracker.review import policies
from casetracker.review.choices import SheetFormat
from casetracker.review.models import FileExport, ListExport


@transaction.atomic
def note_file_export(
    record_id: UUID, *, digest: str, with_private_terms: bool, by: User, at: dt.datetime
) -> FileExport:
    """Note that `by` took a file of the record out that was made `at` this moment and has this SHA-256.

    Nothing of the record changes, so it is no decision and needs no lock. Raises `NotAllowed` for private
    terms that this person may not take out.
    """
    _check_may_take_out(by, with_private=with_private_terms)
    export = FileExport(record_id=record_id, person=by, at=at, digest=digest, with_private_terms=with_private_terms)
    export.full_clean()
    export.save()
    return export


@transaction.atomic
def note_list_export(
    *, sheet_kind: str, file_format: SheetFormat, rows: int, with_private: bool, digest: str, by: User
) -> ListExport:
    """Note that `by` takes a list out: a file of so many rows of a kind, with this SHA-256.

    Nothing of the records changes, so it is no decision and needs no lock. Raises `NotAllowed` for private parts
    that this person may not take out.
    """
    _check_may_take_out(by, with_private=with_private)
    export = ListExport(
        sheet_kind=sheet_kind, file_format=file_format, rows=rows, with_private=with_private, digest=digest, person=by
    )
    export.full_clean()
    export.save()
    return export


def _check_may_take_out(person: User, *, with_private: bool) -> None:
    if not policies.may_read_desk(person):
        raise NotAllowed(_("Only colleagues who read the desk take files out. Ask an administrator for a role."))
    if with_private and not policies.may_take_out_private_terms(person):
        raise NotAllowed(_("Only researchers and editors take private terms out. Make the file without them."))
