"""The pages of releases: put together, schedule, publish; and where else the desk says in which release a record is."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casetracker.publication.models import LogEntry
from casetracker.review import services
from casetracker.review.models import Release
from tests.desk.browser import Browser
from tests.desk.many import add_in_work
from tests.factories.records import bring_to, citation, fresh, make_researcher, make_source, make_station
from tests.factories.releases import again, let_time_pass, make_release, make_scheduled, schedule


def place(release):
    return f"/desk/releases/{release.pk}/"


def approved(team, **values):
    return bring_to(make_station(by=team.author, **values), "approved", **vars(team))


def open_release(browser, title="The report"):
    browser.submit(browser.open("/desk/releases/").form("/releases/").fill(title=title))
    return Release.objects.get(title=title)


def test_from_an_empty_release_to_publication(editor, team):
    records = [approved(team, locality=name) for name in ("Utrecht", "Delft")]
    release = open_release(editor)
    page = editor.open(place(release))
    assert "No record is in it yet." in page.text
    page = editor.submit(page.act("add").fill(records=[record.pk for record in records]))
    assert "They are in the release now." in page.text
    page = editor.open(place(release), {"check": "1"})
    assert "If you published it now, all of it would go out." in page.text
    assert page.text.count("Would go out.") == 2
    assert not LogEntry.objects.exists()
    page = editor.submit(page.act("publish"))
    assert "Published, all of it." in page.text
    assert "in the name of Edith Editor" in page.text
    assert "number 1 in the log" in page.text
    assert page.acts == set(), "nothing more can be done to it"
    assert {fresh(record).public_status for record in records} == {"live"}


def test_a_record_is_taken_out_and_the_release_renamed_and_cancelled(editor, team):
    record = approved(team)
    release = make_release(record, by=team.editor)
    page = editor.submit(editor.open(place(release)).act("remove"))
    assert "Taken out. It stays approved." in page.text
    page = editor.submit(page.act("rename").fill(new_title="Another", note="With the press."))
    assert "Another" in page.text
    assert "With the press." in page.text
    page = editor.submit(page.act("cancel").fill(comment="Too early."))
    assert "Cancelled. Its records stay approved" in page.text
    assert "Too early." in page.text
    assert (again(release).state, fresh(record).state) == ("cancelled", "approved")


def test_the_review_page_leads_to_a_release_and_then_names_it(editor, team):
    record, other = approved(team, locality="Utrecht"), approved(team)
    release = make_release(other, by=team.editor, title="First")
    closed = make_scheduled(approved(team), by=team.editor, title="Closed")
    link = f"/desk/releases/?record={record.pk}"
    assert link in editor.open(f"/desk/review/{record.pk}/").links
    page = editor.open(link)
    assert "Put into a release: Utrecht" in page.text
    assert place(closed) not in page.links
    editor.submit(page.act("add"))
    assert set(release.members.values_list("record", flat=True)) == {record.pk, other.pk}
    page = editor.open(f"/desk/review/{record.pk}/")
    assert place(release) in page.links
    assert link not in page.links
    schedule(release, by=team.editor)
    assert "goes out on" in editor.open(f"/desk/review/{record.pk}/").text


def test_a_new_release_can_begin_with_a_record(editor, team):
    record = approved(team)
    page = editor.open(f"/desk/releases/?record={record.pk}")
    form = next(form for form in page.posts if "title" in form.names)
    editor.submit(form.fill(title="With it"))
    assert Release.objects.get(title="With it").members.get().record == record


def test_scheduling_says_the_zone_the_time_it_is_and_how_long_it_takes(editor, team):
    release = make_release(approved(team), by=team.editor)
    page = editor.open(place(release))
    now = timezone.now()
    assert f"In UTC it is {now:%Y-%m-%d %H:}" in page.text
    assert "Goes out on (day and time in UTC)" in page.text
    moment = (now + dt.timedelta(days=3, minutes=2)).replace(second=0, microsecond=0)
    page = editor.submit(page.act("schedule").fill(embargo_until=f"{moment:%Y-%m-%dT%H:%M}"))
    assert again(release).embargo_until == moment
    assert f"Goes out by itself on {moment:%Y-%m-%d %H:%M} UTC, 3 days from now." in page.text
    assert "Scheduled by Edith Editor, who stands as its publisher." in page.text
    assert page.acts == {"schedule", "unschedule", "rename", "cancel"}
    assert page.act("schedule")["embargo_until"] == f"{moment:%Y-%m-%dT%H:%M}"
    page = editor.submit(page.act("unschedule"))
    assert "It is open again" in page.text
    assert again(release).state == "open"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2022-01-01T09:00", "This moment has passed: in UTC it is"),
        ("tomorrow", "Write a day and a time in UTC, such as 2026-12-01 09:00."),
        ("", "This field is required."),
        ("9999-99-99T00:00", "Write a day and a time in UTC"),
        ("\x00", "Write a day and a time in UTC"),
    ],
)
def test_a_wrong_time_is_answered_at_its_field_with_what_was_typed(editor, team, typed, said):
    release = make_release(approved(team), by=team.editor)
    page = editor.submit(editor.open(place(release)).act("schedule").fill(embargo_until=typed))
    assert said in str(page.errors)
    assert page.act("schedule")["embargo_until"] == typed
    assert again(release).state == "open"


def test_a_refusal_names_every_record_and_the_page_goes_on_saying_so(editor, team):
    source = make_source()
    stale = approved(team, locality="Delft", citations=[citation(source)])
    returned = approved(team, locality="Gouda")
    release = make_release(stale, returned, approved(team), by=team.editor)
    services.edit_source(source.pk, fields={"title": "Other"}, by=make_researcher(), lock_version=1)
    services.return_to_author(returned.pk, by=team.editor, comment="Why?", lock_version=fresh(returned).lock_version)
    page = editor.open(place(release))
    assert "A source of it was changed since it was approved." in page.text
    assert "It is not approved any more (draft)." in page.text
    page = editor.submit(page.act("publish"))
    assert "Nothing was done, for 2 reasons:" in page.text
    assert "Delft, Netherlands: A source of it was changed" in page.text
    assert "Gouda, Netherlands: “publish” is not possible" in page.text
    assert not LogEntry.objects.exists()
    checked = editor.open(place(release), {"check": "1"}).text
    assert "nothing would go out: 2 records keep it back." in checked
    assert checked.count("Would go out.") == 1
    assert "2 records keep it back." in editor.open("/desk/").text
    assert "2 records keep it back." in editor.open("/desk/releases/").text


def test_a_harmless_edit_of_a_source_worries_nobody(editor, team):
    source = make_source()
    release = make_release(approved(team, citations=[citation(source)]), by=team.editor)
    for number, title in enumerate(("Other", source.title), start=1):
        services.edit_source(source.pk, fields={"title": title}, by=make_researcher(), lock_version=number)
    assert "A source of it was changed" not in editor.open(place(release)).text


def test_what_other_content_was_approved_for_is_said_before_the_time_comes(editor, team):
    record = approved(team)
    release = make_scheduled(record, by=team.editor)
    services.withdraw_record(record.pk, by=team.author, lock_version=fresh(record).lock_version)
    edit = services.Edit(fields={"summary": "Other."})
    services.edit_record(record.pk, edit, by=team.author, lock_version=fresh(record).lock_version)
    bring_to(record, "approved", **vars(team))
    text = editor.open(place(release)).text
    assert "As it stands, it will not go out" in text
    assert "Other content was approved since the release was scheduled." in text


def test_a_release_that_was_held_back_says_why_on_its_page_and_on_the_dashboard(editor, team):
    record = approved(team, locality="Delft")
    release = make_scheduled(record, by=team.editor)
    services.withdraw_record(record.pk, by=team.author, lock_version=fresh(record).lock_version)
    let_time_pass(release)
    services.publish_due_releases()
    page = editor.open(place(release))
    assert "as Edith Editor had scheduled Delft, Netherlands: “publish” is not possible" in page.text
    assert "the background task: hold back" in page.text
    assert "It did not go out as Edith Editor had scheduled." in editor.open("/desk/").text


def test_a_release_that_nobody_looks_after_says_so(editor, team):
    release = make_scheduled(approved(team), by=team.editor)
    let_time_pass(release)
    assert "Nothing looks after releases at the moment" in editor.open(place(release)).text
    assert "Should have gone out on" in editor.open("/desk/").text


def test_the_queue_names_the_release_of_each_record(editor, team):
    make_release(approved(team), by=team.editor, title="The report of autumn")
    approved(team)
    for path in ("/desk/", "/desk/queue/publish/"):
        assert editor.open(path).text.count("In the release “The report of autumn”.") == 1


def test_under_embargo_the_buttons_of_a_record_say_how(editor, team):
    record = approved(team)
    make_scheduled(record, by=team.editor)
    page = editor.act(record, "publish")
    assert "It is in the release “The report”, which is scheduled for" in page.text
    assert "take back the schedule of that release first" in page.text
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(("who", "reads"), [("researcher", True), ("observer", True), ("administrator", False)])
def test_others_read_releases_at_most(request, team, who, reads):
    release = make_scheduled(approved(team), by=team.editor)
    browser = Browser(request.getfixturevalue(who))
    for path in ("/desk/releases/", place(release), place(release) + "?check=1"):
        answer = browser.get(path)
        assert answer.status_code == (200 if reads else 403)
        assert b"What now?" not in answer.content
    assert ("/desk/releases/" in browser.open("/desk/").links) == reads
    for act in ("publish", "schedule", "unschedule", "cancel", "rename", "add", "remove"):
        values = {"lock_version": again(release).lock_version, "embargo_until": "2999-01-01T00:00", "new_title": "x"}
        answer = browser.send(f"{place(release)}{act}/", values)
        assert answer.status_code == (200 if reads else 403)
    browser.send("/desk/releases/", {"title": "x"})
    assert (again(release), again(release).state) == (release, "scheduled")
    assert Release.objects.count() == 1


def test_what_is_not_there_is_not_found_and_junk_breaks_nothing(editor, team):
    record = approved(team)
    release = make_release(record, by=team.editor)
    assert editor.get("/desk/releases/2b1c2f0e-0000-4000-8000-000000000000/").status_code == 404
    assert editor.get(f"{place(release)}publish/").status_code == 405
    assert editor.send(f"{place(release)}nothing/").status_code == 404
    for path in ("?record=x", f"?record={release.pk}", "?record=\x00", "?page=x"):
        editor.open(f"/desk/releases/{path}")
    before = again(release).lock_version
    for act in ("publish", "schedule", "unschedule", "cancel", "rename", "add", "remove"):
        for junk in ("", "x", "\x00", "9" * 400, "-1"):
            names = ("lock_version", "records", "record", "embargo_until", "new_title", "comment")
            assert editor.send(f"{place(release)}{act}/", dict.fromkeys(names, junk)).status_code == 200
    editor.send("/desk/releases/", {"title": "x", "record": make_station().pk})
    assert (again(release).lock_version, Release.objects.count()) == (before, 1)


def test_a_second_tab_that_is_late_reads_who_was_faster(editor, other_editor, team):
    release = make_release(approved(team), by=team.editor)
    late = Browser(other_editor)
    form = late.open(place(release)).act("schedule").fill(embargo_until="2999-01-01T00:00")
    editor.submit(editor.open(place(release)).act("rename").fill(new_title="Other"))
    page = late.submit(form)
    assert "The release was changed meanwhile by Edith Editor (rename)." in page.text


def test_hostile_words_are_shown_as_they_are(editor, team):
    hostile = "<script>alert(1)</script>"
    record = approved(team, locality=hostile)
    release = make_release(record, by=team.editor, title=hostile)
    for path in (place(release), "/desk/releases/", "/desk/", "/desk/queue/publish/", f"/desk/review/{record.pk}/"):
        page = editor.open(path)
        assert hostile in page.text
        assert "".join(page.code).strip() == ""


def test_the_results_of_tasks_are_no_page_of_the_desk(superuser):
    browser = Browser(superuser)
    assert not [link for link in browser.open("/desk/").links if "tasks" in link]
    assert browser.get("/desk/django_tasks_database/dbtaskresult/").status_code == 404


def test_the_pages_cost_the_same_however_many_records_and_releases(editor, team):
    release = make_release(approved(team), by=team.editor)
    approved(team)

    def cost():
        found = []
        for path in ("/desk/releases/", place(release), "/desk/", "/desk/queue/publish/"):
            editor.get(path)
            with CaptureQueriesContext(connection) as captured:
                editor.open(path)
            found.append(len(captured))
        return found

    few = cost()
    records = add_in_work(20, state="approved", by=team.author)
    services.add_to_release(
        release.pk, [record.pk for record in records[:10]], by=team.editor, lock_version=again(release).lock_version
    )
    for number in range(10):
        make_release(records[10 + number], by=team.editor, title=f"Release {number}")
    add_in_work(5, state="approved", by=team.author)
    assert cost() == few
