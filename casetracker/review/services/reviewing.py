"""Reviewing records: submit, check, verify, approve, return, withdraw, comment."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role, roles_of
from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed
from casetracker.core.languages import in_data_language
from casetracker.review import policies
from casetracker.review.captured import problems_before_approval
from casetracker.review.choices import Action, NoticeKind, Verdict
from casetracker.review.confidential_evidence import problems_in_confidence
from casetracker.review.content import build_content, content_digest
from casetracker.review.evidence import citation_digest as digest_of_citation
from casetracker.review.evidence import problems_before_review, problems_before_verification
from casetracker.review.kinds import Content, kind_named
from casetracker.review.models import Check, Comment, Record
from casetracker.review.public_text import surroundings_of, what_stays_private
from casetracker.review.services.base import advance, lock_record, require_comment, require_none
from casetracker.review.services.notices import authors_of, holder_of, tell, tell_of_comment, tell_of_submission


@transaction.atomic
def submit_record(record_id: UUID, *, by: User, lock_version: int) -> Record:
    """Hand a draft to the reviewers.

    Raises `InvalidContent` with all that is missing, each with its remedy.
    """
    record = lock_record(record_id, lock_version)
    content = check_submission(record, by=by)
    tell_of_submission(record, by=by)
    advance(record, Action.SUBMIT, by=by, digest=content_digest(record, content))
    return record


def check_submission(record: Record, *, by: User) -> Content:
    """Return the content of a draft that can be submitted. Raises the `DomainError` that forbids it otherwise."""
    policies.check(record, Action.SUBMIT, by)
    content = build_content(record)
    require_none(problems_before_review(content))
    return content


@transaction.atomic
def withdraw_record(record_id: UUID, *, by: User, lock_version: int, comment: str = "") -> Record:
    """Take a record back into draft, as one of its authors."""
    return _act(record_id, Action.WITHDRAW, by, lock_version, comment)


@transaction.atomic
def return_to_author(record_id: UUID, *, by: User, lock_version: int, comment: str) -> Record:
    """Send a record back into draft with a comment that says what to change."""
    record = _act(record_id, Action.RETURN, by, lock_version, require_comment(comment, _("Say what must change.")))
    tell(record, NoticeKind.RETURNED, authors_of(record), by=by)
    return record


def _act(record_id: UUID, action: Action, by: User, lock_version: int, comment: str) -> Record:
    record = lock_record(record_id, lock_version)
    policies.check(record, action, by)
    digest = content_digest(record, build_content(record))
    advance(record, action, by=by, digest=digest, comment=comment)
    return record


@transaction.atomic
def check_citation(
    record_id: UUID,
    citation_id: UUID,
    *,
    verdict: Verdict,
    by: User,
    lock_version: int,
    citation_digest: str,
    comment: str = "",
) -> Check:
    """Note what `by` found on opening the source of a citation.

    `citation_digest` is that of the citation as `by` saw it: if it, its source or the facts that it
    supports were changed meanwhile, `ChangedMeanwhile` asks to look again.
    """
    record = lock_record(record_id, lock_version)
    policies.check(record, Action.CHECK, by)
    if verdict != Verdict.SUPPORTS:
        require_comment(comment, _("Say what you found, so that the author can mend it."))
    content = build_content(record)
    citation = next((one for one in content["citations"] if one["id"] == str(citation_id)), None)
    if citation is None or digest_of_citation(content, citation) != citation_digest:
        raise ChangedMeanwhile(_("This citation or its source was changed meanwhile. Reload the page and look again."))
    check = Check(
        record=record,
        citation_uuid=citation_id,
        citation_digest=citation_digest,
        person=by,
        verdict=Verdict(verdict),
        by_editor=Role.EDITOR in roles_of(by),
        comment=comment.strip(),
    )
    check.save()
    with in_data_language():
        note = f"{citation['source']['publisher']}: {check.get_verdict_display()}"
    advance(record, Action.CHECK, by=by, digest=content_digest(record, content), comment=note)
    return check


@transaction.atomic
def verify_record(record_id: UUID, *, by: User, lock_version: int, comment: str = "") -> Record:
    """State that the citations were checked, by someone who is no author of this round.

    Raises `InvalidContent` naming each citation that was not checked as it is now, or that failed.
    """
    record = lock_record(record_id, lock_version)
    policies.check(record, Action.VERIFY, by)
    content = build_content(record)
    found = [*problems_before_verification(record, content), *problems_in_confidence(record, content, by=by)]
    require_none([*problems_before_review(content), *found])
    advance(record, Action.VERIFY, by=by, digest=content_digest(record, content), comment=comment)
    tell(record, NoticeKind.VERIFIED, holder_of(record), by=by)
    return record


@transaction.atomic
def approve_record(record_id: UUID, *, by: User, lock_version: int, comment: str = "") -> Record:
    """Accept exactly the content that was verified, as an editor who is no author of this round."""
    record = lock_record(record_id, lock_version)
    policies.check(record, Action.APPROVE, by)
    content = build_content(record)
    digest = content_digest(record, content)
    if digest != record.verified_digest:
        raise ChangedMeanwhile(
            _("A source of this record was changed since it was verified. Return it, so that it is checked again.")
        )
    around = surroundings_of([content], going_out={record.pk: content})
    found = [*problems_in_confidence(record, content, by=by), *what_stays_private(record, content, around)]
    require_none([*problems_before_review(content), *problems_before_approval(content), *found])
    advance(record, Action.APPROVE, by=by, digest=digest, comment=comment)
    return record


@transaction.atomic
def comment_on_record(record_id: UUID, *, text: str, by: User, field: str = "") -> Comment:
    """Leave a remark for colleagues on a record or one of its fields; “@ana” tells Ana of it."""
    if not policies.may_log(by):
        raise NotAllowed(_("Only researchers and editors comment."))
    if not text.strip():
        raise InvalidContent(_("Write something first."), field_errors={"text": [_("Write something first.")]})
    record = Record.objects.get(pk=record_id)
    kind = kind_named(record.kind)
    if field not in {"", *kind.fields, *kind.private, *kind.rows}:
        message = _("“%(field)s” is no field of this record.") % {"field": field}
        raise InvalidContent(message, field_errors={"field": [message]})
    comment = Comment(record=record, field=field, person=by, text=text.strip())
    comment.save()
    tell_of_comment(comment)
    return comment
