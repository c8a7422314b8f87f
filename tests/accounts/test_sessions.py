"""Sessions: where one is signed in, how long that lasts, what ends it, and what is written down of it."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casetracker.accounts import tasks
from casetracker.accounts.models import AccountEvent
from casetracker.accounts.roles import Role
from tests.accounts.signing import hidden, signed_in, unused_for
from tests.factories.users import PASSWORD

pytestmark = [pytest.mark.both, pytest.mark.django_db]

ACCOUNT = "/accounts/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture(autouse=True)
def _no_left_over_counts():
    cache.clear()


def browser(client, address="192.0.2.1", agent=FIREFOX):
    return type(client)(REMOTE_ADDR=address, headers={"user-agent": agent})


def kinds(person):
    return [event.kind for event in AccountEvent.objects.of(person)]


def carry_out_tasks():
    """Do what the worker would."""
    for waiting in DBTaskResult.objects.filter(task_path=tasks.tell_of.module_path):
        tasks.tell_of.call(*waiting.args_kwargs["args"])
        waiting.delete()


def test_one_sees_where_one_is_signed_in_and_signs_out_there(client, researcher):
    here = signed_in(researcher, client=browser(client))
    there = signed_in(researcher, client=browser(client, "198.51.100.7", "Mozilla/5.0 (iPhone) Safari/604"))
    page = here.get(ACCOUNT)
    assert "Firefox, Linux" in page.text
    assert "Safari, iPhone" in page.text
    (other,) = UserSession.objects.filter(ip="198.51.100.7")
    assert here.post(f"/accounts/sessions/{other.pk}/end/").headers["Location"] == ACCOUNT
    assert there.get("/desk/").headers["Location"].startswith("/desk/login/")
    assert here.get("/desk/").status_code == 200
    assert kinds(researcher) == ["ended", "signed_in", "signed_in"]


def test_one_signs_out_everywhere_else(client, researcher):
    here, *others = (signed_in(researcher, client=browser(client, f"192.0.2.{number}")) for number in range(3))
    assert "Signed out in 2 other places." in here.post("/accounts/sessions/end-others/", follow=True).text
    assert [get_user(other).is_anonymous for other in others] == [True, True]
    assert Session.objects.count() == 1


def test_nobody_ends_the_session_of_another(client, researcher, editor):
    here = signed_in(researcher, client=client)
    other = signed_in(editor, client=browser(client))
    (theirs,) = UserSession.objects.filter(user=editor)
    assert here.post(f"/accounts/sessions/{theirs.pk}/end/").status_code == 404
    assert other.get("/desk/").status_code == 200


def test_an_administrator_signs_somebody_out(client, administrator, researcher):
    places = [signed_in(researcher, client=browser(client, f"192.0.2.{number}")) for number in range(3)]
    client.force_login(administrator)
    page = reverse("admin:account_sign_ins", args=[researcher.pk])
    (first,) = UserSession.objects.filter(ip="192.0.2.0")
    client.post(f"{page}end/", {"session": first.pk})
    assert [get_user(place).is_anonymous for place in places] == [True, False, False]
    assert client.post(f"{page}end/", {"session": "nonsense"}).status_code == 404
    assert client.post(f"{page}no-such-act/").status_code == 404
    client.post(f"{page}end-all/")
    assert [get_user(place).is_anonymous for place in places] == [True, True, True]
    assert AccountEvent.objects.of(researcher).first().by == administrator


def test_a_new_password_ends_every_other_session(client, researcher):
    here, there = signed_in(researcher, client=browser(client)), signed_in(researcher, client=browser(client))
    form = {"oldpassword": PASSWORD, "password1": "a new and longer one", "password2": "a new and longer one"}
    here.post("/accounts/password/change/", form)
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302
    assert kinds(researcher)[0] == "password_changed"


def test_a_session_that_is_left_alone_asks_who_is_there_and_loses_nothing(client, researcher):
    signed_in(researcher, client=client)
    client.get("/desk/")
    unused_for(client, dt.timedelta(minutes=31))
    assert client.get("/desk/").status_code == 403
    asked = client.post("/desk/language/", {"language": "nl", "next": "/desk/"})
    assert "Nobody has used this page" in asked.text
    fields = hidden(asked)
    wrong = client.post("/desk/language/", fields | {"password": "a guess"})
    assert wrong.status_code == 403
    assert "not correct" in wrong.text or "ncorrect" in wrong.text
    confirmed = client.post("/desk/language/", fields | {"password": PASSWORD})
    researcher.refresh_from_db()
    assert researcher.language == ""
    assert hidden(confirmed) == {"language": "nl", "next": "/desk/"}
    client.post("/desk/language/", hidden(confirmed))
    researcher.refresh_from_db()
    assert researcher.language == "nl"
    assert "confirmed" in kinds(researcher)
    assert "failed_confirmation" in kinds(researcher)


def test_a_file_that_is_sent_after_a_pause_is_not_even_read(client, researcher):
    signed_in(researcher, client=client)
    unused_for(client, dt.timedelta(minutes=31))
    file = SimpleUploadedFile("stations.csv", b"name\n")
    asked = client.post("/desk/imports/", {"file": file, "kind": "station"})
    assert "choose it again" in asked.text
    answer = urlencode(hidden(asked) | {"password": PASSWORD})
    form = "application/x-www-form-urlencoded"
    assert Client(enforce_csrf_checks=True).post("/desk/imports/", answer, content_type=form).status_code in {302, 403}
    assert client.post("/desk/imports/", answer, content_type=form).headers["Location"] == "/desk/imports/"
    assert client.get("/desk/imports/").status_code == 200


def test_use_keeps_a_session_alive_and_twelve_hours_end_it(client, researcher):
    signed_in(researcher, client=client)
    for _ in range(3):
        unused_for(client, dt.timedelta(minutes=29))
        assert client.get("/desk/").status_code == 200
    UserSession.objects.update(created_at=timezone.now() - dt.timedelta(hours=12, minutes=1))
    assert client.get("/desk/").headers["Location"] == "/accounts/login/?next=/desk/"
    assert get_user(client).is_anonymous


@pytest.mark.parametrize("change", [{"groups": [Role.OBSERVER]}, {"is_active": ""}])
def test_other_roles_and_deactivation_end_every_session(client, administrator, editor, change):
    theirs = signed_in(editor, client=browser(client))
    client.force_login(administrator)
    form = {"username": editor.username, "name": editor.name, "email": editor.email, "is_active": "on"}
    form["groups"] = [Role.EDITOR]
    form |= change
    form["groups"] = [Group.objects.get(name=role).pk for role in form["groups"]]
    form = {name: value for name, value in form.items() if value}
    assert client.post(reverse("admin:accounts_user_change", args=[editor.pk]), form).status_code == 302
    assert theirs.get("/desk/").status_code == 302
    assert get_user(theirs).is_anonymous
    assert kinds(editor)[:2] == ["ended", "access_changed"]


def test_a_change_that_gives_no_rights_ends_nothing(client, administrator, editor):
    theirs = signed_in(editor, client=browser(client))
    client.force_login(administrator)
    form = {"username": editor.username, "name": "Another name", "email": editor.email, "is_active": "on"}
    form["groups"] = [Group.objects.get(name=Role.EDITOR).pk]
    client.post(reverse("admin:accounts_user_change", args=[editor.pk]), form)
    editor.refresh_from_db()
    assert editor.name == "Another name"
    assert theirs.get("/desk/").status_code == 200


# --- the log -----------------------------------------------------------------


def test_the_log_tells_what_happened_from_where(client, researcher, administrator):
    here = browser(client)
    here.post("/accounts/login/", {"login": "Researcher", "password": "a guess"})
    here.post("/accounts/login/", {"login": "Researcher", "password": "another"})
    signed_in(researcher, client=here)
    page = here.get(ACCOUNT)
    for words in ("wrong password", "2 times", "192.0.2.1", "Firefox, Linux", "new device", "password"):
        assert words in page.text, words
    client.force_login(administrator)
    theirs = client.get(reverse("admin:account_sign_ins", args=[researcher.pk]))
    assert "wrong password" in theirs.text
    client.force_login(here and researcher)
    assert client.get(reverse("admin:account_sign_ins", args=[administrator.pk])).status_code == 403


def test_the_log_keeps_no_name_that_is_nobodys_and_nothing_old(client, researcher, settings):
    client.post("/accounts/login/", {"login": "my secret password", "password": "x"})
    (event,) = AccountEvent.objects.all()
    assert event.person is None
    assert "secret" not in str([str(value) for value in vars(event).values()])
    AccountEvent.objects.update(at=timezone.now() - dt.timedelta(days=settings.SIGN_IN_LOG_DAYS + 1))
    signed_in(researcher, client=client)
    assert [event.kind for event in AccountEvent.objects.all()] == ["signed_in"]


def test_a_new_device_is_told_by_mail_and_a_known_one_is_not(client, researcher, mailoutbox):
    for address in ("192.0.2.1", "192.0.2.9", "198.51.100.7"):
        signed_in(researcher, client=browser(client, address))
    carry_out_tasks()
    assert [mail.to for mail in mailoutbox] == [[researcher.email]] * 2  # two networks, one kind of device
    assert mailoutbox[0].subject == "Signed in from a new device"
    assert "192.0.2.1" in mailoutbox[0].body
    assert "http" not in mailoutbox[0].body
