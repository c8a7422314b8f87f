"""Grading how credible it is what a source says: working knowledge of the desk, apart from what is reviewed."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, InvalidContent
from casetracker.core.languages import in_data_language
from casetracker.review import policies
from casetracker.review.choices import Action
from casetracker.review.content import build_content, content_digest
from casetracker.review.models import Record
from casetracker.review.services.base import advance, lock_record
from casetracker.sources.appraisal import Credibility


@transaction.atomic
def appraise_citation(record_id: UUID, citation_id: UUID, *, credibility: str, by: User, lock_version: int) -> Record:
    """Grade what a source says in one citation, or take the grade back (empty).

    It is no content: no revision is needed, no check lapses, and nobody becomes an author or a reviewer by it.
    """
    record = lock_record(record_id, lock_version)
    policies.check(record, Action.APPRAISE, by)
    citation = record.citations.select_related("source").filter(pk=citation_id).first()
    if citation is None:
        raise ChangedMeanwhile(_("This citation was taken out meanwhile. Reload the page and look again."))
    if credibility not in ("", *Credibility.values):
        message = _("“%(grade)s” is no grade of the scale. Choose one of those offered.") % {"grade": credibility}
        raise InvalidContent(message, field_errors={"credibility": [message]})
    if citation.credibility == credibility:
        message = _("It has this grade already. Choose another one.")
        raise InvalidContent(message, field_errors={"credibility": [message]})
    citation.credibility = credibility
    citation._history_user = by  # type: ignore[attr-defined]  # The name that django-simple-history reads.
    citation.full_clean()
    citation.save()
    with in_data_language():
        note = f"{citation.source.publisher}: {citation.get_credibility_display() or 'not graded'}"
    advance(record, Action.APPRAISE, by=by, digest=content_digest(record, build_content(record)), comment=note)
    return record
