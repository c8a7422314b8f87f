"""What is asked of a day or of a state of our knowledge is read by index, however many responses there are."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetracker.public.filters import AgreementFilter, ClaimFilter, ResponseFilter, StationFilter
from casetracker.public.keyset import Ordering, encode_cursor, page_of
from casetracker.public.models import AgreementDocument, ClaimDocument, ResponseDocument, StationDocument
from casetracker.public.status import status_of, statuses
from casetracker.public.view import NOW, View
from tests.factories.publications import closed, investigating, publish_response

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables without indexes"),
]

AS_OF, KNOWN, BOTH = View(dt.date(2022, 11, 5)), View(None, 3), View(dt.date(2022, 11, 5), 3)
VIEWS = [
    pytest.param(NOW, id="now"),
    pytest.param(AS_OF, id="as_of"),
    pytest.param(KNOWN, id="known_at"),
    pytest.param(BOTH, id="both"),
]
NUMBER, NUMBER_DOWN = Ordering("number", ("number",)), Ordering("-number", ("number",))


def plans(ask):
    """The plan of each query that a question makes."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    found = []
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
            found.append("\n".join(row[3] for row in cursor.fetchall()))
    return found


def latest(ordering, day_field):
    return Ordering(ordering, (day_field, "number"))


@pytest.fixture
def history():
    publish_response(1, **investigating(), date="2022-10-25")
    publish_response(2, **closed("ordered"), date="2022-11-01")
    publish_response(3, **closed("claimed"), date="2022-11-02")
    publish_response(4, kind="activity_continues", date="2022-11-05")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("ask", [lambda view: status_of("NL", view), statuses], ids=["one", "all"])
def test_a_status_is_found_by_the_place_of_its_facts(history, ask, view):
    found = plans(lambda: ask(view))
    assert any("public_fact_position (government=? AND says=?" in plan for plan in found)
    for plan in found:
        assert "SCAN public_statusfact" not in plan
        assert "SCAN U0" not in plan
        assert "SCAN fact" not in plan
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("view", [KNOWN, BOTH], ids=["known_at", "both"])
def test_facts_that_a_view_does_not_show_are_passed_in_an_index(history, view):
    found = "\n".join(plans(lambda: statuses(view)))
    assert "COVERING INDEX public_fact_position (government=? AND says=? AND position" in found
    assert "COVERING INDEX public_fact_published (government=? AND says=? AND from_seq<?)" in found
    assert ("COVERING INDEX public_fact_possible" in found) == (view is BOTH)


def test_the_search_for_a_fact_begins_at_one_bound(history):
    """Given two, SQLite begins at the first of them, and passes all that lies between."""
    with CaptureQueriesContext(connection) as queries:
        status_of("NL", BOTH)
    bounded = [query["sql"].count('"position" <= ') for query in queries if "MIN(" in query["sql"]]
    assert bounded == [1, 1]  # What decides, and what may already have been.


def test_where_runs_begin_is_one_search_for_each(history):
    (plan,) = [plan for plan in plans(statuses) if "SCAN span" in plan]
    assert "SEARCH fact USING COVERING INDEX public_fact_position (government=? AND says=? AND position>?" in plan


@pytest.mark.parametrize("view", [view for view in VIEWS if "as_of" in view.id or view.id == "both"])
def test_what_may_already_have_been_is_found_by_its_index(history, view):
    assert any("public_fact_possible" in plan for plan in plans(lambda: status_of("NL", view)))


@pytest.mark.parametrize(
    ("model", "filters", "values", "ordering", "index", "bounds"),
    [
        (StationDocument, StationFilter, {}, NUMBER, "public_station_known", "number<?"),
        (StationDocument, StationFilter, {"country": ["NL"]}, NUMBER, "public_station_known_country", "country=?"),
        (ResponseDocument, ResponseFilter, {}, NUMBER, "public_response_known", "number<?"),
        (ResponseDocument, ResponseFilter, {}, latest("-date", "date_earliest"), "public_response_known_date", "<?"),
        (ResponseDocument, ResponseFilter, {"concerns": ["NL"]}, NUMBER, "public_response_known_concerns", "=?"),
        (AgreementDocument, AgreementFilter, {}, latest("-date", "counts_from"), "public_agreement_known_date", "<?"),
        (ClaimDocument, ClaimFilter, {}, NUMBER, "public_claim_known", "number<?"),
        (ClaimDocument, ClaimFilter, {}, latest("-date", "as_of_earliest"), "public_claim_known_date", "<?"),
    ],
)
@pytest.mark.parametrize("view", [KNOWN, BOTH], ids=["known_at", "both"])
def test_a_list_as_it_was_known_begins_where_it_ended_then(model, filters, values, ordering, index, bounds, view):
    rows = filters.narrow(model.objects.seen(view), values)
    (plan,) = plans(lambda: page_of(rows, ordering, ("body",), limit=50))
    assert f"USING INDEX {index} (" in plan
    assert bounds in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    ("model", "day_field"),
    [(ResponseDocument, "date_earliest"), (AgreementDocument, "counts_from"), (ClaimDocument, "as_of_earliest")],
)
@pytest.mark.parametrize("view", [KNOWN, BOTH], ids=["known_at", "both"])
def test_documents_that_a_view_does_not_show_are_passed_in_an_index(model, day_field, view):
    rows = model.objects.seen(view)
    for found in (plans(lambda: page_of(rows, latest("-date", day_field), ("number",), limit=50)), plans(rows.count)):
        assert "USING COVERING INDEX public_" in found[0]
        assert "_known" in found[0]


@pytest.mark.parametrize(
    ("ordering", "values"), [(latest("-date", "date_earliest"), (dt.date(2022, 11, 1), 7)), (NUMBER_DOWN, (7,))]
)
def test_a_list_that_goes_down_begins_at_one_bound(ordering, values):
    """Given two, SQLite begins at the first of them, and passes all that lies between."""
    with CaptureQueriesContext(connection) as queries:
        for cursor in ("", encode_cursor(ordering, values)):
            page_of(ResponseDocument.objects.seen(BOTH), ordering, ("body",), limit=50, cursor=cursor)
    first, following = (query["sql"] for query in queries)
    assert first.count(f'"{ordering.fields[0]}" <=') == 1
    assert "last_" not in following


@pytest.mark.parametrize(
    ("model", "day_field", "index"),
    [
        (ResponseDocument, "date_earliest", "public_response_date"),
        (AgreementDocument, "counts_from", "public_agreement_date"),
        (ClaimDocument, "as_of_earliest", "public_claim_date"),
    ],
)
def test_a_list_as_of_a_day_begins_at_that_day(model, day_field, index):
    rows = model.objects.seen(AS_OF)
    (plan,) = plans(lambda: page_of(rows, latest("-date", day_field), ("body",), limit=50))
    assert f"USING INDEX {index} ({day_field}" in plan
    assert "TEMP B-TREE" not in plan
