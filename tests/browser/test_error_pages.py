"""The pages that stand when nothing else does: what is away, too large, or too often."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from casetracker.core.outages import Outage
from casetracker.public import error_views
from tests.browser.axe import assert_readable_by_all
from tests.factories.users import UserFactory

pytestmark = pytest.mark.long
WIDTHS = (1280, 375, 320)


def answers():
    """Each page as it is answered, with all that it may hold."""
    request = RequestFactory().post("/desk/", {"text": "Half an hour of typing."})
    yield error_views.unavailable(request, Outage.AWAY)
    yield error_views.unavailable(request, Outage.FULL)
    yield error_views.too_large(request, 2_500_000)
    yield error_views.too_large(request)
    yield error_views.server_error(request)


def test_they_are_readable_by_all(visitor, db):
    page, bodies = visitor(), [answer.text for answer in answers()]
    page.route("**/broken/", lambda route: route.fulfill(status=200, content_type="text/html", body=bodies[0]))
    while bodies:
        page.goto("/broken/")
        assert_readable_by_all(page, *WIDTHS)
        bodies.pop(0)


def test_so_is_that_of_too_many_attempts(visitor, db):
    cache.clear()
    person, page = UserFactory(), visitor()
    for _attempt in range(5):
        page.goto("/accounts/login/")
        page.get_by_label("Username").fill(person.username)
        page.get_by_label("Password").fill("wrong")
        with page.expect_navigation() as answered:
            page.get_by_role("button", name="Sign in", exact=True).click()
    assert answered.value.status == 429
    assert page.get_by_role("heading").first.text_content() == "Too many attempts"
    assert_readable_by_all(page, *WIDTHS)
    cache.clear()
