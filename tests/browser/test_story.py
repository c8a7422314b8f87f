"""The whole way of a record, as people go it: log, verify, approve, publish, read, revise, retract."""

import pytest
from playwright.sync_api import expect

from casetracker.accounts.roles import Role
from stations.models import Station
from tests.factories.users import UserFactory


@pytest.mark.slow
def test_a_station_from_its_first_note_to_its_retraction(visitor, live_server):
    author = UserFactory(username="anna", name="Anna", roles=[Role.RESEARCHER])
    checker = UserFactory(username="bram", name="Bram", roles=[Role.RESEARCHER])
    editor = UserFactory(username="cleo", name="Cleo", roles=[Role.EDITOR])
    anna, bram, cleo, reader = visitor(author), visitor(checker), visitor(editor), visitor()

    # A researcher logs two sources and a station that cites them.
    _log_source(anna, publisher="NRC", title="Bureaus in twee steden", day="2022-10-25")
    _log_source(anna, publisher="RTL Nieuws", title="Politie in Rotterdam", day="2022-10-26")
    anna.goto("/desk/")
    anna.get_by_role("link", name="Log a new station").click()
    anna.get_by_label("Kind:").select_option("police service station")
    anna.get_by_label("Country:").select_option("Netherlands")
    anna.get_by_label("City or place:").fill("Rotterdam")
    anna.get_by_label("First reported:").fill("2022-10-25")
    anna.get_by_text("Add another Name").click()
    anna.locator("#id_names-0-text").fill("Fuzhou overseas service station")
    anna.locator("#id_names-0-language").fill("en")
    _cite(anna, 0, "NRC")
    _cite(anna, 1, "RTL")
    anna.get_by_role("button", name="Save the draft").click()
    page_of_record = anna.url
    expect(anna.get_by_text("draft", exact=True).first).to_be_visible()
    anna.get_by_role("button", name="Submit for review").click()
    expect(anna.get_by_text("Submitted. Somebody else checks")).to_be_visible()

    # She can neither verify nor approve it, and nothing is public.
    expect(anna.get_by_role("button", name="Withdraw")).to_be_visible()
    expect(anna.get_by_role("button", name="Verify")).to_have_count(0)
    expect(anna.get_by_role("button", name="Approve and publish")).to_have_count(0)
    assert reader.request.get("/api/v1/stations/").json()["count"] == 0

    # A second researcher finds it on the dashboard, checks both citations and verifies.
    bram.goto("/desk/")
    bram.get_by_role("region", name="Waiting for my check").get_by_role("link", name="Rotterdam").click()
    bram.get_by_role("button", name="Verify").click()
    expect(bram.get_by_text("Citation 1 (NRC) has not been checked as it is now.")).to_be_visible()
    _check_with_one_click(bram, 1)
    _check_with_one_click(bram, 2)
    bram.get_by_role("button", name="Verify").click()
    expect(bram.get_by_text("Verified. An editor can approve it now.")).to_be_visible()
    expect(bram.get_by_role("button", name="Approve and publish")).to_have_count(0)

    # An editor approves and publishes; API and page show it.
    cleo.goto("/desk/")
    cleo.get_by_role("region", name="Waiting for my approval").get_by_role("link", name="Rotterdam").click()
    cleo.get_by_role("button", name="Approve and publish").click()
    expect(cleo.get_by_text("Approved and published.")).to_be_visible()
    station = reader.request.get("/api/v1/stations/S-1/").json()
    assert (station["locality"], station["summary"], len(station["citations"])) == ("Rotterdam", None, 2)
    reader.goto("/en/stations/S-1/")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Fuzhou overseas service station")
    expect(reader.get_by_text("Bureaus in twee steden").first).to_be_visible()

    # The researcher revises it: the public reads the old version until the new one is published.
    anna.goto(page_of_record)
    anna.get_by_role("button", name="Revise").click()
    anna.get_by_label("Summary:").fill("The minister ordered it closed on 1 November 2022.")
    anna.get_by_role("button", name="Save the draft").click()
    anna.get_by_role("button", name="Submit for review").click()
    reader.reload()
    expect(reader.get_by_text("ordered it closed")).to_have_count(0)
    assert reader.request.get("/api/v1/stations/S-1/").json()["version"] == 1
    bram.goto(page_of_record)
    _check(bram, 1)
    _check(bram, 2)
    bram.get_by_role("button", name="Verify").click()
    cleo.goto(page_of_record)
    cleo.get_by_role("button", name="Approve and publish").click()
    expect(cleo.get_by_text("Approved and published.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("ordered it closed").first).to_be_visible()

    # Both versions have permanent addresses.
    for number, summary in ((1, None), (2, "The minister ordered it closed on 1 November 2022.")):
        assert reader.request.get(f"/api/v1/stations/S-1/versions/{number}/").json()["summary"] == summary
        assert reader.goto(f"/en/stations/S-1/versions/{number}/").status == 200

    # The editor retracts it: every version answers 410 with the reason.
    cleo.get_by_text("Retract", exact=True).first.click()
    cleo.get_by_label("Reason").select_option("It was wrong")
    cleo.locator("#retract-note").fill("The address was that of another office.")
    cleo.get_by_role("button", name="Retract").click()
    expect(cleo.get_by_text("Retracted. The public sees the reason")).to_be_visible()
    for address in ("S-1/", "S-1/versions/", "S-1/versions/1/", "S-1/versions/2/"):
        answer = reader.request.get(f"/api/v1/stations/{address}")
        assert answer.status == 410
        assert "The address was that of another office." in answer.text()
        assert "Rotterdam" not in answer.text()
    for address in ("S-1/", "S-1/versions/1/", "S-1/versions/2/"):
        assert reader.goto(f"/en/stations/{address}").status == 410
        expect(reader.get_by_text("The address was that of another office.").first).to_be_visible()
    assert Station.objects.count() == 1


def _log_source(page, *, publisher, title, day):
    page.goto("/desk/sources/source/add/")
    page.get_by_label("Publisher:").fill(publisher)
    page.get_by_label("Title:").fill(title)
    page.get_by_label("Published on:").fill(day)
    page.get_by_label("Language:").fill("nl")
    page.get_by_label("Type:").select_option("newspaper")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()


def _cite(page, number, publisher):
    """Add a citation on the form, finding its source by typing."""
    page.get_by_text("Add another Citation").click()
    page.locator(f"#citations-{number} .select2-selection").click()
    page.locator(".select2-search__field").fill(publisher)
    page.locator(".select2-results__option", has_text=publisher).click()


def _check_with_one_click(page, number):
    page.locator(f"#citation-{number}").get_by_role("button", name="Says what is cited").click()
    expect(page.locator(f"#citation-{number} .finding")).to_contain_text("says what is cited")


def _check(page, number):
    citation = page.locator(f"#citation-{number}")
    citation.get_by_label("says what is cited", exact=True).check()
    citation.get_by_role("button", name="Save verdict").click()
    expect(page.locator(f"#citation-{number} .finding")).to_contain_text("says what is cited")
