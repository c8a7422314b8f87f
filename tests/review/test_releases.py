"""Putting releases together, and publishing them at once."""

import pytest
from django.db import IntegrityError, transaction

from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed, WrongState
from casetracker.publication.models import LogEntry
from casetracker.review import services
from casetracker.review.models import Release, ReleaseMember
from tests.factories.records import bring_to, fresh, make_people, make_response, make_station
from tests.factories.releases import again, make_release, make_scheduled

pytestmark = pytest.mark.django_db


def approved(**values):
    return bring_to(make_station(**values), "approved")


def seen(release):
    return {"lock_version": again(release).lock_version}


def decisions(release):
    return list(release.decisions.order_by("pk").values_list("action", flat=True))


def members(release):
    return set(release.members.values_list("record", flat=True))


def test_a_release_is_put_together_and_published_at_once(editor):
    station = approved()
    response = bring_to(make_response(stations=[station]), "approved")
    release = services.create_release(title=" The report ", note="With the embassy.", by=editor)
    services.rename_release(release.pk, title="Two places", note="", by=editor, **seen(release))
    services.add_to_release(release.pk, [station.pk, response.pk], by=editor, **seen(release))
    services.publish_release(release.pk, by=editor, **seen(release))
    entries = LogEntry.objects.order_by("sequence")
    assert [entry.reference for entry in entries] == ["S-1", "R-1"], "what is linked to comes first"
    release = again(release)
    assert {entry.release for entry in entries} == {release.number} == {1}
    assert (release.title, release.state, release.published_by) == ("Two places", "published", editor)
    assert decisions(release) == ["create", "rename", "add", "add", "publish"]
    decision = fresh(station).decisions.get(action="publish")
    assert (decision.person, decision.comment) == (editor, "In the release “Two places”.")


def test_a_release_of_one_has_no_number_in_the_log(editor):
    release = make_release(approved(), by=editor)
    services.publish_release(release.pk, by=editor, **seen(release))
    assert (again(release).number, LogEntry.objects.get().release) == (None, None)


def test_a_release_goes_out_whole_or_not_at_all_and_says_what_keeps_it_back(editor):
    people = make_people()
    good, returned = approved(), bring_to(make_station(by=people.author, locality="Delft"), "approved", **vars(people))
    waiting = make_station(locality="Gouda")
    linked = bring_to(make_response(stations=[waiting]), "approved")
    release = make_release(good, returned, linked, by=editor)
    services.return_to_author(returned.pk, by=people.editor, comment="Why?", lock_version=fresh(returned).lock_version)
    before = again(release)
    with pytest.raises(InvalidContent) as refusal:
        services.publish_release(release.pk, by=editor, **seen(release))
    lines = str(refusal.value).splitlines()
    assert len(lines) == 2
    assert f"{returned}: “publish” is not possible: the record is draft and never published." in lines
    assert any("It links to" in line and "Gouda" in line for line in lines)
    assert not LogEntry.objects.exists()
    assert (again(release).state, again(release).lock_version) == ("open", before.lock_version)
    assert members(release) == {good.pk, returned.pk, linked.pk}, "a returned record stays where it is awaited"
    bring_to(returned, "approved", **vars(people))
    services.remove_from_release(release.pk, linked.pk, by=editor, **seen(release))
    services.publish_release(release.pk, by=editor, **seen(release))
    assert LogEntry.objects.count() == 2
    assert fresh(linked).state == "approved"


def test_only_what_is_approved_goes_into_a_release(editor):
    release = make_release(by=editor)
    good, early = approved(), bring_to(make_station(locality="Delft"), "verified")
    with pytest.raises(InvalidContent, match="Delft, Netherlands: “publish” is not possible: the record is verified"):
        services.add_to_release(release.pk, [good.pk, early.pk], by=editor, **seen(release))
    with pytest.raises(InvalidContent, match="Choose the records first"):
        services.add_to_release(release.pk, [], by=editor, **seen(release))
    assert members(release) == set()


def test_a_record_is_in_one_pending_release(editor):
    record = approved()
    first, second = make_release(record, by=editor, title="First"), make_release(by=editor)
    with pytest.raises(InvalidContent, match=r"it is in the release “First”\. Take it out there first"):
        services.add_to_release(second.pk, [record.pk], by=editor, **seen(second))
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        ReleaseMember.objects.create(release=second, record=record, added_by=editor)
    services.add_to_release(first.pk, [record.pk], by=editor, **seen(first))
    assert decisions(first).count("add") == 1, "what is in already is not put in twice"
    services.cancel_release(first.pk, by=editor, comment="No.", **seen(first))
    services.add_to_release(second.pk, [record.pk], by=editor, **seen(second))
    assert members(second) == members(first) == {record.pk}, "a cancelled one remembers what was in it"


@pytest.mark.parametrize("who", ["researcher", "observer", "administrator", "superuser", "outsider"])
def test_only_editors_put_releases_together(request, editor, who):
    person, record = request.getfixturevalue(who), approved()
    release = make_release(record, by=editor)
    acts = [
        lambda: services.create_release(title="x", by=person),
        lambda: services.rename_release(release.pk, title="x", by=person, **seen(release)),
        lambda: services.add_to_release(release.pk, [record.pk], by=person, **seen(release)),
        lambda: services.remove_from_release(release.pk, record.pk, by=person, **seen(release)),
        lambda: services.schedule_release(
            release.pk, embargo_until=release.created_at.replace(year=9000), by=person, **seen(release)
        ),
        lambda: services.unschedule_release(release.pk, by=person, **seen(release)),
        lambda: services.publish_release(release.pk, by=person, **seen(release)),
        lambda: services.cancel_release(release.pk, by=person, **seen(release)),
    ]
    before = Release.objects.values().get()
    for act in acts:
        with pytest.raises(NotAllowed, match="Only editors"):
            act()
    assert Release.objects.values().get() == before


def test_who_comes_second_reads_who_was_faster(editor, other_editor):
    release = make_release(approved(), by=editor)
    stale = seen(release)
    services.rename_release(release.pk, title="Other", by=editor, **stale)
    with pytest.raises(ChangedMeanwhile, match=rf"changed meanwhile by {editor} \(rename\)"):
        services.cancel_release(release.pk, by=other_editor, **stale)


@pytest.mark.parametrize("state", ["scheduled", "published", "cancelled"])
def test_what_is_not_open_stays_as_it_is(editor, state):
    record, another = approved(), approved()
    release = make_scheduled(record, by=editor) if state == "scheduled" else make_release(record, by=editor)
    if state == "published":
        services.publish_release(release.pk, by=editor, **seen(release))
    elif state == "cancelled":
        services.cancel_release(release.pk, by=editor, **seen(release))
    words = "Take back its schedule first" if state == "scheduled" else f"the release is {state}"
    acts = [
        lambda: services.add_to_release(release.pk, [another.pk], by=editor, **seen(release)),
        lambda: services.remove_from_release(release.pk, record.pk, by=editor, **seen(release)),
        lambda: services.publish_release(release.pk, by=editor, **seen(release)),
    ]
    if state != "scheduled":
        acts += [
            lambda: services.rename_release(release.pk, title="x", by=editor, **seen(release)),
            lambda: services.cancel_release(release.pk, by=editor, **seen(release)),
            lambda: services.unschedule_release(release.pk, by=editor, **seen(release)),
        ]
    before = Release.objects.values().get()
    for act in acts:
        with pytest.raises(WrongState, match=words):
            act()
    assert Release.objects.values().get() == before


def test_an_empty_release_and_one_without_a_title_are_refused(editor):
    with pytest.raises(InvalidContent) as refusal:
        services.create_release(title="  ", by=editor)
    assert "title" in refusal.value.field_errors
    release = make_release(by=editor)
    with pytest.raises(InvalidContent, match="Put some in first"):
        services.publish_release(release.pk, by=editor, **seen(release))


def test_what_is_published_on_its_own_leaves_an_open_release(editor):
    record, other = approved(), approved()
    release = make_release(record, other, by=editor)
    services.publish_records([(record.pk, record.lock_version)], by=editor)
    assert members(release) == {other.pk}
    last = release.decisions.last()
    assert (last.action, last.record, last.person) == ("remove", record, editor)
    assert last.comment == "Published on its own."
