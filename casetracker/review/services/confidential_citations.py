"""Citing confidential sources in records, and checking what is cited.

To colleagues who are not cleared, each change is an edit in which nothing changed, as when somebody saves a form as it
was: no decision says more.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role, roles_of
from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed, WrongState
from casetracker.core.languages import in_data_language
from casetracker.core.sealing import CannotUnseal, seal_aside, unseal_aside
from casetracker.review import policies
from casetracker.review.choices import Action, ConfidentialAct, ReadingReason, Stance, State, Verdict
from casetracker.review.confidential_evidence import digest_of
from casetracker.review.content import build_content, content_digest
from casetracker.review.kinds import kind_named
from casetracker.review.models import ConfidentialCheck, ConfidentialCitation, ConfidentialEvent, Record
from casetracker.review.services.base import advance, lock_record, require_comment
from casetracker.review.services.confidential_sources import checked_texts, note, require_cleared
from casetracker.sources.models.confidential import ConfidentialSource

# What is verified may still be looked at by somebody who is cleared, before it is approved.
CHECKABLE = (State.SUBMITTED, State.VERIFIED)


@dataclass(frozen=True)
class Statement:
    """What a confidential source says to a fact; “” is the whole record. No `repr` shows what is to be sealed."""

    fact: str = ""
    stance: str = Stance.SUPPORTS
    text: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)


@transaction.atomic
def cite_confidentially(
    record_id: UUID, source_id: UUID, *, said: Statement, by: User, lock_version: int
) -> ConfidentialCitation:
    """Cite a confidential source in a draft. `by` becomes an author of the round. The public sees nothing of it."""
    require_cleared(by)
    record = lock_record(record_id, lock_version)
    policies.check(record, Action.EDIT, by)
    source = ConfidentialSource.objects.get(pk=source_id)
    citation = _written(record, source, said, shown=False)
    note(ConfidentialAct.CITED, source, by=by, citation=citation)
    _advance_unseen(record, by)
    return citation


@transaction.atomic
def replace_confidential_citation(
    citation_id: UUID, *, said: Statement, by: User, lock_version: int
) -> ConfidentialCitation:
    """Cite the same source in other words. An editor's choice to show it stays if it is for the same fact."""
    old, record = _locked(citation_id, by, lock_version)
    policies.check(record, Action.EDIT, by)
    shown = old.shown and (old.field, old.stance) == (said.fact, said.stance)
    citation = _written(record, old.source, said, shown=shown)
    ConfidentialCitation.objects.filter(pk=old.pk).update(is_current=False)
    note(ConfidentialAct.REPLACED, old.source, by=by, citation=citation)
    _advance_unseen(record, by)
    return citation


@transaction.atomic
def remove_confidential_citation(citation_id: UUID, *, by: User, lock_version: int) -> Record:
    """Take a confidential citation out of a draft. It stays sealed in the files."""
    citation, record = _locked(citation_id, by, lock_version)
    policies.check(record, Action.EDIT, by)
    ConfidentialCitation.objects.filter(pk=citation.pk).update(is_current=False)
    note(ConfidentialAct.REMOVED, citation.source, by=by, citation=citation)
    _advance_unseen(record, by)
    return record


@transaction.atomic
def show_confidential_citation(citation_id: UUID, *, by: User, lock_version: int) -> Record:
    """Let the public read that the editors know a confidential source for a fact.

    A cleared editor does this in a draft, and becomes an author. From now on everybody at the desk knows of it.
    """
    citation, record = _locked(citation_id, by, lock_version)
    if not policies.may_show_confidential(by):
        raise NotAllowed(_("Only an editor who is cleared for confidential sources can show one."))
    policies.check(record, Action.DISCLOSE, by)
    if citation.stance != Stance.SUPPORTS:
        raise InvalidContent(_("Only a source that supports the record can be shown."))
    ConfidentialCitation.objects.filter(pk=citation.pk).update(shown=True)
    note(ConfidentialAct.SHOWN, citation.source, by=by, citation=citation)
    with in_data_language():
        comment = _("A confidential source is to be shown, without its name.")
    digest = content_digest(record, build_content(record))
    advance(record, Action.DISCLOSE, by=by, digest=digest, comment=comment)
    return record


@transaction.atomic
def hide_confidential_citation(citation_id: UUID, *, by: User, lock_version: int) -> Record:
    """Let the next version say nothing of a confidential source. What was published goes on saying it."""
    citation, record = _locked(citation_id, by, lock_version)
    policies.check(record, Action.EDIT, by)
    ConfidentialCitation.objects.filter(pk=citation.pk).update(shown=False)
    note(ConfidentialAct.HIDDEN, citation.source, by=by, citation=citation)
    _advance_unseen(record, by)
    return record


@transaction.atomic
def open_confidential_citation(citation_id: UUID, *, reason: ReadingReason, by: User) -> dict[str, str]:
    """Return what a source says and who says it, by name, and note who read it and why.

    How to reach the source, and what else is noted of it, is not part of it: a check does not need that.
    """
    require_cleared(by)
    citation = ConfidentialCitation.objects.select_related("source").get(pk=citation_id)
    source = citation.source.unsealed()
    texts = {**citation.unsealed(), **{name: source[name] for name in ConfidentialSource.bound_parts}}
    note(ConfidentialAct.OPENED, citation.source, by=by, citation=citation, reason=reason)
    return texts


@transaction.atomic
def check_confidential_citation(
    citation_id: UUID, *, verdict: Verdict, by: User, digest: str, comment: str = ""
) -> ConfidentialCheck:
    """Note what `by` found of a confidential citation, which they have opened and did not write.

    `digest` is that of what they saw. No decision on the record tells of it.
    """
    require_cleared(by)
    citation = ConfidentialCitation.objects.select_related("source").get(pk=citation_id)
    record = Record.objects.select_for_update().get(pk=citation.record_id)
    policies.check_person(record, Action.CHECK, by)
    if record.state not in CHECKABLE:
        raise WrongState(_("What is cited is checked once the record is submitted, and before it is approved."))
    if verdict != Verdict.SUPPORTS:
        require_comment(comment, _("Say what you found, so that the author can mend it."))
    if not citation.is_current or digest_of(build_content(record), citation) != digest:
        raise ChangedMeanwhile(_("This was changed meanwhile. Open it again, and look at it as it is now."))
    _require_stranger(citation, by)
    aside = seal_aside(citation.row_name, comment.strip(), citation.envelope) if comment.strip() else ""
    check = ConfidentialCheck(
        citation=citation,
        digest=digest,
        person=by,
        verdict=Verdict(verdict),
        by_editor=Role.EDITOR in roles_of(by),
        sealed_comment=aside,
    )
    check.save()
    return check


def comment_of(check: ConfidentialCheck, citation: ConfidentialCitation) -> str:
    """Return what somebody wrote to a verdict; for those who have opened the citation. Says so if it does not open."""
    if not check.sealed_comment:
        return ""
    try:
        return unseal_aside(citation.row_name, check.sealed_comment, citation.envelope)
    except CannotUnseal as error:
        return str(error)


def _require_stranger(citation: ConfidentialCitation, by: User) -> None:
    events = ConfidentialEvent.objects.filter(person=by)
    own = events.filter(citation=citation, act__in=(ConfidentialAct.CITED, ConfidentialAct.REPLACED))
    changed = events.filter(source=citation.source_id, act__in=(ConfidentialAct.ADDED, ConfidentialAct.CHANGED))
    if own.exists() or changed.exists():
        raise NotAllowed(_("You wrote a part of this yourself, so that another cleared colleague must check it."))
    if not events.filter(citation=citation, act=ConfidentialAct.OPENED).exists():
        raise InvalidContent(_("Open it first: nobody checks what they have not read."))


def _written(record: Record, source: ConfidentialSource, said: Statement, *, shown: bool) -> ConfidentialCitation:
    if said.fact not in {"", *kind_named(record.kind).citable}:
        raise _at("field", _("Choose the whole record, or one of its facts."))
    if said.stance not in Stance.values:
        raise _at("stance", _("Choose what the source does with it."))
    texts = checked_texts({"statement": said.text, "notes": said.notes}, ConfidentialCitation.sealed_parts)
    if not texts["statement"]:
        raise _at("statement", _("Write what the source says."))
    citation = ConfidentialCitation(record=record, source=source, field=said.fact, stance=said.stance, shown=shown)
    citation.put(texts)
    citation.full_clean()
    citation.save(force_insert=True)
    return citation


def _at(name: str, message: str) -> InvalidContent:
    return InvalidContent(message, field_errors={name: [message]})


def _locked(citation_id: UUID, by: User, lock_version: int) -> tuple[ConfidentialCitation, Record]:
    require_cleared(by)
    citation = ConfidentialCitation.objects.select_related("source").get(pk=citation_id)
    record = lock_record(citation.record_id, lock_version)
    citation = ConfidentialCitation.objects.select_related("source").get(pk=citation_id)  # As it is, now locked.
    if not citation.is_current:
        raise ChangedMeanwhile(_("This was replaced or taken out meanwhile. Go back to the record."))
    return citation, record


def _advance_unseen(record: Record, by: User) -> None:
    advance(record, Action.EDIT, by=by, digest=content_digest(record, build_content(record)))
