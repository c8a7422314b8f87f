"""Every address is either public or for staff, and behaves so."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.architecture.routes import PUBLIC, STAFF, WATCH, classify, routes

# Where people who are not signed in must get in, or be sent to.
OPEN_STAFF_NAMES = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "login",
    # Between the password and the second factor nobody is signed in.
    "mfa_authenticate",
    "mfa_login_webauthn",
}


def needs_sign_in(route):
    return getattr(route.callback, "login_required", True)


@pytest.mark.parametrize("route", routes(), ids=str)
def test_every_route_says_whom_it_is_for(route):
    kind = classify(route)
    assert kind in {PUBLIC, STAFF, WATCH}, "an address that nobody has classified"
    if kind in {PUBLIC, WATCH}:
        assert not needs_sign_in(route), "a public page or a program cannot sign in"
    elif route.name not in OPEN_STAFF_NAMES:
        assert needs_sign_in(route), "a page for staff must ask for a sign-in"


@pytest.mark.parametrize("route", [route for route in routes() if classify(route) == PUBLIC], ids=str)
def test_nothing_public_takes_a_form(route):
    # Which is why nobody looks for a token there: see casetracker.public.body_limit.
    request = RequestFactory().post("/", {"a": "b"})
    assert route.callback(request, **dict.fromkeys(route.parameters, "1")).status_code in (404, 405)


def test_the_desk_sends_strangers_to_the_sign_in(db):
    for name in ("admin:index", "admin:accounts_user_changelist", "account_change_password"):
        response = Client().get(reverse(name), follow=True)
        assert response.redirect_chain
        assert response.request["PATH_INFO"] == "/accounts/login/"
