"""A second factor in a real browser: an app, a passkey, being asked again, and losing the session."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from casetracker.accounts import services
from casetracker.accounts.choices import EventKind
from casetracker.accounts.models import User
from tests.accounts.signing import code_for, give_app
from tests.browser.axe import assert_readable_by_all
from tests.desk.browser import address
from tests.factories.records import bring_to, fresh, make_people, make_station
from tests.factories.users import PASSWORD, UserFactory

WIDTHS = (1280, 320)


@pytest.fixture(autouse=True)
def _as_on_a_real_site(settings):
    cache.clear()
    settings.SECOND_FACTOR_REQUIRED = True
    settings.FRESH_SIGN_IN = dt.timedelta(minutes=15)


@pytest.fixture
def people(db):
    return make_people()


def add_app(page):
    """Set up an app, as somebody is made to at the first sign-in; return its secret."""
    page.get_by_role("link", name="Add an app").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    page.get_by_text("Cannot scan it?").click()
    secret = page.locator(".secret code").text_content()
    assert_readable_by_all(page, *WIDTHS)
    page.get_by_role("textbox", name="code").fill(code_for(secret))
    page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_text("shown this once")).to_be_visible()
    return secret


def sign_in(page, person):
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_with_an_app_one_is_asked_again_before_publishing_and_loses_the_session_with_the_role(
    visitor, people, settings
):
    record = bring_to(make_station(by=people.author), "approved", **vars(people))
    page = visitor(people.editor)
    expect(page.get_by_text("This site requires one.")).to_be_visible()
    assert_readable_by_all(page, *WIDTHS)
    secret = add_app(page)
    assert_readable_by_all(page, *WIDTHS)
    page.get_by_role("link", name="I have written them down").click()
    assert_readable_by_all(page, *WIDTHS)
    for path in ("", "app/add/", "codes/", "codes/new/"):
        page.goto(f"/accounts/factors/{path}")
        assert_readable_by_all(page, *WIDTHS)

    page = visitor(people.editor)
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    assert_readable_by_all(page, *WIDTHS)
    page.get_by_label("Code").fill(code_for(secret, steps=1))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))

    settings.FRESH_SIGN_IN = dt.timedelta(0)
    page.goto(address(record))
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    assert_readable_by_all(page, *WIDTHS)
    page.get_by_label("Code").fill(code_for(secret, steps=-1))
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_text("Nothing has been done yet.")).to_be_visible()
    assert_readable_by_all(page, *WIDTHS)
    assert fresh(record).public_status == "never"
    settings.FRESH_SIGN_IN = dt.timedelta(minutes=15)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published.", exact=True)).to_be_visible()
    assert fresh(record).public_status == "live"

    account = User.objects.get(pk=people.editor.pk)
    services.save_account(account, roles=[], by=UserFactory(is_superuser=True))
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_with_a_passkey_one_signs_in_with_it_after_the_password_and_alone(visitor, people, settings):
    page = visitor(people.editor)
    developer = page.context.new_cdp_session(page)
    developer.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    developer.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": kind | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    page.get_by_role("link", name="Add a passkey").click()
    assert_readable_by_all(page, *WIDTHS)
    page.get_by_label("Name of the passkey").fill("My laptop")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("shown this once")).to_be_visible()
    page.goto("/accounts/factors/")
    expect(page.get_by_text("My laptop")).to_be_visible()
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, people.editor)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))
    settings.FRESH_SIGN_IN = dt.timedelta(0)
    page.goto("/accounts/factors/app/add/")
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    settings.FRESH_SIGN_IN = dt.timedelta(minutes=15)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    settings.SECOND_FACTOR_REQUIRED = False
    page.goto("/accounts/factors/")
    page.get_by_role("link", name="Take it away").click()
    assert_readable_by_all(page, *WIDTHS)
    page.goto("/accounts/logout/")
    assert_readable_by_all(page, *WIDTHS)
    page.get_by_role("button", name="Sign out").click()

    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))
    page.goto("/accounts/")
    expect(page.get_by_text("passkey").first).to_be_visible()


@pytest.mark.long
def test_the_pages_about_others_are_readable_by_all(visitor, people, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    administrator = UserFactory(username="keeper", roles=["Administrator"])
    services.note(EventKind.FAILED, person=people.author, by=None)
    give_app(people.author)
    page = visitor(administrator)
    page.goto(f"/desk/accounts/user/{people.author.pk}/sign-ins/")
    page.get_by_text("This person has lost them").click()
    assert_readable_by_all(page, *WIDTHS)
    page.get_by_label("how you know").fill("She called me on the number that we know.")
    page.get_by_role("button", name="Propose to take").click()
    expect(page.get_by_text("Proposed.")).to_be_visible()
    page = visitor(people.editor)
    page.get_by_role("link", name="two people must agree").click()
    assert_readable_by_all(page, *WIDTHS)
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Taken away.")).to_be_visible()
    assert_readable_by_all(page, *WIDTHS)
