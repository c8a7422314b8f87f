"""Two editors destroy the content of a withdrawn version: everywhere, and the log still verifies."""

import io
import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from casetracker.core.errors import InvalidContent, NotAllowed, WrongState
from casetracker.public.api import verify_log
from casetracker.publication.chain import verify_chain
from casetracker.publication.models import LogEntry, Snapshot
from casetracker.review import services
from casetracker.review.content import build_content
from casetracker.review.models import Decision, ErasureRequest, Notice, PublishedContent
from casetracker.sources.models import Source
from tests.erasure.world import CANARY, World
from tests.factories.records import MAKERS, bring_to, edit_draft, fresh, make_editor, make_people, make_station, retract
from tests.publication import tampering

pytestmark = pytest.mark.django_db

NOTE = "A right to erasure was exercised."


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def retracted(people):
    return bring_to(make_station(by=people.author, summary="A door."), "retracted", **vars(people))


def ask(record, *, by, version=1, **values):
    record = fresh(record)
    values = {"ground": "data_protection", "note": NOTE, **values}
    return services.ask_for_erasure(record.pk, version=version, by=by, lock_version=record.lock_version, **values)


def erase(record, *, by=None, version=1, **values):
    request = ask(record, by=by or make_editor(), version=version, **values)
    return services.erase_version(request.pk, by=make_editor(), lock_version=fresh(record).lock_version)


def test_two_editors_erase_a_version_at_the_desk(editors, retracted):
    asking, erasing = editors
    typed = {"version": 1, "ground": "court", "note": "The court of Utrecht ordered it.", "words": "Jan Jansen"}
    assert any(
        "Another editor must carry it out" in said
        for said in asking.act(retracted, "ask-for-erasure", **typed).messages
    )
    assert not asking.open_record(retracted).acts_named("erase"), "it takes two"
    told = "asks that version 1 of S-1"
    assert told in erasing.open("/desk/").text
    assert told not in asking.open("/desk/").text
    page = erasing.open_record(retracted)
    assert "Jan Jansen" in page.text
    assert "that version 1 is erased for good" in asking.open(f"/desk/review/{retracted.pk}/").text
    assert any("Erased." in said for said in erasing.act(retracted, "erase").messages)
    entry = LogEntry.objects.last()
    assert (entry.action, entry.reference, entry.version) == ("erase", "S-1", 1)
    assert json.loads(entry.snapshot.content)["ground"] == "court"
    asked, erased = Decision.objects.filter(record=retracted).order_by("-pk")[:2][::-1]
    assert [(one.action, one.person.name) for one in (asked, erased)] == [
        ("ask_erase", "Edith Editor"),
        ("erase", "Egon Editor"),
    ]
    assert ErasureRequest.objects.get().words == ""
    assert Notice.objects.filter(kind="erasure", person__name="Egon Editor").exists()
    assert told not in erasing.open("/desk/").text
    page = erasing.open_record(retracted)
    assert "(erased)" in page.text
    assert "erased a version" in erasing.get(f"/desk/stations/station/{retracted.pk}/history/").text


def test_a_request_is_withdrawn_by_either(editors, retracted):
    for editor in editors:
        editors[0].act(retracted, "ask-for-erasure", version=1, ground="law", note=NOTE)
        page = editor.act(retracted, "withdraw-erasure", comment="A mistake.")
        assert any("the version stays" in said for said in page.messages)
    assert not ErasureRequest.objects.open().exists()
    assert PublishedContent.objects.get().content


def test_who_asked_cannot_carry_it_out_by_any_way(people, retracted):
    request = ask(retracted, by=people.editor)
    with pytest.raises(NotAllowed, match="another editor"):
        services.erase_version(request.pk, by=people.editor, lock_version=fresh(retracted).lock_version)
    with pytest.raises(DatabaseError), transaction.atomic():
        ErasureRequest.objects.update(carried_out_by=people.editor, carried_out_at="2026-01-01T00:00Z", entry=9)


def test_what_may_still_be_read_or_is_under_revision_is_not_erased(people):
    record = bring_to(make_station(by=people.author), "live", **vars(people))
    with pytest.raises(WrongState, match="cannot be erased"):
        ask(record, by=people.editor)
    retract(record, by=people.editor)
    request = ask(record, by=people.editor)
    services.revise_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
    with pytest.raises(WrongState, match="not possible"):
        services.erase_version(request.pk, by=make_editor(), lock_version=fresh(record).lock_version)


def test_an_earlier_version_goes_while_a_later_one_is_live(people, client):
    """The working copy says what the live version says, so it stays; its history begins anew."""
    record = bring_to(make_station(by=people.author, summary=CANARY), "retracted", **vars(people))
    services.revise_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
    edit_draft(record, by=people.author, summary="Without a name.")
    bring_to(fresh(record), "live", **vars(people))
    erase(record, by=people.editor)
    assert _whole_and_equal_to_the_log()
    assert _tables_with_the_canary() == []
    body = client.get("/api/v1/stations/S-1/").json()
    assert (body["summary"], body["version"]) == ("Without a name.", 2)
    gone = client.get("/api/v1/stations/S-1/versions/1/")
    assert gone.status_code == 410
    assert gone.json()["erased_versions"][0]["version"] == 1
    services.revise_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
    before = build_content(fresh(record))
    edit_draft(record, by=people.author, summary="Other.")
    services.abandon_revision(record.pk, by=people.author, lock_version=fresh(record).lock_version)
    assert build_content(fresh(record)) == before


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_left_of_a_record_can_be_written_anew(kind, people):
    record = bring_to(MAKERS[kind](by=people.author), "retracted", **vars(people))
    erase(record, by=people.editor)
    assert _whole_and_equal_to_the_log()
    empty = build_content(fresh(record))
    assert not empty["citations"]
    services.revise_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
    services.abandon_revision(record.pk, by=people.author, lock_version=fresh(record).lock_version)
    assert build_content(fresh(record)) == empty


@pytest.mark.slow
def test_nothing_of_it_is_in_any_table(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "captures": settings.STORAGES["captures"] | {"OPTIONS": {"location": tmp_path}}
    }
    world = World()
    assert len(_tables_with_the_canary()) > 20, "the canary must have sung first"
    world.erase(1, with_sources=True)
    world.erase(2, with_sources=True)
    assert _tables_with_the_canary() == []
    assert _whole_and_equal_to_the_log()
    assert fresh(world.response).public_status == "live"


@pytest.mark.slow
def test_sources_that_others_cite_stay(people):
    world = World()
    other = make_station(by=people.author, citations=[{"source": world.source}])
    world.erase(1, with_sources=True)
    world.erase(2, with_sources=True)
    assert CANARY in Source.objects.get(pk=world.source.pk).title
    assert other.citations.exists()


def test_the_public_reads_when_and_on_what_ground(retracted, people, client):
    erase(retracted, by=people.editor, ground="authority", note="The authority of Utrecht.", with_note=True)
    page = client.get("/en/stations/S-1/")
    assert page.status_code == 410
    text = " ".join(page.content.decode().split())
    assert "The content of version 1 was destroyed on" in text
    assert "The authority of Utrecht." in text
    assert "another place" not in text, "the note of the retraction went too"
    change = client.get("/api/v1/changes/").json()["results"][-1]
    assert change["erasure"] == {
        "ground": "authority",
        "ground_label": "An order of an authority",
        "note": "The authority of Utrecht.",
    }
    for address in ("/en/corrections/", "/en/feeds/corrections.atom", "/en/feeds/all.atom", "/en/log/", "/en/method/"):
        assert "Erased" in client.get(address).content.decode() or address == "/en/log/"
    entries = client.get("/api/v1/log/").json()["results"]
    assert verify_log.check_log(iter(entries), {})[0] == len(entries) == 3


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"note": " "}, "Write a note"),
        ({"note": "About Jan Jansen.", "words": "Jan Jansen"}, "which is to be destroyed"),
        ({"version": 2}, "cannot be erased"),
    ],
)
def test_a_request_that_cannot_be_is_refused_with_the_remedy(editors, retracted, values, message):
    typed = {"ground": "court", "note": NOTE, "version": 1, **values}
    with pytest.raises((InvalidContent, WrongState), match=message):
        ask(retracted, by=make_editor(), **typed)
    assert not ErasureRequest.objects.exists()


def test_a_content_that_is_gone_without_an_erasure_is_named(retracted):
    tampering.disarm()
    try:
        tampering.execute("UPDATE publication_snapshot SET content = NULL, salt = NULL WHERE entry_id = 1")
        assert [str(found) for found in verify_chain()] == [
            "entry 1, commitment: the snapshot is gone, and no entry says that it was erased"
        ]
        tampering.execute("UPDATE publication_snapshot SET erased_by = 2 WHERE entry_id = 1")
        assert "was erased by entry 2, which erased it not" in " ".join(map(str, verify_chain()))
    finally:
        tampering.rearm()


def test_a_content_that_is_back_is_named(retracted, people):
    kept = Snapshot.objects.get(pk=1)
    erase(retracted, by=people.editor)
    tampering.disarm()
    try:
        statement = "UPDATE publication_snapshot SET content = %s, salt = %s WHERE entry_id = 1"
        tampering.execute(statement, kept.content, kept.salt)
        assert str(next(verify_chain())) == "entry 1, snapshot: is there, and entry 3 says that it was erased"
    finally:
        tampering.rearm()


@pytest.mark.parametrize(
    "change",
    [
        "content = NULL, salt = NULL",
        "content = 'other', erased_by = 3",
        "content = NULL, salt = NULL, erased_by = 3, entry_id = 9",
        "erased_by = NULL",
    ],
)
def test_the_database_lets_a_row_be_emptied_and_nothing_else(retracted, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE publication_snapshot SET {change} WHERE entry_id = 1")


def _whole_and_equal_to_the_log() -> bool:
    call_command("rebuild_public", check=True, stdout=io.StringIO())
    return list(verify_chain()) == []


def _tables_with_the_canary() -> list[str]:
    """Return the tables in whose texts the canary stands."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        texts = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField | models.BinaryField)
        ]
        rows = model._base_manager.values_list(*texts) if texts else []
        if any(CANARY.lower() in str(value).lower() for row in rows for value in row):
            found.append(model._meta.label)
    return found
