"""Asking again who is there, before what cannot be undone."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import reverse

from casetracker.accounts.models import AccountEvent, User
from casetracker.accounts.roles import Role, roles_of
from casetracker.review.admin.acts import ACTS
from casetracker.review.models import Release
from tests.accounts.signing import code_for, give_app, hidden, make_stale, signed_in
from tests.desk.browser import address
from tests.factories.records import bring_to, fresh, make_station
from tests.factories.users import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asks(settings):
    cache.clear()
    settings.FRESH_SIGN_IN = dt.timedelta(minutes=15)


def test_exactly_the_acts_that_make_something_public_or_take_it_back_ask():
    assert {name for name, act in ACTS.items() if act.fresh} == {
        "approve",
        "approve-and-publish",
        "publish",
        "retract",
        "ask-for-erasure",
        "erase",
    }


def test_a_fresh_sign_in_is_not_asked_again(client, editor):
    record = bring_to(make_station(), "approved")
    signed_in(editor, client=client)
    client.post(address(record, "publish"), {"lock_version": record.lock_version})
    assert fresh(record).public_status == "live"


def test_a_stale_one_is_asked_and_what_was_typed_waits_for_a_press(client, editor):
    record = bring_to(make_station(), "live")
    secret, _paper = give_app(editor)
    signed_in(editor, code=code_for(secret), client=client)
    make_stale(client)
    act = address(record, "retract")
    typed = {"lock_version": str(record.lock_version), "reason": "error", "note": 'It was "another" street.'}
    asked = client.post(act, typed)
    assert asked.status_code == 403
    assert record.label in asked.text
    assert "It was &quot;another&quot; street." in asked.text
    assert "Password" not in asked.text  # who has a second factor shows that
    fields = hidden(asked)
    assert client.post(act, fields | {"code": "000000"}).status_code == 403
    assert client.post(act, fields | {"password": PASSWORD, "_confirm": "password", "code": ""}).status_code == 403
    confirmed = client.post(act, fields | {"code": code_for(secret, steps=1)})
    assert "Nothing has been done yet" in confirmed.text
    assert "It was &quot;another&quot; street." in confirmed.text
    assert fresh(record).public_status == "live"
    kept = hidden(confirmed)
    assert set(kept) == {"lock_version", "reason", "note"}
    client.post(act, kept | {"note": typed["note"]})
    assert fresh(record).public_status == "retracted"


def test_an_answer_does_nothing_by_itself_even_when_it_is_no_longer_needed(client, editor):
    record = bring_to(make_station(), "approved")
    signed_in(editor, client=client)
    typed = {"lock_version": record.lock_version, "_confirm": "password", "_confirm_going": "post"}
    page = client.post(address(record, "publish"), typed | {"password": PASSWORD})
    assert "Nothing has been done yet" in page.text
    assert fresh(record).public_status == "never"


def test_somebody_with_a_factor_cannot_confirm_with_the_password_alone(client, editor):
    record = bring_to(make_station(), "approved")
    secret, _paper = give_app(editor)
    signed_in(editor, code=code_for(secret), client=client)
    make_stale(client)
    act = address(record, "publish")
    client.post(act, {"lock_version": record.lock_version, "_confirm": "password", "password": PASSWORD})
    client.post(act, {"lock_version": record.lock_version})
    assert fresh(record).public_status == "never"


def test_acts_on_many_and_releases_ask_too(client, editor):
    record = bring_to(make_station(), "approved")
    signed_in(editor, client=client)
    make_stale(client)
    going = f"{record.pk}:{record.lock_version}"
    asked = client.post(reverse("admin:carry_out", args=["publish"]), {"going": going, "next": "/desk/"})
    assert asked.status_code == 403
    assert hidden(asked)["going"] == going
    client.post("/desk/releases/", {"title": "Together", "record": record.pk})
    release = Release.objects.get()
    for name in ("publish", "schedule"):
        page = reverse("admin:release_act", args=[release.pk, name])
        assert client.post(page, {"lock_version": release.lock_version}).status_code == 403, name
    assert fresh(record).public_status == "never"


def test_a_change_of_roles_asks_and_names_them(client, administrator, researcher):
    signed_in(administrator, client=client)
    make_stale(client)
    page = reverse("admin:accounts_user_change", args=[researcher.pk])
    form = {"username": researcher.username, "name": "", "email": researcher.email, "is_active": "on"}
    form["groups"] = [Group.objects.get(name=Role.EDITOR).pk]
    asked = client.post(page, form)
    assert "Save the account: Editor" in asked.text
    confirmed = client.post(page, hidden(asked) | {"password": PASSWORD})
    assert roles_of(User.objects.get(pk=researcher.pk)) == {Role.RESEARCHER}
    client.post(page, hidden(confirmed))
    assert roles_of(User.objects.get(pk=researcher.pk)) == {Role.EDITOR}
    assert AccountEvent.objects.of(administrator).filter(kind="confirmed").count() == 1


def test_changing_how_one_signs_in_asks(client, researcher):
    signed_in(researcher, client=client)
    make_stale(client)
    page = "/accounts/factors/app/add/"
    asked = client.get(page)
    assert asked.status_code == 403
    assert "qr-ink" not in asked.text
    assert client.post(page, hidden(asked) | {"password": PASSWORD}).headers["Location"] == page
    assert "qr-ink" in client.get(page).text
