"""The first administrator comes from the server's command line; everybody else is invited."""

import getpass
import re

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command

from casetracker.accounts.models import AccountEvent, User
from casetracker.accounts.roles import Role, roles_of
from tests.accounts.signing import LOGIN
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

GOOD = "a long one of her own"


def create(capsys, *options):
    call_command("create_first_administrator", "ana", "--email", "ana@example.org", *options)
    return capsys.readouterr().out


def type_in(monkeypatch, *passwords):
    given = iter(passwords)
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(given))


def test_she_sets_her_password_by_the_link_once_and_must_get_a_second_factor(capsys, client, settings):
    settings.DESK_URL, settings.SECOND_FACTOR_REQUIRED = "https://cases.example/desk/", True
    path = re.search(r"https://cases\.example(/accounts/password/reset/key/\S+)", create(capsys))[1]
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": GOOD, "password2": GOOD})
    assert "no longer works" in client.get(path, follow=True).text
    client.post(LOGIN, {"login": "ana", "password": GOOD})
    ana = get_user(client)
    assert roles_of(ana) == {Role.ADMINISTRATOR}
    assert not ana.is_superuser
    assert client.get("/desk/").headers["Location"].startswith("/accounts/factors/")
    assert AccountEvent.objects.of(ana).last().kind == "access_changed"


def test_she_may_type_the_password_instead(capsys, client, monkeypatch):
    type_in(monkeypatch, GOOD, GOOD)
    said = create(capsys, "--password")
    assert GOOD not in said
    assert "http" not in said
    client.post(LOGIN, {"login": "ana", "password": GOOD})
    assert get_user(client).username == "ana"


@pytest.mark.parametrize(("typed", "said"), [(("short", "short"), "15 characters"), ((GOOD, "other"), "not the same")])
def test_nobody_is_made_with_a_bad_password(capsys, monkeypatch, typed, said):
    type_in(monkeypatch, *typed)
    with pytest.raises(CommandError, match=said):
        create(capsys, "--password")
    assert not User.objects.exists()


@pytest.mark.parametrize("other", [{"roles": [Role.ADMINISTRATOR]}, {"is_superuser": True}])
def test_there_is_only_one_first(capsys, other):
    person = UserFactory(**other)
    with pytest.raises(CommandError, match="There is an administrator already"):
        create(capsys)
    assert not User.objects.filter(username="ana").exists()
    # Somebody who was switched off keeps nobody out.
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert "ana is administrator" in create(capsys)


def test_a_taken_name_is_said(capsys):
    UserFactory(username="ANA")
    with pytest.raises(CommandError, match="This user name is taken"):
        create(capsys)
