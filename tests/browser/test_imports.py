"""A messy spreadsheet becomes drafts: errors, a second try, a column that nobody knows, the plan, the worker."""

import pytest
from playwright.sync_api import expect

from casetracker.accounts.roles import Role
from casetracker.desk.exchange import running
from casetracker.review.models import Record
from stations.models import Station
from tests.browser.axe import assert_readable_by_all
from tests.factories.imports import HEADER, make_imports
from tests.factories.releases import let_the_worker_work
from tests.factories.users import UserFactory

# Row 3 has a country that there is not.
FIRST_TRY = f"{HEADER}\na,service_centre,NL,Amsterdam,A shop.\nb,service_centre,Nederlnad,Rotterdam,A flat.\n"
SECOND_TRY = (
    f"{HEADER},Colour of the door\na,service_centre,NL,Amsterdam,A shop.,red\nb,service_centre,NL,Rotterdam,A flat.,\n"
)


@pytest.fixture
def anna():
    return UserFactory(username="anna", name="Anna", roles=[Role.RESEARCHER])


def upload(page, sheet, name="stations.csv"):
    page.get_by_role("radio", name="Station").check()
    content = sheet if isinstance(sheet, bytes) else sheet.encode()
    page.get_by_label("CSV or Excel file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Upload, and show what would happen").click()


@pytest.mark.parametrize(
    ("width", "scripts"),
    [
        (1280, True),
        *(pytest.param(*other, marks=pytest.mark.long) for other in ((375, False), (1280, False), (375, True))),
    ],
)
def test_a_messy_sheet_becomes_drafts(visitor, anna, width, scripts):
    page = visitor(anna, java_script_enabled=scripts, viewport={"width": width, "height": 900})
    page.goto("/desk/stations/station/")
    page.locator("#content").get_by_role("link", name="Import").click()
    expect(page.get_by_role("radio", name="Station")).to_be_checked()

    upload(page, FIRST_TRY)
    expect(page.get_by_text("Nothing has been written yet.")).to_be_visible()
    bad = page.get_by_role("row", name="Rotterdam")
    expect(bad).to_contain_text("is not a country. Write an ISO 3166-1 code such as NL.")
    expect(page.get_by_role("button", name="Import the 1 good row and leave 1 out")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="Download the file with what is wrong in a column").click()
    assert got.value.suggested_filename == "stations-errors.csv"
    page.get_by_role("button", name="Cancel the import").click()
    expect(page.get_by_text("Nothing was written, and the file is not kept.").first).to_be_visible()

    page.get_by_role("link", name="Upload a file").click()
    upload(page, SECOND_TRY)
    expect(page.get_by_text("for example:")).to_be_visible()
    page.get_by_label("Colour of the door").select_option("Into the internal notes")
    page.get_by_label("Remember this under the name").fill("The police list")
    page.get_by_role("button", name="Go on with these columns").click()
    expect(page.get_by_role("row", name="Rotterdam")).to_contain_text("new")
    assert not Record.objects.exists()

    page.get_by_role("button", name="Import 2 rows into drafts").click()
    expect(page.get_by_role("heading", name="2 rows were imported")).to_be_visible()
    page.get_by_role("link", name="To the drafts").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(2)
    assert Station.objects.get(locality="Amsterdam").notes == "Colour of the door: red"
    page.goto("/desk/imports/")
    expect(page.get_by_label("What the columns mean")).to_contain_text("The police list (station, Anna)")


@pytest.mark.long
def test_a_page_follows_the_worker_by_itself(visitor, anna, monkeypatch):
    monkeypatch.setattr(running, "LARGE", 10)
    page = visitor(anna)
    page.goto("/desk/imports/")
    upload(page, SECOND_TRY.replace(",Colour of the door", "").replace(",red", "").replace("flat.,", "flat."))
    expect(page.get_by_role("heading", name="The file waits for its turn")).to_be_visible()
    let_the_worker_work()
    expect(page.get_by_text("Nothing has been written yet.")).to_be_visible()
    page.get_by_role("button", name="Import 2 rows into drafts").click()
    expect(page.get_by_role("heading", name="The rows are being imported")).to_be_visible()
    let_the_worker_work()
    expect(page.get_by_role("heading", name="2 rows were imported")).to_be_visible()


@pytest.mark.long
def test_a_file_that_is_too_large_is_not_even_sent(visitor, anna):
    page = visitor(anna)
    page.goto("/desk/imports/")
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    upload(page, b"a" * (20 * 2**20 + 1))
    field = page.get_by_label("CSV or Excel file")
    assert field.evaluate("field => field.validationMessage") == (
        "The file is larger than 20 MB. Split it into several files."
    )
    assert "POST" not in sent


@pytest.mark.long
def test_axe_finds_nothing_in_any_state_at_any_width(visitor, anna):
    imports = make_imports(anna)
    page = visitor(anna)
    for path in ("", *(f"{one.pk}/" for one in imports.values()), f"{imports['planned'].pk}/?show=all"):
        page.goto(f"/desk/imports/{path}")
        assert_readable_by_all(page, 1280, 375)
