"""Every address, asked by every kind of person, gives what the table of permissions says."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from casetracker.operations.permissions import RULES, Answer, Person
from tests.architecture.asking import prepare
from tests.architecture.routes import PUBLIC, classify, routes

_ROLE = re.compile(r"needs the role|Only (?:researchers|editors|colleagues)|Only somebody with the role")


def key(route):
    return route.name or str(route)


ROUTES = {}
for _route in routes():
    ROUTES.setdefault(key(_route), []).append(_route)


def test_the_page_in_docs_is_the_one_that_the_table_gives(capsys):
    call_command("render_permissions")
    rendered = capsys.readouterr().out
    committed = (Path(settings.BASE_DIR) / "docs" / "permissions.md").read_text()
    assert committed == rendered, "run: manage.py render_permissions > docs/permissions.md"


def test_every_address_is_in_the_table():
    listed = {address for rule in RULES for address in rule.addresses}
    assert ROUTES.keys() - listed == set(), "say in casetracker/operations/permissions who gets this"
    assert listed - ROUTES.keys() == set(), "an address that is no more"


def test_no_cell_is_stated_twice():
    stated = [(rule.method, rule.of, address) for rule in RULES for address in rule.addresses]
    assert len(stated) == len(set(stated))


def found(client, method, path, sent):
    """What a person gets. Nothing of it stays."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.post(path, sent) if method == "POST" else client.get(path)
        if response.headers.get("Location", "").startswith("/desk/login/?"):  # which says why, or sends on
            response = client.get(response.headers["Location"])
        if response.streaming:
            b"".join(response.streaming_content)  # which closes its file
        told = _told(client, response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return _answer(response, told)


def _told(client, response):
    """Of what people are sent on to after an act: what is said there, and by what else it is refused."""
    if response.request["REQUEST_METHOD"] != "POST":
        return ""
    location = response.headers.get("Location", "")
    if location.startswith("/desk/"):
        response = client.get(location)
    if response.status_code == 403:
        return "Only colleagues"
    return response.text if response.headers.get("Content-Type", "").startswith("text/html") else ""


def _answer(response, told):
    location = response.headers.get("Location", "")
    if location.startswith("/accounts/login/"):
        return Answer.SIGN_IN
    if location.startswith("/accounts/factors/?next="):
        return Answer.FACTOR
    if response.status_code in (403, 404):
        return {403: Answer.REFUSED, 404: Answer.NOT_FOUND}[response.status_code]
    if response.status_code == 405 or response.status_code >= 500:
        return f"{response.status_code}"
    return Answer.REFUSED if _ROLE.search(told) else Answer.YES


# Records of each kind have the same pages and acts, made by the same classes; public pages read no session.
_ALIKE = ("stations_claim", "responses_response", "responses_agreement")
_ENOUGH_IN_PUBLIC = (Person.ANYONE, Person.EDITOR)


def is_said_by_others(route, person):
    """Tell whether this is, as good as certainly, what another address or person gets too: CI leaves it out."""
    if classify(route) == PUBLIC:
        return person not in _ENOUGH_IN_PUBLIC
    return key(route).startswith(_ALIKE)


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("rest", [False, pytest.param(True, marks=pytest.mark.long)])
def test_everybody_gets_what_the_table_says(settings, tmp_path, rest):
    settings.PACKAGES_DIR = tmp_path
    settings.SECOND_FACTOR_REQUIRED = True
    asked, wrong = prepare(), []
    for rule in RULES:
        for route in [route for address in rule.addresses for route in ROUTES[address]]:
            for person in [person for person in Person if is_said_by_others(route, person) is rest]:
                path = asked.address(route, rule.of, person)
                answer = found(asked.clients[person], rule.method, path, asked.body(route))
                if answer != rule.answer(person):
                    wrong.append(f"{rule.method} {path} ({key(route)}, {rule.of.name}): {person.value} {answer}")
    assert wrong == []
