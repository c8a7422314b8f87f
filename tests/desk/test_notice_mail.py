"""E-mails about notices: one an hour for each person at most, nothing lost, nothing of a record in them."""

import datetime as dt
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as Outbox
from django.core.management import CommandError, call_command
from django.urls import resolve
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casetracker.review import notice_mail
from casetracker.review.choices import NoticeKind
from casetracker.review.models import Notice
from casetracker.review.services.mail import mail_notices
from tests.desk.browser import Browser
from tests.factories.records import bring_to, make_station

PAGE = "/desk/notices/"
SECRET = "Nobody may read this"  # noqa: S105


class DeadMailServer(Outbox):
    """Refuses all that it is given."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail server there")


@pytest.fixture
def draft(team):
    return make_station(by=team.author, locality="Hiddentown", summary="A door.")


@pytest.fixture
def dead_server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.{DeadMailServer.__qualname__}"


def say(browser, draft, text=f"@rosa: {SECRET}"):
    browser.act(draft, "comment", text=text)


def send():
    """Run the command for timetables; return what it complains of."""
    errors = StringIO()
    call_command("send_notices", stderr=errors)
    return errors.getvalue()


def let_time_pass(**duration):
    """Put all that was mailed and all that waits further back."""
    for notice in Notice.objects.filter(mailed_at__isnull=False):
        notice.mailed_at -= dt.timedelta(**duration)
        notice.save()
    for waiting in waiting_tasks():
        waiting.run_after -= dt.timedelta(**duration)
        waiting.save()


def waiting_tasks():
    return DBTaskResult.objects.filter(status="READY")


def work():
    """Let a worker do all that is due."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def minutes_to_go():
    """In how many minutes the waiting tasks run."""
    return [round((task.run_after - timezone.now()).total_seconds() / 60) for task in waiting_tasks()]


def addressees():
    return [message.to for message in mail.outbox]


# --- what it says ---------------------------------------------------------------


def test_an_email_counts_what_waits_and_tells_nothing_of_it(author, reviewer, editor, team, draft, settings):
    settings.DESK_URL = "https://cases.example.org/desk/"
    say(author, draft)
    say(author, draft)
    author.act(draft, "assign", to=team.reviewer.pk)
    send()
    (message,) = mail.outbox
    assert message.to == [team.reviewer.email]
    assert message.subject == "3 notices wait for you"
    assert "- 1 record that was assigned to you\n- 2 comments that mention you" in message.body
    for text in (SECRET, "Hiddentown", "Netherlands", "A door", "Ana", "ana", str(draft.pk)):
        assert text not in message.body + message.subject
    address = message.body.partition("https://cases.example.org")[2].split()[0]
    assert resolve(address).url_name == "notices"


def test_without_a_setting_an_email_names_no_address(author, draft):
    say(author, draft)
    send()
    (message,) = mail.outbox
    assert message.subject == "1 notice waits for you"
    assert "Sign in at the desk to read them." in message.body
    assert "http" not in message.body


def test_each_sort_of_notice_has_its_words():
    assert notice_mail._IN_WORDS.keys() == set(NoticeKind)
    for words in notice_mail._IN_WORDS.values():
        assert words % {"count": 1} != words % {"count": 2}


# --- how often ------------------------------------------------------------------


def test_an_hour_has_one_email_and_the_next_counts_all_that_waits(author, draft):
    say(author, draft)
    send()
    send()
    say(author, draft)
    send()
    assert len(mail.outbox) == 1
    let_time_pass(minutes=61)
    send()
    assert [message.subject for message in mail.outbox] == ["1 notice waits for you", "2 notices wait for you"]
    let_time_pass(minutes=61)
    send()
    assert len(mail.outbox) == 2, "nothing new"


def test_what_was_read_at_the_desk_is_not_mailed(author, reviewer, draft):
    say(author, draft)
    reviewer.submit(reviewer.open(PAGE).form("/notices/read/"))
    send()
    assert mail.outbox == []


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}, {"notices_by_mail": False}])
def test_people_without_an_address_or_account_or_wish_get_none(author, team, draft, change):
    say(author, draft)
    for name, value in change.items():
        setattr(team.reviewer, name, value)
    team.reviewer.save()
    send()
    mail_notices.call(team.reviewer.pk)
    assert mail.outbox == []
    assert not Notice.objects.filter(mailed_at__isnull=False).exists()


def test_who_has_left_the_desk_gets_none(author, team, draft):
    say(author, draft)
    team.reviewer.groups.clear()
    send()
    assert mail.outbox == []


def test_a_person_switches_emails_off_and_on(author, reviewer, team, draft):
    form = reviewer.open(PAGE).form("/notices/mail/")
    assert form["wanted"] == "on"
    page = reviewer.submit(form.fill(wanted=False))
    assert "You get no e-mails about notices any more." in page.text
    say(author, draft)
    assert not waiting_tasks().exists()
    send()
    assert mail.outbox == []
    page = reviewer.submit(page.form("/notices/mail/").fill(wanted=True))
    assert "You are told by e-mail from now on." in page.text
    assert waiting_tasks().count() == 1, "what came meanwhile"
    send()
    assert addressees() == [[team.reviewer.email]]


def test_a_person_without_an_address_reads_how_to_get_one(team):
    team.reviewer.email = ""
    team.reviewer.save()
    page = Browser(team.reviewer).open(PAGE)
    assert "Your account has no e-mail address" in page.text
    assert not [form for form in page.posts if form.action.endswith("/mail/")]


# --- when the mail server fails --------------------------------------------------


def test_a_failed_email_is_sent_later_and_once(author, editor, team, draft, dead_server, settings):
    say(author, draft, "@rosa and @edith: look")
    with pytest.raises(CommandError, match="2 could not be sent"):
        send()
    assert not Notice.objects.filter(mailed_at__isnull=False).exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send()
    send()
    assert sorted(addressees()) == sorted([[team.reviewer.email], [team.editor.email]])


@pytest.mark.django_db(transaction=True)
def test_a_worker_comes_back_after_a_failure(author, team, draft, dead_server, settings):
    say(author, draft)
    let_time_pass(minutes=6)
    work()
    assert mail.outbox == []
    assert DBTaskResult.objects.filter(status="FAILED").count() == 1
    assert minutes_to_go() == [60]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    let_time_pass(minutes=61)
    work()
    assert addressees() == [[team.reviewer.email]]
    assert not waiting_tasks().exists()


# --- the worker -------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_a_burst_as_one_email_and_the_rest_after_the_hour(author, team, draft):
    say(author, draft)
    say(author, draft)
    assert minutes_to_go() == [5], "one task for both"
    work()
    assert mail.outbox == []
    let_time_pass(minutes=6)
    work()
    assert [message.subject for message in mail.outbox] == ["2 notices wait for you"]
    let_time_pass(minutes=20)
    say(author, draft)
    assert minutes_to_go() == [40]
    mail_notices.call(team.reviewer.pk)  # Somebody runs it too early: the task that waits is enough.
    assert minutes_to_go() == [40]
    let_time_pass(minutes=41)
    work()
    assert [message.subject for message in mail.outbox] == ["2 notices wait for you", "3 notices wait for you"]
    assert not waiting_tasks().exists()


def test_what_comes_while_an_email_is_under_way_is_mailed_after_the_hour(author, team, draft):
    say(author, draft)
    waiting_tasks().delete()  # The worker has taken it.
    send()
    say(author, draft)
    waiting_tasks().delete()
    mail_notices.call(team.reviewer.pk)
    assert len(mail.outbox) == 1
    assert minutes_to_go() == [60]


def test_an_act_that_is_refused_leaves_no_task(author, team, draft):
    say(author, draft, "@rosa and @nobody")
    assert not waiting_tasks().exists()


def test_publishing_tells_people_by_email_too(editor, team, draft):
    bring_to(draft, "approved", **vars(team))
    editor.act(draft, "publish")
    send()
    assert sorted(addressees()) == sorted([[team.author.email], [team.reviewer.email]])
    assert all("- 1 record that was published\n" in message.body for message in mail.outbox)
