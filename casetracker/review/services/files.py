"""Taking a record's file out of the desk."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import NotAllowed
from casetracker.review import policies
from casetracker.review.models import FileExport


@transaction.atomic
def note_file_export(
    record_id: UUID, *, digest: str, with_private_terms: bool, by: User, at: dt.datetime
) -> FileExport:
    """Note that `by` took a file of the record out that was made `at` this moment and has this SHA-256.

    Nothing of the record changes, so it is no decision and needs no lock. Raises `NotAllowed` for private
    terms that this person may not take out.
    """
    if not policies.may_read_desk(by):
        raise NotAllowed(_("Only colleagues who read the desk take files out. Ask an administrator for a role."))
    if with_private_terms and not policies.may_take_out_private_terms(by):
        raise NotAllowed(_("Only researchers and editors take private terms out. Make the file without them."))
    export = FileExport(record_id=record_id, person=by, at=at, digest=digest, with_private_terms=with_private_terms)
    export.full_clean()
    export.save()
    return export
