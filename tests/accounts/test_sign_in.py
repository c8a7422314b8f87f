"""Signing in, as a browser does it."""

import re

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from casetracker.accounts.adapter import AccountAdapter
from tests.factories.users import PASSWORD, UserFactory

pytestmark = [pytest.mark.both, pytest.mark.django_db]

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _no_left_over_counts():
    cache.clear()


def attempt(client, username="researcher", password="a guess", address="192.0.2.1", **extra):  # noqa: S107
    return client.post(LOGIN, {"login": username, "password": password}, REMOTE_ADDR=address, **extra)


def test_signing_in_leads_to_the_desk(client, researcher):
    response = attempt(client, password=PASSWORD)
    assert response.headers["Location"] == reverse("admin:index")
    assert get_user(client) == researcher
    assert client.session.get_expire_at_browser_close()


def test_signing_in_leads_back_to_where_one_was_going(client, researcher):
    response = client.get("/desk/password_change/")
    assert response.headers["Location"] == "/desk/login/?next=/desk/password_change/"
    response = client.get(response.headers["Location"])
    assert response.headers["Location"] == "/accounts/login/?next=/desk/password_change/"
    response = client.post(response.headers["Location"], {"login": "researcher", "password": PASSWORD})
    assert response.headers["Location"] == "/desk/password_change/"


def test_the_desk_sends_nobody_to_another_site(client, researcher):
    response = client.get("/desk/login/?next=https://evil.example/")
    assert response.headers["Location"] == "/accounts/login/?next=/desk/"
    client.force_login(researcher)
    assert client.get("/desk/login/?next=//evil.example/").headers["Location"] == "/desk/"


def test_someone_signed_in_is_not_asked_again(client, researcher):
    client.force_login(researcher)
    assert client.get("/desk/login/?next=/desk/password_change/").headers["Location"] == "/desk/password_change/"


def test_without_a_role_the_desk_stays_shut_and_says_why(client, outsider):
    client.force_login(outsider)
    response = client.get("/desk/", follow=True)
    assert response.status_code == 403
    assert "Ask an administrator" in response.text


def test_a_superuser_gets_in(client, superuser):
    client.force_login(superuser)
    assert client.get("/desk/").status_code == 200


def test_the_letter_case_of_the_name_does_not_matter(client, researcher):
    attempt(client, username=" Researcher ", password=PASSWORD)
    assert get_user(client) == researcher


def test_an_inactive_account_cannot_sign_in(client):
    UserFactory(username="gone", is_active=False)
    response = attempt(client, username="gone", password=PASSWORD)
    assert response.status_code == 200
    assert get_user(client).is_anonymous


def test_a_refusal_does_not_tell_whether_the_name_exists(client, researcher):
    known, unknown = attempt(client), attempt(client, username="nobody")
    assert "not correct" in known.text
    assert known.context["form"].errors == unknown.context["form"].errors


def test_nobody_can_sign_up(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/email/").status_code == 404
    assert not AccountAdapter().is_open_for_signup(RequestFactory().get("/"))


def test_signing_out_takes_a_click(client, researcher):
    client.force_login(researcher)
    assert "You are signed in as" in client.get("/accounts/logout/").text
    assert get_user(client) == researcher
    assert client.post("/accounts/logout/").headers["Location"] == LOGIN
    assert get_user(client).is_anonymous


def test_a_page_without_mark_needs_a_sign_in(client):
    response = client.get("/accounts/password/change/")
    assert response.headers["Location"] == "/accounts/login/?next=/accounts/password/change/"


def test_a_password_is_changed(client, researcher):
    client.force_login(researcher)
    form = {"oldpassword": PASSWORD, "password1": "a new and longer one", "password2": "a new and longer one"}
    assert client.post("/accounts/password/change/", form | {"password1": "x", "password2": "x"}).status_code == 200
    assert client.post("/accounts/password/change/", form).status_code == 302
    researcher.refresh_from_db()
    assert researcher.check_password("a new and longer one")


def test_a_forgotten_password_is_reset_by_mail(client, mailoutbox, researcher):
    response = client.post("/accounts/password/reset/", {"email": researcher.email}, follow=True)
    assert "Look into your mail" in response.text
    (mail,) = mailoutbox
    assert mail.to == [researcher.email]
    path = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.body)[1]
    response = client.get(path, follow=True)
    assert "Set a new password" in response.text
    form = {"password1": "a new and longer one", "password2": "a new and longer one"}
    response = client.post(response.request["PATH_INFO"], form, follow=True)
    assert "Password changed" in response.text
    assert "This link no longer works" in client.get(path, follow=True).text
    assert attempt(client, password="a new and longer one").status_code == 302  # noqa: S106


def test_a_reset_does_not_tell_whether_the_address_exists(client, mailoutbox, researcher):
    response = client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert "Look into your mail" in response.text
    assert mailoutbox == []


# --- Lockout -----------------------------------------------------------------


def lock_out(client, **extra):
    for _ in range(4):
        assert attempt(client, **extra).status_code == 200
    return attempt(client, **extra)


def test_five_failures_lock_out_this_name_from_this_address(client, researcher):
    response = lock_out(client)
    assert response.status_code == 429
    assert "Too many attempts" in response.text
    assert attempt(client, password=PASSWORD).status_code == 429
    assert get_user(client).is_anonymous


def test_a_lockout_is_for_this_name_from_this_address_only(client, researcher, editor):
    lock_out(client)
    assert attempt(client, username="editor", password=PASSWORD).status_code == 302
    client.logout()
    assert attempt(client, password=PASSWORD, address="192.0.2.2").status_code == 302


def test_other_letter_cases_give_no_further_attempts(client, researcher):
    for name in ("researcher", "Researcher", "RESEARCHER", " researcher"):
        attempt(client, username=name)
    assert attempt(client, username="reSearcher ").status_code == 429
    assert attempt(client, password=PASSWORD).status_code == 429


def test_a_success_clears_the_count(client, researcher):
    for _ in range(4):
        attempt(client)
    assert attempt(client, password=PASSWORD).status_code == 302
    client.logout()
    assert attempt(client).status_code == 200


def test_the_desk_has_no_form_of_its_own_to_try_passwords_on(client, researcher):
    for _ in range(6):
        response = client.post("/desk/login/", {"username": "researcher", "password": "wrong"})
        assert response.headers["Location"] == "/accounts/login/?next=/desk/"
    lock_out(client)
    response = client.post("/desk/login/", {"username": "researcher", "password": PASSWORD})
    assert response.headers["Location"] == "/accounts/login/?next=/desk/"
    assert get_user(client).is_anonymous


def test_a_forged_forwarding_header_is_no_way_around(client, researcher):
    for number in range(4):
        attempt(client, headers={"x-forwarded-for": f"198.51.100.{number}"})
    assert attempt(client, headers={"x-forwarded-for": "198.51.100.9"}).status_code == 429


def test_behind_a_trusted_proxy_its_word_counts(client, researcher, settings):
    settings.TRUSTED_PROXIES = 1
    lock_out(client, headers={"x-forwarded-for": "198.51.100.1"})
    assert attempt(client, password=PASSWORD, headers={"x-forwarded-for": "198.51.100.1"}).status_code == 429
    # What a caller writes in front of the proxy's entry changes nothing.
    forged = {"x-forwarded-for": "203.0.113.7, 198.51.100.1"}
    assert attempt(client, password=PASSWORD, headers=forged).status_code == 429
    assert attempt(client, password=PASSWORD, headers={"x-forwarded-for": "198.51.100.2"}).status_code == 302
