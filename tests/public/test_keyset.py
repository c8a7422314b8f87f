"""Pages by the place of the last row: each row once, in order, whatever the page size."""

import base64
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.public.keyset import BadCursor, Ordering, decode_cursor, encode_cursor, page_of
from casetracker.public.models import ResponseDocument, StationDocument
from tests.factories.publications import publish_response, publish_station

NUMBER = Ordering("number", ("number",))
NUMBER_DOWN = Ordering("-number", ("number",))
COUNTRY = Ordering("country", ("country", "number"))
DATE = Ordering("date", ("date_earliest", "number"))
DATE_DOWN = Ordering("-date", ("date_earliest", "number"))


def fields(ordering, model=StationDocument):
    return [model._meta.get_field(name) for name in ordering.fields]


def walk(queryset, ordering, limit):
    found, cursor = [], ""
    while True:
        page = page_of(queryset, ordering, ("reference",), limit=limit, cursor=cursor)
        found += [reference for (reference,) in page.rows]
        assert len(page.rows) <= limit
        cursor = page.next_cursor
        if not cursor:
            return found


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("ordering", [NUMBER, NUMBER_DOWN, COUNTRY], ids=lambda ordering: ordering.name)
def test_stations_are_walked_once_and_in_order(ordering, limit):
    for number, country in enumerate(["NL", "DE", "NL", "DE", "AT", "NL", "NL"], start=1):
        publish_station(number, country=country)
    expected = {
        "number": [1, 2, 3, 4, 5, 6, 7],
        "-number": [7, 6, 5, 4, 3, 2, 1],
        "country": [5, 2, 4, 1, 3, 6, 7],
    }[ordering.name]
    assert walk(StationDocument.objects.live(), ordering, limit) == [f"S-{number}" for number in expected]


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 2, 5])
@pytest.mark.parametrize("ordering", [DATE, DATE_DOWN], ids=lambda ordering: ordering.name)
def test_responses_are_walked_by_date(ordering, limit):
    for number, date in enumerate(["2022-10", "2022", "2022-10", "2023-01-05", "../2022"], start=1):
        publish_response(number, date=date, counts_from=None)
    expected = ["R-5", "R-2", "R-1", "R-3", "R-4"]
    found = walk(ResponseDocument.objects.live(), ordering, limit)
    assert found == (expected if ordering is DATE else expected[::-1])


@pytest.mark.django_db
def test_an_empty_list_is_one_empty_page():
    assert walk(StationDocument.objects.live(), NUMBER, 10) == []


@pytest.mark.django_db
def test_a_page_is_one_query(django_assert_num_queries):
    for number in range(1, 5):
        publish_station(number)
    cursor = encode_cursor(COUNTRY, ("NL", 1))
    with django_assert_num_queries(1):
        page_of(StationDocument.objects.live(), COUNTRY, ("body",), limit=2, cursor=cursor)


def test_a_cursor_gives_back_its_values():
    values = (dt.date(2022, 10, 1), 17)
    assert decode_cursor(DATE, encode_cursor(DATE, values), fields(DATE, ResponseDocument)) == list(values)


def cursor_of(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        pytest.param("!", id="no base64"),
        pytest.param("A", id="cut base64"),
        pytest.param("é", id="no ASCII"),
        pytest.param("AAAA", id="no JSON"),
        pytest.param(base64.urlsafe_b64encode(b"[" * 5000).decode(), id="too deep"),
        pytest.param(cursor_of({"number": 1}), id="no list"),
        pytest.param(cursor_of([]), id="empty list"),
        pytest.param(cursor_of(7), id="a number"),
        pytest.param(cursor_of(["-number", "1"]), id="another order"),
        pytest.param(cursor_of(["number"]), id="too few values"),
        pytest.param(cursor_of(["number", "1", "2"]), id="too many values"),
        pytest.param(cursor_of(["number", 1]), id="no text"),
        pytest.param(cursor_of(["number", "x"]), id="no number in it"),
        pytest.param(cursor_of(["number", "9" * 30]), id="a number past every column"),
        pytest.param(cursor_of(["number", "-1"]), id="a negative number"),
        pytest.param(cursor_of(["number", "1\x00"]), id="a NUL"),
        pytest.param(cursor_of(["number", "\ud800"]), id="half a surrogate pair"),
    ],
)
def test_a_cursor_that_this_order_has_not_given_is_refused(cursor):
    with pytest.raises(BadCursor, match="next"):
        decode_cursor(NUMBER, cursor, fields(NUMBER))


@given(st.text(max_size=60))
def test_no_text_does_anything_but_be_refused_or_read(text):
    try:
        (value,) = decode_cursor(NUMBER, text, fields(NUMBER))
    except BadCursor:
        return
    assert isinstance(value, int)
