"""What is stored, published or logged does not depend on the language of the person who acts."""

import json

import pytest
from django.core.management import call_command
from django.utils.translation import override

from casetracker.accounts.roles import Role
from casetracker.core.desk_languages import Language
from casetracker.public.models import RECORD_DOCUMENTS
from casetracker.publication.models import Snapshot
from casetracker.review import services
from casetracker.review.models import Decision
from tests.desk.browser import Browser
from tests.factories.records import MAKERS, NO_COUNT, bring_to, citation, fresh, make_people, make_source
from tests.factories.users import UserFactory

OF_THE_MOMENT = {"published_at", "first_published_at"}
OF_ITS_PLACE = {"id", "from_seq", "number", "last_number", "reference", "body"}


def published_by(editor, kind, source, **fields):
    """Log a record and let an editor publish it with the button, in the editor's language; return what is kept."""
    people = make_people(editor=editor)
    with override(editor.language):
        record = MAKERS[kind](by=people.author, citations=[citation(source)], **fields)
        bring_to(record, "verified", **vars(people))
    Browser(editor).act(record, "approve-and-publish")
    record = fresh(record)
    document = RECORD_DOCUMENTS[kind].objects.get(reference=record.reference)
    snapshot = Snapshot.objects.get(entry__reference=record.reference).content
    columns = {
        field.attname: getattr(document, field.attname)
        for field in document._meta.concrete_fields
        if field.attname not in {*OF_ITS_PLACE, *OF_THE_MOMENT}
    }
    body = {name: part for name, part in json.loads(document.body).items() if name not in OF_THE_MOMENT}
    return [text.replace(record.reference, "X-1") for text in (record.label, snapshot, json.dumps(body), repr(columns))]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("station", {"locality": "Delft"}),
        ("response", {}),
        ("agreement", {}),
        ("claim", {}),
        ("claim", {"topic": "denial", "epistemic_status": "denied", "country": "", **NO_COUNT}),
        ("claim", {"qualifier": "at_least", "value": 1}),
    ],
)
def test_a_publication_is_the_same_from_an_editor_of_any_language(db, kind, fields):
    source = make_source()
    editors = [UserFactory(language=language, roles=[Role.EDITOR]) for language in Language.values]
    english, *others = [published_by(editor, kind, source, **fields) for editor in editors]
    for other in others:
        assert other == english
    with override("zh-hans"):
        call_command("rebuild_public", "--check")


def test_decisions_that_write_their_own_words_write_them_in_english(db):
    people = make_people()
    record = MAKERS["station"](by=people.author, citations=[citation(make_source(publisher="NRC", title=""))])
    with override("nl"):
        services.assign_record(record.pk, to=people.reviewer, by=people.author, lock_version=record.lock_version)
        services.assign_record(record.pk, to=None, by=people.author, lock_version=fresh(record).lock_version)
        bring_to(record, "verified", **vars(people))
    comments = Decision.objects.filter(record=record).exclude(comment="").order_by("at", "id")
    assert list(comments.values_list("comment", flat=True)) == [
        f"to {people.reviewer}",
        "to nobody",
        "NRC: says what is cited",
    ]
