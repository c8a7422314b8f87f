"""Writing and reading confidential sources. Every reading leaves a row that says who, when and why.

Only cleared people get here; everybody else is told that nothing is there, by the pages. No message holds a word of a
source: messages go into cookies, sessions and logs.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed
from casetracker.review import policies
from casetracker.review.choices import Action, ConfidentialAct, ParticipationRole, ReadingReason, State
from casetracker.review.models import ConfidentialCitation, ConfidentialEvent, Record
from casetracker.review.models.record import IN_WORK
from casetracker.review.services.base import note_change_elsewhere, participate
from casetracker.sources.models.confidential import ConfidentialSource, new_label

LONGEST_TEXT = 10_000  # characters of one part


@transaction.atomic
def add_confidential_source(*, parts: Mapping[str, str], by: User) -> ConfidentialSource:
    """Write down a confidential source, under a random label.

    `parts` are its texts by their names. Raises `InvalidContent`, `NotAllowed`, or `SealingOff` without a key.
    """
    require_cleared(by)
    source = ConfidentialSource(label=_free_label())
    source.put(_checked_parts(parts))
    source.full_clean()
    source.save(force_insert=True)
    note(ConfidentialAct.ADDED, source, by=by)
    return source


def _free_label() -> str:
    label = new_label()
    while ConfidentialSource.objects.filter(label=label).exists():
        label = new_label()
    return label


def _checked_parts(parts: Mapping[str, str]) -> dict[str, str]:
    texts = checked_texts(parts, ConfidentialSource.sealed_parts)
    if not texts["title"]:
        message = _("Say who or what it is.")
        raise InvalidContent(message, field_errors={"title": [message]})
    return texts


def checked_texts(parts: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """Return the named texts without blanks around them. Raises `InvalidContent` if one is too long."""
    texts = {name: parts.get(name, "").replace("\r\n", "\n").strip() for name in names}
    for name, text in texts.items():
        if len(text) > LONGEST_TEXT:
            message = _("Shorten this to %(limit)d characters.") % {"limit": LONGEST_TEXT}
            raise InvalidContent(message, field_errors={name: [message]})
    return texts


@transaction.atomic
def change_confidential_source(
    source_id: UUID, *, parts: Mapping[str, str], by: User, lock_version: int
) -> ConfidentialSource:
    """Change what is kept of a confidential source.

    If who it is, its role or its place changes, what colleagues found of its citations lapses. Where the public reads
    of it, that is a change of the record, as with an ordinary source: `by` becomes an author of what is being worked
    on, and a live record is flagged for revision. Elsewhere nothing of the record changes.
    """
    require_cleared(by)
    # Records are locked before sources, as in every other service.
    touched = list(_records_showing(source_id))
    source = ConfidentialSource.objects.select_for_update().get(pk=source_id)
    if source.lock_version != lock_version:
        raise ChangedMeanwhile(_("A colleague changed it meanwhile. Open it again, and make your change there."))
    before = source.seal
    source.put(_checked_parts(parts))
    source.lock_version += 1
    source.full_clean()
    source.save()
    note(ConfidentialAct.CHANGED, source, by=by)
    if {record.pk for record in _records_showing(source_id)} - {record.pk for record in touched}:
        raise ChangedMeanwhile(_("A colleague cited it at this moment. Make your change again."))
    for record in touched if source.seal != before else ():
        _note_change(record, by)
    return source


def _records_showing(source_id: UUID) -> "list[Record]":
    shown = ConfidentialCitation.objects.standing().filter(source=source_id, shown=True).values("record")
    found = Record.objects.filter(pk__in=shown).exclude(state=State.DISCARDED)
    return list(found.order_by("pk").select_for_update())


def _note_change(record: Record, by: User) -> None:
    if record.state in IN_WORK:
        if policies.side_of(record, by) == ParticipationRole.REVIEWER:
            raise NotAllowed(
                _("You review “%(record)s”, which rests on this source. Ask a colleague to change it.")
                % {"record": record.label}
            )
        participate(record, by, ParticipationRole.AUTHOR)
    note_change_elsewhere(record, Action.EDIT, by=by, comment="")  # In words, everybody at the desk would read them.


@transaction.atomic
def open_confidential_source(source_id: UUID, *, reason: ReadingReason, by: User) -> dict[str, str]:
    """Return the texts of a confidential source by their names, and note who read them and why.

    Raises `CannotUnseal`, with what to do, if no key opens it.
    """
    require_cleared(by)
    source = ConfidentialSource.objects.get(pk=source_id)
    texts = source.unsealed()
    note(ConfidentialAct.OPENED, source, by=by, reason=reason)
    return texts


def require_cleared(by: User) -> None:
    """Raise `NotAllowed` unless this person may know of confidential sources."""
    if not policies.may_read_confidential(by):
        raise NotAllowed(_("You have no access to this. Ask an administrator if you should."))


def note(
    act: ConfidentialAct,
    source: ConfidentialSource,
    *,
    by: User,
    citation: ConfidentialCitation | None = None,
    reason: ReadingReason | None = None,
) -> None:
    """Note what somebody did with a confidential source."""
    why = ReadingReason(reason).value if reason else ""
    ConfidentialEvent(source=source, citation=citation, person=by, act=act, reason=why).save()
