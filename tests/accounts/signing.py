"""Signing in as people do, with a second factor."""

import re

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from tests.factories.users import PASSWORD

LOGIN = "/accounts/login/"
CHECK = "/accounts/factors/check/"


def code_for(secret, *, steps=0):
    """What the app shows now, or some steps of 30 seconds from now."""
    counters = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2] + steps))


def give_app(person):
    """Set up an app and recovery codes; return the secret and a code on paper."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret, RecoveryCodes.activate(person).generate_codes()[0]


def signed_in(person, *, code=None, client=None):
    """A browser in which somebody has signed in by the front door."""
    client = client or Client()
    response = client.post(LOGIN, {"login": person.username, "password": PASSWORD})
    if Authenticator.objects.filter(user=person).exists():
        assert response.headers["Location"] == CHECK
        if code:
            client.post(CHECK, {"code": code})
    return client


def make_stale(client):
    """Let the last proof of who it is be long ago."""
    session = client.session
    records = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [record | {"at": record["at"] - 3600} for record in records]
    session.save()


def unused_for(client, time):
    """Let a session have been left alone for some time."""
    then = timezone.now() - time
    UserSession.objects.filter(session_key=client.session.session_key).update(last_seen_at=then)


def hidden(response):
    """The hidden fields of the first form of a page."""
    form = re.search(r"<form method=\"post\".*?</form>", response.text.split("</noscript>")[-1], re.DOTALL)[0]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: value for name, value in pairs if name != "csrfmiddlewaretoken"}
