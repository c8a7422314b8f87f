"""One published version, as the parts of the projection hand it to each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, PositiveBigIntegerField, Value, When

from casetracker.public.models import RecordDocument
from casetracker.public.models.base import VersionedQuerySet
from casetracker.public.rendering.values import Rendered
from casetracker.publication.registry import Publication


@dataclass(frozen=True)
class Version:
    """A publication with its document, and the body of that before it became text.

    `is_first` tells that the record had no version before, so that none can have said anything.
    """

    publication: Publication
    document: RecordDocument
    body: Rendered
    is_first: bool


def revised(versions: Iterable[Version]) -> dict[str, int]:
    """Return the records of which there were versions before, with the entry of the log that ends those."""
    return {one.publication.reference: one.publication.sequence for one in versions if not one.is_first}


def end_earlier(rows: VersionedQuerySet, column: str, versions: Iterable[Version]) -> None:
    """End the live rows of earlier versions, where `column` has the reference of their record. One query."""
    ends = revised(versions)
    if ends:
        cases = (When(**{column: reference}, then=Value(sequence)) for reference, sequence in ends.items())
        ending = Case(*cases, output_field=PositiveBigIntegerField())
        rows.live().filter(**{f"{column}__in": list(ends)}).update(to_seq=ending)
