"""The register of requests by law: for editors and administrators, with deadlines."""

import datetime as dt
import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from casetracker.accounts.roles import Role
from casetracker.review.deadlines import first_deadline, months_later
from casetracker.review.models import LegalEvent, LegalRequest, Notice
from tests.desk.browser import Browser
from tests.factories.records import bring_to, make_station
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

ADD, LIST = "/desk/review/legalrequest/add/", "/desk/review/legalrequest/"
SENDER = "Jan Jansen, Dorpsstraat 1"


def ago(days):
    return (timezone.now() - dt.timedelta(days=days)).date()


def enter(browser, **changes):
    values = {"kind": "access", "sender": SENDER, "way": "mail", "received_on": ago(1), "asked": "All you have of me."}
    return browser.submit(browser.open(ADD).form().fill(**values | changes))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-01-31", "2026-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2026-12-15", "2027-01-15"),
        ("2026-03-01", "2026-04-01"),
    ],
)
def test_a_month_ends_on_the_day_of_the_same_number(received, due):
    assert first_deadline("erasure", dt.date.fromisoformat(received)) == dt.date.fromisoformat(due)


def test_an_editor_enters_a_request_and_answers_it(editors):
    editor, other = editors
    record = bring_to(make_station(), "live")
    page = enter(editor, references="s-1")
    assert page.was_redirected
    request = LegalRequest.objects.get()
    assert request.due_on == months_later(request.received_on, 1)
    assert list(request.records.all()) == [record]
    own = f"{LIST}{request.pk}/change/"
    assert "S-1" in other.open(own).text
    stale = editor.open(own).form()
    answer = {"answered_on": ago(0), "outcome": "granted", "reasons": "We sent it."}
    assert other.submit(other.open(own).form().fill(**answer)).was_redirected
    refused = editor.submit(stale.fill(sender="Somebody else"))
    assert "Changed meanwhile by Egon Editor" in refused.text
    request.refresh_from_db()
    assert (request.outcome, request.sender) == ("granted", SENDER)
    assert [event.act for event in LegalEvent.objects.all()] == ["entered", "answered"]
    page = editor.open(own)
    editor.submit(page.form("/forget/"))
    assert SENDER not in editor.get(own).content.decode() + editor.get(LIST).content.decode()
    assert LegalRequest.objects.get().outcome == "granted"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"received_on": ago(-2)}, "This day is still to come."),
        ({"due_on": ago(-50)}, "Say why it takes longer"),
        ({"due_on": ago(-400), "extended_because": "Much."}, "no more than three months"),
        ({"due_on": ago(9)}, "It cannot be due before it came."),
        ({"answered_on": ago(0)}, "Fill in all three, or none."),
        ({"references": "S-99"}, "No such record: S-99."),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(editors, changes, message):
    page = enter(editors[0], **changes)
    assert message in page.text
    assert page.form()["sender"] == SENDER, "nothing that was typed is lost"
    assert not LegalRequest.objects.exists()


def test_nobody_else_learns_who_asked(editors):
    enter(editors[0])
    own = f"{LIST}{LegalRequest.objects.get().pk}/change/"
    for role in (Role.RESEARCHER, Role.OBSERVER):
        browser = Browser(UserFactory(roles=[role]))
        for address in (LIST, ADD, own, own.replace("change", "history")):
            assert browser.client.get(address).status_code == 403
        assert "legalrequest" not in browser.client.get("/desk/").content.decode()
    administrator = Browser(UserFactory(roles=[Role.ADMINISTRATOR]))
    assert administrator.open(own).form()["sender"] == SENDER


def test_what_is_overdue_stands_first_and_editors_are_told_once(editors):
    for days, sender in ((25, "Soon"), (1, "Later"), (40, "Overdue")):
        enter(editors[0], received_on=ago(days), sender=sender)
    names = [request.sender for request in LegalRequest.objects.open()]
    assert names == ["Overdue", "Soon", "Later"]
    text = editors[0].open(LIST).text
    assert text.index("Overdue") < text.index("Soon") < text.index("Later")
    assert "days late" in text
    assert "2 requests by law must be answered soon" in editors[0].open("/desk/").text
    for _again in range(2):
        call_command("send_notices", stdout=io.StringIO())
    notices = Notice.objects.filter(kind="due")
    assert {notice.person.username for notice in notices} == {"edith", "egon"}
    assert notices.count() == 4
    page = editors[1].open("/desk/notices/")
    assert "It must be answered soon" in page.text
    assert "Overdue" not in page.text
    assert all("Overdue" not in message.body for message in mail.outbox)
