"""What the desk thinks of each source and of what it says: beside each citation, for colleagues alone."""

from dataclasses import dataclass

from casetracker.review.admin.acts.appraising import Appraise
from casetracker.review.admin.acts.base import Act
from casetracker.review.models import Record
from casetracker.sources.choices import Control
from casetracker.sources.models import Publisher


@dataclass(frozen=True)
class Appraisal:
    """The grades of a citation and of its source, who stands behind the source, and the form for a grade."""

    source: str
    reliability: str
    credibility: str
    publisher: Publisher | None
    form: Appraise | None

    @property
    def is_controlled(self) -> bool:
        """Tell whether somebody with an interest of their own stands behind the source."""
        return self.publisher is not None and self.publisher.control not in (Control.INDEPENDENT, Control.UNKNOWN)


def appraisals_of(record: Record, refused: Act | None, *, may_grade: bool) -> dict[str, Appraisal]:
    """Return the appraisals of the citations of a record, by their keys. One query.

    `refused` is a form that the services have just refused: it is shown again, filled in as it was.
    """
    found = {}
    for citation in record.citations.select_related("source__published_by"):
        key, source = str(citation.pk), citation.source
        form = None
        if may_grade:
            form = Appraise(record=record, citation=key, credibility=citation.credibility)
            if isinstance(refused, Appraise) and refused.data.get("citation") == key:
                form = refused
        found[key] = Appraisal(
            str(source.pk),
            source.get_reliability_display(),
            citation.get_credibility_display(),
            source.published_by,
            form,
        )
    return found
