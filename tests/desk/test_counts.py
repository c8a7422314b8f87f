"""What a page of the desk costs does not grow with the number of records behind it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.many import add_drafts, add_in_work, add_live
from tests.factories.records import bring_to, citation, make_station

FEW, MANY = 10, 1000


def queries(browser, path):
    browser.get(path)  # warm: what a process remembers
    with CaptureQueriesContext(connection) as captured:
        browser.open(path)
    return [query["sql"] for query in captured]


def fill(team, count):
    add_drafts(count, by=team.editor)
    add_live(count, by=team.author)
    add_live(count, by=team.author, needs_revision=True)
    for state in ("submitted", "verified", "approved"):
        add_in_work(count, state=state, by=team.author)


@pytest.mark.slow
def test_dashboard_and_queues_cost_the_same_with_ten_and_a_thousand_records(editor, team):
    paths = ["/desk/", *(f"/desk/queue/{name}/" for name in ("drafts", "check", "approve", "publish", "recent"))]
    fill(team, FEW)
    few = {path: len(queries(editor, path)) for path in paths}
    fill(team, MANY - FEW)
    assert {path: len(queries(editor, path)) for path in paths} == few


def test_a_box_takes_one_query(editor, team):
    fill(team, 1)
    asked = [sql for sql in queries(editor, "/desk/") if 'AS "last_action"' in sql]
    assert len(asked) == 7, "one for each box of records; that of what is due has nothing to show"


def test_a_review_page_costs_the_same_however_long_its_queue_is_and_how_many_are_near(editor, team):
    record = bring_to(make_station(by=team.author, country="NL"), "submitted")
    add_in_work(FEW, state="submitted", by=team.author)
    place = f"/desk/review/{record.pk}/?queue=check"
    few = len(queries(editor, place))
    add_in_work(100, state="submitted", by=team.author)
    add_live(100, by=team.author)
    assert len(queries(editor, place)) == few


def test_a_review_page_costs_few_queries_for_each_citation(reviewer, team):
    few, many = (
        bring_to(make_station(by=team.author, citations=[citation() for _ in range(count)]), "submitted")
        for count in (1, 6)
    )
    growth = len(queries(reviewer, f"/desk/review/{many.pk}/")) - len(queries(reviewer, f"/desk/review/{few.pk}/"))
    assert growth == 0
