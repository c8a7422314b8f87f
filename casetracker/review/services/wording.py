"""Suggested wording: a reviewer proposes, the author takes over with one click."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, InvalidContent, WrongState
from casetracker.review import policies
from casetracker.review.choices import Action, NoticeKind, State, SuggestionState
from casetracker.review.content import build_content, content_digest, detail_of
from casetracker.review.kinds import kind_named
from casetracker.review.models import Record, Suggestion
from casetracker.review.models.record import IN_WORK
from casetracker.review.services.base import advance, lock_record, require_comment
from casetracker.review.services.editing import Edit, edit_record
from casetracker.review.services.notices import authors_of, tell
from casetracker.review.services.reviewing import submit_record, withdraw_record


@transaction.atomic
def suggest_wording(record_id: UUID, *, field: str, text: str, by: User, lock_version: int) -> Suggestion:
    """Propose other words for a text field of a record that is in review.

    The reviewer stays a reviewer: only an author can take the words over.
    """
    record = lock_record(record_id, lock_version)
    policies.check(record, Action.SUGGEST, by)
    if field not in kind_named(record.kind).texts:
        raise InvalidContent(_("Wording can be suggested for text fields only. Choose one of them."))
    text = require_comment(text, _("Write the wording that you suggest."))
    current = getattr(detail_of(record), field)
    if text == current:
        raise InvalidContent(_("That is how it reads already."), field_errors={"text": [_("No difference.")]})
    suggestion = Suggestion(
        record=record, round=record.round, field=field, current_text=current, suggested_text=text, person=by
    )
    suggestion.full_clean()
    suggestion.save()
    digest = content_digest(record, build_content(record))
    advance(record, Action.SUGGEST, by=by, digest=digest, comment=field)
    tell(record, NoticeKind.SUGGESTED, authors_of(record), by=by)
    return suggestion


@transaction.atomic
def accept_suggestion(suggestion_id: int, *, by: User, lock_version: int) -> Record:
    """Take suggested words over, as an author.

    A record in review is withdrawn, changed and submitted again in the same step; checks of citations
    that the words do not touch stay good. Raises `ChangedMeanwhile` if the text is no longer the one
    that the suggestion was made for.
    """
    record, suggestion = _lock_open(suggestion_id, lock_version)
    if getattr(detail_of(record), suggestion.field) != suggestion.current_text:
        raise ChangedMeanwhile(_("The text was changed since this was suggested. Edit it by hand."))
    was_in_review = record.state != State.DRAFT
    if was_in_review:
        record = withdraw_record(record.pk, by=by, lock_version=record.lock_version)
    edit = Edit(fields={suggestion.field: suggestion.suggested_text})
    note = f"Wording suggested by {suggestion.person}"
    record = edit_record(record.pk, edit, by=by, lock_version=record.lock_version, comment=note)
    if was_in_review:
        record = submit_record(record.pk, by=by, lock_version=record.lock_version)
    _close(suggestion, SuggestionState.ACCEPTED, by)
    tell(record, NoticeKind.ACCEPTED, Q(pk=suggestion.person_id), by=by)
    return record


@transaction.atomic
def decline_suggestion(suggestion_id: int, *, by: User, lock_version: int) -> Record:
    """Leave the words as they are, as an author of the round.

    The suggestion keeps who declined it. Nothing of the record changes, so its lock version stays.
    """
    record, suggestion = _lock_open(suggestion_id, lock_version)
    policies.check_person(record, Action.WITHDRAW, by)
    _close(suggestion, SuggestionState.DECLINED, by)
    tell(record, NoticeKind.DECLINED, Q(pk=suggestion.person_id), by=by)
    return record


def _lock_open(suggestion_id: int, lock_version: int) -> tuple[Record, Suggestion]:
    suggestions = Suggestion.objects.select_related("person")
    record = lock_record(suggestions.get(pk=suggestion_id).record_id, lock_version)
    suggestion = suggestions.get(pk=suggestion_id)  # As it is now that nobody else can decide it.
    if suggestion.state != SuggestionState.OPEN:
        raise WrongState(_("This suggestion was decided already."))
    if record.state not in IN_WORK:
        raise WrongState(
            _("The record is %(state)s: revise it to change its words.") % {"state": record.get_state_display()}
        )
    return record, suggestion


def _close(suggestion: Suggestion, state: SuggestionState, by: User) -> None:
    suggestion.state, suggestion.decided_by, suggestion.decided_at = state, by, timezone.now()
    suggestion.save()
