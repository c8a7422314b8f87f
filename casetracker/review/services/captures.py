"""Copies of sources: take them in, hand them out, see whether they are still what came in.

The bytes are written before the transaction that tells of them: what is killed in between leaves a whole file that
nothing names, and never a row without its file.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

import casetracker
from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent, NotAllowed
from casetracker.core.files import Copy, FileRefused, FileType, Purpose, examine, working_copies
from casetracker.review import policies
from casetracker.sources.capture_choices import CaptureMethod, CustodyAct
from casetracker.sources.likeness import packed, sketch
from casetracker.sources.models import Capture, CaptureCopy, CustodyEntry, Source
from casetracker.sources.storage import capture_storage, digest_of, keep_copy, keep_original, original_name

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """A file that is written, and what was found in it: all that a capture says, but whose it is."""

    digest: str
    size: int
    file_type: str
    media_type: str
    metadata: Mapping[str, str]
    copies: Sequence[tuple[Copy, str]] = field(default_factory=list)


def upload_capture(source_id: UUID, *, file: Any, file_name: str, by: User, note: str = "") -> Capture:
    """Keep a file (open for reading bytes) that a person has of a source, as it is, and make working copies of it.

    Raises `InvalidContent` for a file that is too large, is of no type that is taken, or cannot be read.
    """
    require_keeper(by)
    source = Source.objects.get(pk=source_id)
    digest, size = digest_of(file)
    check_room(size, by)
    _refuse_double(source, digest)
    kept = _keep(file)
    with transaction.atomic():
        capture = Capture(
            source=source,
            method=CaptureMethod.UPLOADED,
            digest=kept.digest,
            size=kept.size,
            file_type=kept.file_type,
            media_type=kept.media_type,
            metadata=dict(kept.metadata),
            file_name=file_name[-255:],
            note=note.strip(),
            tool=f"casetracker {casetracker.__version__}, upload",
            received_by=by,
        )
        write_capture(capture, kept.copies, by=by)
    return capture


def _keep(file: Any) -> Kept:
    """Look into a file and write it. Nothing of a file that is refused is written."""
    try:
        examined = examine(file)
    except FileRefused as refusal:
        raise InvalidContent(str(refusal), field_errors={"file": [str(refusal)]}) from refusal
    copies = copies_of(file, examined.file_type)
    digest, size = keep_original(file)
    return Kept(
        digest,
        size,
        examined.file_type.value,
        examined.media_type,
        examined.metadata,
        keep_copies(copies),
    )


def copies_of(file: Any, file_type: FileType) -> list[Copy]:
    """Make the working copies of a file. Of one that cannot be copied there are none: it is evidence all the same."""
    try:
        return working_copies(file, file_type)
    except FileRefused:
        return []


def keep_copies(copies: Sequence[Copy]) -> list[tuple[Copy, str]]:
    """Write working copies; return them with their names in the storage."""
    return [(copy, keep_copy(copy.content)) for copy in copies]


def write_capture(capture: Capture, copies: Sequence[tuple[Copy, str]], *, by: User) -> None:
    """Write the rows of a capture, inside the transaction of the caller."""
    capture.text_sketch = packed(sketch(capture.text))
    capture.full_clean()
    capture.save()
    for copy, name in copies:
        CaptureCopy(
            capture=capture,
            purpose=copy.purpose,
            name=name,
            media_type=copy.media_type,
            extension=copy.extension,
            digest=hashlib.sha256(copy.content).hexdigest(),
            size=len(copy.content),
        ).save()
    CustodyEntry(capture=capture, act=CustodyAct.RECEIVED, person=by).save()


def require_keeper(by: User) -> None:
    """Raise `NotAllowed` unless this person may bring copies of sources in."""
    if not policies.may_log(by):
        raise NotAllowed(_("Only researchers and editors keep copies of sources. Ask an administrator for the role."))


def check_room(size: int, by: User) -> None:
    """Raise `InvalidContent` if a file of this size (bytes) is too large for the limits on one, a day or all."""
    if size > settings.CAPTURE_LARGEST:
        _no_room(_("The file is larger than %(limit)s. Keep the part that matters."), settings.CAPTURE_LARGEST)
    if size + _taken(received_by=by, received_at__gt=timezone.now() - _A_DAY) > settings.CAPTURE_DAILY:
        _no_room(
            _("You have brought in more than %(limit)s within a day. Go on tomorrow, or ask a colleague."),
            settings.CAPTURE_DAILY,
        )
    if size + _taken() > settings.CAPTURE_QUOTA:
        _no_room(
            _("The store of copies is full: it may hold %(limit)s. Ask whoever runs this site for room."),
            settings.CAPTURE_QUOTA,
        )


def _taken(**conditions: Any) -> int:
    return Capture.objects.filter(**conditions).aggregate(total=Sum("size"))["total"] or 0


def _no_room(message: str, limit: int) -> None:
    message %= {"limit": filesizeformat(limit)}
    raise InvalidContent(message, field_errors={"file": [message]})


def _refuse_double(source: Source, digest: str) -> None:
    double = Capture.objects.filter(source=source, digest=digest).first()
    if double:
        message = _("This very file is kept with this source since %(time)s UTC.") % {
            "time": double.received_at.strftime("%Y-%m-%d %H:%M")
        }
        raise InvalidContent(message, field_errors={"file": [message]})


# --- Handing out ------------------------------------------------------------------


def hand_out_original(capture_id: UUID, *, by: User) -> Capture:
    """Note that this person takes the original out, after a look whether it still is what came in.

    Raises `NotAllowed` for who may only read, and `InvalidContent` for a file that was changed or is missing.
    """
    if not policies.may_open_originals(by):
        raise NotAllowed(
            _(
                "Originals may betray who made them: only researchers and editors get them. "
                "The text and the copies without hidden data are open to you."
            )
        )
    capture: Capture = Capture.objects.get(pk=capture_id)
    found = _look_at(original_name(capture.digest), capture.digest)
    if found != CustodyAct.VERIFIED:
        CustodyEntry(capture=capture, act=found, person=by).save()
        raise _damaged()
    CustodyEntry(capture=capture, act=CustodyAct.EXPORTED, person=by).save()
    return capture


def hand_out_copy(capture_id: UUID, purpose: Purpose, *, by: User) -> CaptureCopy:
    """Note that this person takes a copy without hidden data out of the desk. Raises as `hand_out_original`."""
    if not policies.may_read_desk(by):
        raise NotAllowed(_("This is for colleagues on the desk."))
    copy: CaptureCopy = CaptureCopy.objects.select_related("capture").get(capture=capture_id, purpose=purpose)
    if verify_copy(copy) != CustodyAct.VERIFIED:
        raise _damaged()
    CustodyEntry(capture=copy.capture, act=CustodyAct.EXPORTED, person=by, note=copy.purpose).save()
    return copy


def _damaged() -> InvalidContent:
    return InvalidContent(
        _(
            "The file is missing, or is not what came in. It is not handed out. Tell whoever runs this site: "
            "manage.py verify_captures names all such files."
        )
    )


@transaction.atomic
def open_capture(capture_id: UUID, *, by: User) -> Capture:
    """Note that this person looks at a copy of a source. Once an hour is enough for one who comes and goes."""
    if not policies.may_read_desk(by):
        raise NotAllowed(_("This is for colleagues on the desk."))
    capture: Capture = Capture.objects.select_related("source", "received_by").get(pk=capture_id)
    lately = timezone.now() - timedelta(hours=1)
    if not capture.custody.filter(act=CustodyAct.OPENED, person=by, at__gt=lately).exists():
        CustodyEntry(capture=capture, act=CustodyAct.OPENED, person=by).save()
    return capture


# --- Verifying --------------------------------------------------------------------


def verify_capture(capture: Capture) -> CustodyAct:
    """Hash what is kept of a capture again, and note in its custody what was found."""
    found = look_at_original(capture)
    CustodyEntry(capture=capture, act=found, person=None).save()
    return found


def look_at_original(capture: Capture) -> CustodyAct:
    """Hash what is kept of a capture again, and note it nowhere."""
    return _look_at(original_name(capture.digest), capture.digest)


def verify_copy(copy: CaptureCopy) -> CustodyAct:
    """Hash a working copy again. It can be made anew: nothing is noted."""
    return _look_at(copy.name, copy.digest)


def _look_at(name: str, digest: str) -> CustodyAct:
    storage = capture_storage()
    try:
        with storage.open(name) as file:
            same = digest_of(file)[0] == digest
    except FileNotFoundError:
        return CustodyAct.FOUND_MISSING
    except Exception:  # noqa: BLE001 - each storage has errors of its own, and the next file is to be looked at
        return CustodyAct.FOUND_UNREADABLE
    return CustodyAct.VERIFIED if same else CustodyAct.FOUND_CHANGED
