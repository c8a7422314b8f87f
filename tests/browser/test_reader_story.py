"""How a journalist reads the record: from the first page to a station, its evidence, its government, a citation."""

from pathlib import Path

from playwright.sync_api import expect

from casetracker.demo.loader import load_reference_data
from tests.demo.conftest import few_rows

__all__ = ["few_rows"]


def test_from_the_map_to_a_station_its_evidence_and_a_citation(visitor, few_rows):
    load_reference_data()
    page = visitor()

    # The map of the first page leads to the government, and this to its station.
    page.goto("/en/")
    page.get_by_role("link", name="Netherlands: Closure ordered").first.locator("path").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Netherlands")
    page.get_by_role("link", name="Rotterdam").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rotterdam")
    station = page.url

    # Its evidence names the source, which has a page of its own.
    evidence = page.locator(".citation", has_text="NRC").first
    evidence.get_by_role("link").first.click()
    expect(page.get_by_text("NRC").first).to_be_visible()
    expect(page.get_by_role("link", name="Rotterdam").first).to_be_visible()

    # The government as of a day: closed by order, and it says since when.
    page.goto("/en/governments/NL/")
    page.get_by_label("As of the day").fill("2022-11-30")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url("/en/governments/NL/?as_of=2022-11-30")
    expect(page.get_by_role("complementary", name="Not as of today")).to_be_visible()
    expect(page.locator(".status-panel")).to_contain_text("Closure ordered")
    expect(page.locator(".status-panel")).to_contain_text("1 November 2022")

    # The list of its stations is a table for a spreadsheet.
    page.goto("/en/stations/?country=NL")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="This whole list as a table (CSV)").click()
    table = Path(downloading.value.path()).read_text(encoding="utf-8")
    assert downloading.value.suggested_filename == "stations.csv"
    assert len(table.splitlines()) == 3
    assert "Rotterdam" in table

    # The station is cited with its version.
    page.goto(station)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="BibTeX").click()
    entry = Path(downloading.value.path()).read_text(encoding="utf-8")
    assert entry.startswith("@online{S-")
    assert "/versions/1/" in entry
    assert "Rotterdam" in entry
