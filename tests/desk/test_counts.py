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


@pytest.mark.long
@pytest.mark.slow
def test_pages_cost_the_same_with_ten_and_a_thousand_records(editor, team):
    queues = ("returned", "drafts", "check", "approve", "publish", "revise", "due", "recent")
    lists = ("stations/station", "stations/claim", "responses/response", "responses/agreement", "sources/source")
    in_review = bring_to(make_station(by=team.author, country="NL"), "submitted")
    paths = [
        "/desk/",
        *(f"/desk/queue/{name}/" for name in queues),
        *(f"/desk/{name}/" for name in lists),
        *(
            f"/desk/stations/station/?{query}"
            for query in ("queue=mine", "queue=waiting", "state=draft", "_facets=True")
        ),
        f"/desk/review/{in_review.pk}/",
        f"/desk/review/{in_review.pk}/?queue=check",
    ]
    fill(team, FEW)
    few = {path: len(queries(editor, path)) for path in paths}
    fill(team, MANY - FEW)
    assert {path: len(queries(editor, path)) for path in paths} == few


# What a plan reads of each record: its fields, rows, citations and sources, who stands where, private terms, links,
# what is confidential.
FOR_EACH = {"submit": 7, "assign": 0, "publish": 14}


@pytest.mark.parametrize("act", FOR_EACH)
def test_a_plan_costs_a_fixed_number_of_queries_for_each_record(editor, team, act):
    state = "approved" if act == "publish" else "draft"
    records = [bring_to(make_station(by=team.editor if act == "submit" else team.author), state) for _ in range(3)]

    def cost(chosen):
        values = {"record": [record.pk for record in chosen]}
        editor.send(f"/desk/selection/{act}/", values)
        with CaptureQueriesContext(connection) as captured:
            page = editor.read(editor.send(f"/desk/selection/{act}/", values))
        assert len(page.records) == len(chosen)
        return len(captured)

    one, two, three = (cost(records[:number]) for number in (1, 2, 3))
    assert three - two == two - one <= FOR_EACH[act]


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
