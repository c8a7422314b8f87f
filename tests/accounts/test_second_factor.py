"""A second factor: setting it up, signing in with it, and what can be done without it."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core.cache import cache
from django.urls import reverse

from casetracker.accounts.choices import EventKind
from casetracker.accounts.models import AccountEvent
from tests.accounts.signing import CHECK, code_for, give_app, signed_in
from tests.architecture.routes import STAFF, classify, routes
from tests.architecture.test_urls import OPEN_STAFF_NAMES

pytestmark = pytest.mark.django_db

# What somebody can do who is signed in and has no second factor, where one is required.
SETTING_UP = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "language"}
ADD_APP = "/accounts/factors/app/add/"


@pytest.fixture(autouse=True)
def _required(settings):
    cache.clear()
    settings.SECOND_FACTOR_REQUIRED = True


def staff_addresses():
    """An address of every route for staff, in which each part that varies is made up."""
    made_up = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1"}
    for route in routes():
        if classify(route) == STAFF and route.name not in OPEN_STAFF_NAMES | {"logout", None}:
            parts = route.path.replace("\\Z", "").rstrip("$").split("/")
            filled = [made_up.get(part[1:].partition(":")[0], "x") if part[:1] == "<" else part for part in parts]
            yield route.name, "/" + "/".join(filled)


def test_only_the_password_opens_nothing(client, editor):
    give_app(editor)
    signed_in(editor, client=client)
    assert get_user(client).is_anonymous
    for name, address in staff_addresses():
        for response in (client.get(address), client.post(address)):
            assert response.status_code in {302, 404, 405}, name
            if response.status_code == 302:
                assert "login/" in response.headers["Location"], name


def test_without_a_second_factor_one_can_set_one_up_and_nothing_else(client, editor):
    signed_in(editor, client=client)
    assert get_user(client) == editor
    for name, address in staff_addresses():
        if name in SETTING_UP:
            assert client.get(address).status_code in {200, 405}, name
            continue
        for response in (client.get(address), client.post(address)):
            assert response.status_code in {302, 404, 405}, name
            if response.status_code == 302:
                assert response.headers["Location"].startswith("/accounts/factors/?next="), name


def test_an_app_is_set_up_and_opens_the_desk(client, editor):
    signed_in(editor, client=client)
    assert "This site requires one" in client.get("/desk/", follow=True).text
    page = client.get(ADD_APP)
    assert 'class="qr-ink" d="M' in page.text
    assert "style=" not in page.text
    secret = client.session["mfa.totp.secret"]
    assert secret in page.text
    assert "Incorrect" in client.post(ADD_APP, {"code": "000000"}).text
    page = client.post(ADD_APP, {"code": code_for(secret)}, follow=True)
    assert "shown this once" in page.text
    assert "<code>" in page.text
    assert "cannot be shown again" in client.get("/accounts/factors/codes/").text
    assert client.get("/desk/").status_code == 200
    stored = Authenticator.objects.get(user=editor, type="totp").data
    assert secret not in str(stored)


def test_a_session_from_before_the_factor_must_show_it(client, editor):
    signed_in(editor, client=client)
    _secret, paper = give_app(editor)
    page = client.get("/desk/")
    assert page.status_code == 403
    assert "Show it once to go on" in page.text
    assert client.post("/desk/", {"_confirm": "code", "code": paper}).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_one_signs_in_with_a_code_and_each_is_good_once(client, editor):
    secret, paper = give_app(editor)
    code = code_for(secret)
    assert get_user(signed_in(editor, code=code)) == editor
    cache.clear()  # another process knows nothing of this one's memory
    assert "has been used" in signed_in(editor, client=client).post(CHECK, {"code": code}).text
    assert client.post(CHECK, {"code": paper}).status_code == 302
    assert get_user(client) == editor
    assert get_user(signed_in(editor, code=paper)).is_anonymous
    assert AccountEvent.objects.of(editor).get(kind="failed_factor").times == 2


def test_codes_are_not_guessed(client, editor, other_editor):
    secret, _paper = give_app(editor)
    signed_in(editor, client=client)
    for _ in range(4):
        assert client.post(CHECK, {"code": "000000"}).status_code == 200
    assert client.post(CHECK, {"code": "000000"}).status_code == 429
    assert client.post(CHECK, {"code": code_for(secret)}).status_code != 302
    assert get_user(client).is_anonymous
    # Nobody is locked out from where they are themselves.
    elsewhere = type(client)(REMOTE_ADDR="192.0.2.77")
    assert get_user(signed_in(editor, code=code_for(secret, steps=1), client=elsewhere)) == editor


def test_the_last_factor_stays_where_one_is_required(client, editor, settings):
    secret, _paper = give_app(editor)
    signed_in(editor, code=code_for(secret), client=client)
    assert client.post("/accounts/factors/app/remove/").headers["Location"] == reverse("mfa_index")
    assert Authenticator.objects.filter(user=editor, type="totp").exists()
    settings.SECOND_FACTOR_REQUIRED = False
    assert client.post("/accounts/factors/app/remove/").status_code == 302
    assert not Authenticator.objects.filter(user=editor).exists()


def test_an_app_on_a_lost_phone_is_replaced_with_a_code_on_paper(client, editor):
    lost, paper = give_app(editor)
    signed_in(editor, code=paper, client=client)
    assert reverse("mfa_activate_totp") in client.get("/accounts/factors/").text
    page = client.get(ADD_APP)
    assert "stops working" in page.text
    secret = page.context["secret"]
    client.post(ADD_APP, {"code": code_for(lost)})
    assert get_user(signed_in(editor, code=code_for(lost))) == editor, "a wrong code takes nothing away"
    client.post(ADD_APP, {"code": code_for(secret)})
    assert get_user(signed_in(editor, code=code_for(lost, steps=1))).is_anonymous
    assert get_user(signed_in(editor, code=code_for(secret))) == editor
    kinds = AccountEvent.objects.filter(person=editor).values_list("kind", flat=True)
    assert {EventKind.FACTOR_REMOVED, EventKind.FACTOR_ADDED} <= set(kinds)
    assert Authenticator.objects.filter(user=editor).count() == 2, "the codes on paper stay"


def test_new_codes_replace_the_old_ones(client, editor):
    secret, paper = give_app(editor)
    signed_in(editor, code=code_for(secret), client=client)
    page = client.post("/accounts/factors/codes/new/", follow=True)
    assert "<code>" in page.text
    assert paper not in page.text
    assert get_user(signed_in(editor, code=paper)).is_anonymous


@pytest.mark.parametrize("credential", ["", "{}", "[]", "nonsense", '{"id": "x", "response": {}}'])
def test_nonsense_is_no_passkey(client, editor, credential):
    _secret, paper = give_app(editor)
    assert client.post("/accounts/factors/passkeys/sign-in/", {"credential": credential}).status_code in {200, 302}
    signed_in(editor, client=client)
    client.get(CHECK)
    assert client.post(CHECK, {"credential": credential}).status_code == 200
    assert get_user(client).is_anonymous
    client.post(CHECK, {"code": paper})
    client.get("/accounts/factors/passkeys/add/")
    assert client.post("/accounts/factors/passkeys/add/", {"credential": credential}).status_code == 200
