"""Logging quickly in a real browser: dates said back while typing, sources added without leaving the form."""

import pytest
from playwright.sync_api import expect

from casetracker.accounts.roles import Role
from casetracker.sources.models import Source
from stations.models import Station
from tests.browser.axe import assert_readable_by_all
from tests.factories.records import make_source
from tests.factories.users import UserFactory

ARTICLE = "https://www.nrc.example/nieuws/2022/12/05/china-a4150455"


@pytest.fixture
def anna():
    return UserFactory(username="anna", name="Anna", roles=[Role.RESEARCHER])


def reading(page, name):
    return page.locator(f"#id_{name} + .date-reading")


def test_a_station_is_logged_with_a_new_source_and_nothing_typed_is_lost(visitor, anna):
    make_source(publisher="NRC", url="https://nrc.example/a", language="nl", type="newspaper")
    page = visitor(anna)
    page.goto("/desk/stations/station/add/")
    page.locator("#id_kind").select_option("service_centre")
    page.locator("#id_country").select_option("NL")
    page.locator("#id_locality").fill("Rotterdam")
    page.locator("#id_first_reported").press_sequentially("herfst 2022")
    expect(reading(page, "first_reported")).to_contain_text("is read as 2022-09/2022-11")
    page.locator("#id_opened").fill("03/04/2022")
    page.get_by_role("button", name="2022-03-04 (4 March 2022)").click()
    expect(page.locator("#id_opened")).to_have_value("2022-03-04")
    expect(page.locator("#id_first_reported")).to_have_value("2022-09/2022-11")

    page.locator("#citations-group .add-row a").click()
    page.locator("#citations-0 .field-source .select2-selection").click()
    page.locator(".select2-search__field").fill(f"{ARTICLE}?utm_source=x")
    with page.expect_popup() as opened:
        page.get_by_text("Add a source for this address").click()
    beside = opened.value
    expect(beside.locator("#id_url")).to_have_value(ARTICLE)
    expect(beside.locator("#id_publisher")).to_have_value("NRC")
    expect(beside.locator("#id_published")).to_have_value("2022-12-05")
    beside.locator("#id_title").fill("China")
    with beside.expect_event("close"):
        beside.locator("input[name=_save]").click()

    expect(page.locator("#citations-0 .select2-selection__rendered")).to_contain_text("NRC, China")
    expect(page.locator("#id_locality")).to_have_value("Rotterdam")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    station = Station.objects.get()
    assert (station.locality, station.first_reported, station.opened) == ("Rotterdam", "2022-09/2022-11", "2022-03-04")
    assert station.record.citations.get().source == Source.objects.get(title="China")


@pytest.mark.long
def test_the_usual_button_beside_a_citation_opens_an_empty_form_that_asks_for_the_address(visitor, anna):
    page = visitor(anna)
    page.goto("/desk/stations/station/add/")
    page.locator("#citations-group .add-row a").click()
    with page.expect_popup() as opened:
        page.locator("#citations-0 .add-related").click()
    beside = opened.value
    beside.get_by_label("Address of the document").fill(ARTICLE)
    beside.get_by_role("button", name="Fill in the form").click()
    expect(beside.locator("#id_url")).to_have_value(ARTICLE)
    beside.locator("#id_publisher").fill("NRC")
    beside.locator("#id_type").select_option("newspaper")
    with beside.expect_event("close"):
        beside.locator("input[name=_save]").click()
    expect(page.locator("#citations-0 .select2-selection__rendered")).to_contain_text("NRC")


@pytest.mark.long
def test_axe_finds_nothing_at_any_width(visitor, anna):
    source = make_source(title="The article", url=ARTICLE)
    make_source(title="The copy", url="https://b.example/", derived_from=source, derivation="copy")
    page = visitor(anna)
    for path in (
        "/desk/sources/from-address/",
        "/desk/sources/from-address/?url=x",
        "/desk/sources/source/add/",
        f"/desk/sources/source/add/?url={ARTICLE}",
    ):
        page.goto(path)
        if page.locator("#id_published").count():
            page.locator("#id_published").fill("03/04/2022")
            expect(reading(page, "published")).to_contain_text("Which is meant?")
        assert_readable_by_all(page, 1280, 390)
