"""The language switched on the page: dashboard and review page without a word of English, at any width."""

import re

import pytest
from playwright.sync_api import expect

from casetracker.accounts.roles import Role
from casetracker.review import services
from tests.desk.words import data_of_records
from tests.factories.records import bring_to, citation, fresh, make_claim, make_people, make_source, make_station
from tests.factories.users import UserFactory

# Names, which stand on every page as they are, and a word that Dutch has too.
NAMES = re.compile("casetracker|^Basis$|English|Nederlands?|Netherlands|UTC")


@pytest.fixture
def desk():
    """An editor with something in most queues, and a record with something in every part of the review page."""
    people = make_people(editor=UserFactory(username="edith", name="李娜", roles=[Role.EDITOR]))
    live = bring_to(make_station(by=people.author, locality="Utrecht", summary="Old"), "live", **vars(people))
    services.revise_record(live.pk, by=people.author, lock_version=live.lock_version)
    edit = services.Edit(
        fields={"summary": "New"},
        citations=[
            citation(quote="Een deur", quote_language="nl"),
            citation(make_source(), field="locality", stance="disputes", value_given="Delft"),
        ],
    )
    services.edit_record(live.pk, edit, by=people.author, lock_version=fresh(live).lock_version)
    bring_to(live, "submitted", **vars(people))
    make_station(by=people.author, locality="Utrecht")
    bring_to(make_claim(by=people.author), "verified", **vars(people))
    returned = bring_to(make_claim(by=people.editor), "submitted")
    services.return_to_author(
        returned.pk, by=people.reviewer, comment="Give the page.", lock_version=fresh(returned).lock_version
    )
    return people.editor, [f"/desk/review/{live.pk}/?queue=check", "/desk/"]


def lines_on(page, data):
    """The lines with words in Latin letters that one sees, all parts opened, without what somebody typed."""
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    lines = page.locator("body").inner_text().split("\n")
    for known in data:
        lines = [line.replace(known, " ") for line in lines]
    lines = {" ".join(NAMES.sub(" ", line).split()) for line in lines}
    return {line for line in lines if re.search("[A-Za-z]{2,}", line)}


def switch(page, menu, language):
    page.get_by_text(menu, exact=True).click()
    page.get_by_role("button", name=language).click()


@pytest.mark.long
def test_the_language_is_switched_to_dutch_and_to_chinese_and_no_english_is_left(visitor, desk):
    editor, paths = desk
    data = [text for text in data_of_records() if len(text) > 2]
    page = visitor(editor)
    for path in paths:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path)
        english = lines_on(page, data)
        assert len(english) > 20
        page.goto(path)
        for menu, language, code in [("Language", "Nederlands", "nl"), ("Taal", "简体中文", "zh-hans")]:
            switch(page, menu, language)
            expect(page.locator("html")).to_have_attribute("lang", code)
            assert page.url.endswith(path)
            left = lines_on(page, data) & english if code == "nl" else lines_on(page, data)
            assert left == set(), f"{path} {code}"
            for width in (1280, 390, 320):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} {code} {width}"
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(path)
        switch(page, "语言", "English")
        expect(page.locator("html")).to_have_attribute("lang", "en")
