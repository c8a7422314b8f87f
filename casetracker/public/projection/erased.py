"""Versions whose content was destroyed. What is left of them are empty rows, so that their addresses still say so."""

from typing import Any

from django.db import models

from casetracker.public.models import OPEN_START, RECORD_DOCUMENTS, Erasure, RecordDocument
from casetracker.public.models.base import number_of
from casetracker.publication.registry import Publication

# What stands in a column that must have a value. Numbers that say how far a list reaches are given by the caller.
_NOTHING: "dict[type[models.Field[Any, Any]], Any]" = {
    models.CharField: "",
    models.TextField: "",
    models.BooleanField: False,
    models.DateField: OPEN_START,
    models.PositiveIntegerField: 0,
}


def keep_place_of_erased(publication: Publication) -> None:
    """Put an empty row where a version was whose content is gone. It is withdrawn by what follows in the log."""
    model = RECORD_DOCUMENTS[publication.record_kind]
    rows = model.objects.filter(reference=publication.reference)
    earlier = rows.order_by("-version").only("first_published_at").first()
    rows.live().update(to_seq=publication.sequence)
    number = number_of(publication.reference)
    before = model.objects.order_by("-from_seq").values_list("last_number", "last_day").first()
    last_number, last_day = before or (0, OPEN_START)
    model.objects.create(
        **_nothing_of(model)
        | {
            "reference": publication.reference,
            "number": number,
            "version": publication.version,
            "from_seq": publication.sequence,
            "published_at": publication.published_at,
            "first_published_at": earlier.first_published_at if earlier else publication.published_at,
            "body": "{}",
            "last_number": max(last_number, number),
            "last_day": last_day,
        }
    )


def _nothing_of(model: type[RecordDocument]) -> dict[str, Any]:
    """Return the columns of a document that says nothing."""
    fields = [field for field in model._meta.concrete_fields if not field.null and not field.primary_key]
    return {field.name: _NOTHING.get(type(field)) for field in fields if type(field) in _NOTHING}


def note_erasure(publication: Publication) -> None:
    """Keep what readers learn of an erased version: when, and on what ground."""
    rows = RECORD_DOCUMENTS[publication.record_kind].objects.filter(reference=publication.reference)
    version = publication.snapshot["version"]
    Erasure.objects.create(
        sequence=publication.sequence,
        reference=publication.reference,
        record_kind=publication.record_kind,
        version=version,
        withdrawn_seq=rows.get(version=version).retracted_seq or 0,
        ground=publication.snapshot["ground"],
        note=publication.note,
        erased_at=publication.published_at,
    )
