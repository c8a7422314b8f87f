"""A colleague mentions somebody, who sees it in the head of the desk and reads it."""

import pytest
from playwright.sync_api import expect

from casetracker.accounts.roles import Role
from casetracker.review import services
from tests.browser.axe import assert_readable_by_all, found_by_axe
from tests.factories.records import bring_to, make_station
from tests.factories.users import UserFactory


@pytest.fixture
def anna():
    return UserFactory(username="anna", name="Anna", roles=[Role.RESEARCHER])


@pytest.fixture
def bram():
    return UserFactory(username="bram", name="Bram", roles=[Role.RESEARCHER])


@pytest.mark.long
def test_a_notification_is_read(visitor, anna, bram):
    record = bring_to(make_station(by=anna, locality="Utrecht"), "submitted")
    page = visitor(anna)
    page.goto(f"/desk/review/{record.pk}/")
    comments = page.get_by_role("region", name="Comments")
    comments.get_by_label("Comment for colleagues").fill("@bram, do you know the place?")
    comments.get_by_role("button", name="Comment").click()
    expect(page.locator("b.mention")).to_have_text("@bram")

    page = visitor(bram)
    page.goto("/desk/")
    page.get_by_role("link", name="Notices 1 unread").click()
    expect(page.get_by_text("Anna mentioned you in a comment")).to_be_visible()
    page.get_by_role("button", name="Utrecht").click()
    expect(page.get_by_role("heading", level=1).first).to_contain_text("Utrecht")
    expect(page.get_by_role("region", name="Comments").get_by_text("do you know the place?")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Notices", exact=True)).to_be_visible()


@pytest.mark.long
def test_a_user_name_is_completed_while_it_is_typed(visitor, anna, bram):
    UserFactory(username="x1", name="Brigitte Long", roles=[Role.OBSERVER])
    record = make_station(by=anna, locality="Utrecht")
    page = visitor(anna)
    page.goto(f"/desk/review/{record.pk}/")
    comments = page.get_by_role("region", name="Comments")
    text = comments.get_by_label("Comment for colleagues")
    offered = comments.get_by_role("listbox").get_by_role("option")
    text.press_sequentially("a@br")
    expect(offered).to_have_count(0)
    text.fill("")
    text.press_sequentially("Look, @br")
    expect(offered).to_have_text(["@bram Bram", "@x1 Brigitte Long"])
    assert found_by_axe(page) == []
    text.press("ArrowDown")
    text.press("Enter")
    expect(text).to_have_value("Look, @x1 ")
    text.press_sequentially("and @BRA")
    offered.filter(has_text="Bram").click()
    expect(text).to_have_value("Look, @x1 and @bram ")
    text.press_sequentially("@b")
    text.press("Escape")
    expect(offered).to_have_count(0)
    text.press("Tab")
    expect(comments.get_by_role("button", name="Comment")).to_be_focused()


@pytest.mark.long
def test_axe_finds_nothing_on_the_notices_at_any_width(visitor, anna, bram):
    record = make_station(by=anna, locality="Utrecht")
    for text in ("@bram, one", "@bram, two"):
        services.comment_on_record(record.pk, text=text, by=anna)
    services.read_notice(bram.notices.first().pk, by=bram)
    page = visitor(bram)
    for path in ("/desk/notices/", f"/desk/review/{record.pk}/"):
        page.goto(path)
        for summary in page.locator("summary").all():
            summary.click()
        assert_readable_by_all(page, 1280, 320)
