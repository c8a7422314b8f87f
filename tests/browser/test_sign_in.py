"""Signing in as people do."""

import re

from playwright.sync_api import expect

from tests.factories.users import PASSWORD


def test_a_researcher_signs_in_and_out_again(visitor, researcher):
    page = visitor(researcher)
    expect(page).to_have_url(re.compile(r"/desk/$"))
    page.get_by_role("button", name="Log out").click()
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_wrong_password_is_told_and_the_name_kept(visitor, researcher):
    page = visitor()
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill(researcher.username)
    page.get_by_label("Password").fill(f"not {PASSWORD}")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("not correct")).to_be_visible()
    expect(page.get_by_label("Username")).to_have_value(researcher.username)
