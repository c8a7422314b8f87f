"""Every page of the desk still opens for what is left of an erased record."""

import pytest

from casetracker.review import services
from tests.desk.browser import address
from tests.erasure.test_erasing import erase
from tests.factories.records import MAKERS, bring_to, fresh, make_people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("kind", MAKERS)
def test_the_pages_open_when_it_is_idle_and_when_it_is_written_anew(kind, editors):
    people = make_people(editor=editors[0].person)
    record = bring_to(MAKERS[kind](by=people.author), "retracted", **vars(people))
    erase(record, by=people.editor)
    pages = [
        f"/desk/review/{record.pk}/",
        f"/desk/review/{record.pk}/file/",
        address(record),
        address(record, "history"),
    ]
    lists = [address(record).replace(f"{record.pk}/change/", ""), "/desk/", "/desk/queue/recent/"]
    for page in (*pages, *lists):
        assert editors[0].get(page).status_code == 200, page
    services.revise_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
    for page in (*pages, *lists):
        assert editors[0].get(page).status_code == 200, page
