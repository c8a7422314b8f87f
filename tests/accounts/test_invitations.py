"""Invited people set their own password; it must be long, and not one that leaked."""

import hashlib
import re

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.hashers import identify_hasher, make_password
from django.core.cache import cache

from casetracker.accounts.models import AccountEvent, User
from casetracker.accounts.passwords import is_listed
from casetracker.settings import base
from tests.accounts.signing import LOGIN

pytestmark = pytest.mark.django_db

NEW = {"username": "ana", "name": "Ana", "email": "ana@example.org"}
GOOD = "a new and longer one"


@pytest.fixture
def link(client, administrator, mailoutbox):
    """Where an invited person sets the password."""
    cache.clear()
    client.force_login(administrator)
    page = client.post("/desk/accounts/user/add/", NEW, follow=True)
    assert "was sent to ana@example.org" in page.text
    (mail,) = mailoutbox
    assert mail.to == ["ana@example.org"]
    client.logout()
    return re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.body)[1]


def set_password(client, link, password):
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


def test_an_invited_person_sets_a_password_once_and_signs_in(client, link):
    assert "15 characters" in set_password(client, link, "too short").text
    assert "Password changed" in set_password(client, link, GOOD).text
    assert "no longer works" in client.get(link, follow=True).text
    client.post(LOGIN, {"login": "ana", "password": GOOD})
    assert get_user(client).username == "ana"
    ana = User.objects.get(username="ana")
    assert [event.kind for event in AccountEvent.objects.of(ana)] == ["signed_in", "password_changed", "invited"]


def test_an_account_without_an_address_is_not_added(client, administrator):
    client.force_login(administrator)
    assert "required" in client.post("/desk/accounts/user/add/", NEW | {"email": ""}).text
    assert not User.objects.filter(username="ana").exists()


def test_a_mail_server_that_is_down_loses_no_account(client, administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    client.force_login(administrator)
    page = client.post("/desk/accounts/user/add/", NEW, follow=True)
    assert "could not be sent" in page.text
    assert User.objects.filter(username="ana").exists()


def test_an_administrator_sends_the_link_again(client, administrator, researcher, mailoutbox):
    client.force_login(administrator)
    client.post(f"/desk/accounts/user/{researcher.pk}/sign-ins/link/")
    assert [mail.to for mail in mailoutbox] == [[researcher.email]]


def test_leaked_passwords_are_refused(client, link, settings, tmp_path):
    leaked = [f"a leaked password, number {number}" for number in range(40)]
    digests = sorted(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest().upper() for text in leaked)
    file = tmp_path / "leaked.txt"
    file.write_text("".join(f"{digest}:{number}\r\n" for number, digest in enumerate(digests)))
    assert [is_listed(text, file) for text in leaked] == [True] * len(leaked)
    assert not any(is_listed(f"{text}!", file) for text in leaked)
    settings.AUTH_PASSWORD_VALIDATORS = [
        {"NAME": "casetracker.accounts.passwords.LeakedPasswordValidator", "OPTIONS": {"path": str(file)}}
    ]
    assert "found in a leak" in set_password(client, link, leaked[7]).text
    assert "Password changed" in set_password(client, link, GOOD).text


def test_a_real_site_keeps_passwords_with_argon2(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    assert identify_hasher(make_password(GOOD)).algorithm == "argon2"
