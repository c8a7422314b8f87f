"""Notes and private terms of the reference data stay on the desk."""

import json

import pytest

from casetracker.core.terms import contains_term
from casetracker.demo.reader import read_rows
from casetracker.public.models import TABLES
from casetracker.publication.models import Snapshot
from casetracker.review.secrecy import texts_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("demo")]

WITH_NOTES = (
    "sources",
    "publishers",
    "stations",
    "station_citations",
    "responses",
    "claims",
    "agreements",
    "further_citations",
    "article_facts",
)
# A note as short as this may be in a title by chance; it is compared with whole texts only.
SHORT = 12


@pytest.fixture
def published():
    """Every text of every snapshot."""
    snapshots = Snapshot.objects.values_list("content", flat=True)
    return {text for content in snapshots for _place, text in texts_of(json.loads(content))}


def test_no_note_is_published(published):
    notes = {row["notes"] for name in WITH_NOTES for row in read_rows(name)} - {""}
    assert len(notes) > 100
    assert not notes & published
    everything = "\n".join(published)
    assert [note for note in notes if len(note) > SHORT and note in everything] == []


def test_no_note_is_in_the_published_documents():
    notes = {row["notes"] for name in WITH_NOTES for row in read_rows(name) if len(row["notes"]) > SHORT}
    for model in TABLES:
        for row in model.objects.values_list(*model.public_fields):
            text = " ".join(map(str, row))
            assert not [note for note in notes if note in text or json.dumps(note)[1:-1] in text]


def test_no_guessed_operator_is_published(published):
    assert not [text for text in published if "Operator perhaps" in text]


def test_no_private_term_is_published(published):
    for row in read_rows("private_terms"):
        assert not [text for text in published if contains_term(text, row["text"])]
