"""Reporting an error, and replying."""

import pytest

from casetracker.public.checks import check_contact
from tests.factories.publications import publish_claim, publish_response, publish_station, retract

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "status", "about"),
    [
        ("/en/", 200, ""),
        ("/en/stations/", 200, ""),
        ("/en/stations/S-1/", 200, "?about=S-1"),
        ("/en/stations/S-1/versions/1/", 200, "?about=S-1"),
        ("/en/stations/S-2/", 410, "?about=S-2"),
        ("/en/responses/R-1/", 200, "?about=R-1"),
        ("/en/claims/C-1/", 200, "?about=C-1"),
        ("/en/sources/D-1/", 200, "?about=D-1"),
        ("/en/governments/NL/", 200, "?about=NL"),
        ("/en/governments/NL/?as_of=x", 400, "?about=NL"),
        ("/en/search/?q=amsterdam", 200, ""),
        ("/en/nothing/", 404, ""),
    ],
)
def test_every_page_leads_there_with_its_reference(visit, path, status, about):
    publish_station(1)
    publish_response(1)
    publish_claim(1)
    publish_station(2)
    retract("S-2")
    page = visit(path, status)
    assert f"/en/reply/{about}" in page.links
    assert "Report an error or reply" in page.text


def test_the_page_names_an_address_and_a_deadline(visit, settings):
    settings.CONTACT, settings.REPLY_DAYS = "desk@example.org", 9
    page = visit("/en/reply/?about=S-17")
    assert "mailto:desk@example.org?subject=casetracker%20S-17" in page.links
    assert "You get an answer within 9 days." in page.text
    assert "Name the reference S-17 in your message" in page.text
    assert len(page.all("form")) == len(page.all("form", role="search"))
    settings.CONTACT, settings.REPLY_DAYS = "https://example.org/contact", 1
    page = visit("/en/reply/")
    assert "https://example.org/contact" in page.links
    assert "You get an answer within 1 day." in page.text


@pytest.mark.parametrize("about", ["x", "S-0", "S-17%0A", "<b>", "%00", "S-17&about=javascript:x", "ZZ"])
def test_nothing_but_a_reference_is_carried_along(client, settings, about):
    settings.CONTACT = "desk@example.org"
    html = client.get(f"/en/reply/?about={about}").text
    assert 'href="mailto:desk@example.org?subject=casetracker"' in html


@pytest.mark.parametrize("contact", ["", "nobody", "javascript:alert(1)", "http://example.org"])
def test_an_address_that_is_none_is_not_shown(visit, settings, contact):
    settings.CONTACT = contact
    page = visit("/en/reply/")
    assert "has not named an address yet" in page.text
    assert not [link for link in page.links if link.startswith(("mailto:", "javascript:", "http"))]


@pytest.mark.parametrize(
    ("contact", "days", "found"),
    [
        ("", 14, ["casetracker.W006"]),
        ("nobody", 14, ["casetracker.E006"]),
        ("desk@example.org", 0, ["casetracker.E007"]),
        ("desk@example.org", 14, []),
        ("https://example.org/contact", 14, []),
    ],
)
def test_the_check_of_settings_asks_for_it(settings, contact, days, found):
    settings.CONTACT, settings.REPLY_DAYS = contact, days
    assert [message.id for message in check_contact(app_configs=None)] == found
