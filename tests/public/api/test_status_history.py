"""The status of governments over time, as a list and as a table."""

import csv
import io

import pytest
from django.conf import settings

from casetracker.public.csv import csv_lines
from tests.factories.publications import closed, investigating, publish_response


@pytest.fixture
def world(db):
    publish_response(1, date="2022-10-20")
    publish_response(2, **investigating(), date="2022-10-25")
    publish_response(3, **closed(), date="2022-11-01")
    publish_response(4, **investigating(), concerns="CA", responder="CA", date="2023-04-28")
    publish_response(5, **investigating(), concerns=settings.ACCUSED_STATE, date="2023-04-28")


@pytest.mark.usefixtures("world")
def test_the_history_is_a_list_of_runs_of_days(get):
    body = get("status_history/").json()
    assert body["count"] == 4
    assert [(row["country"], row["from"], row["to"], row["label"], row["set_by"]) for row in body["results"]] == [
        ("CA", "2023-04-28", None, "Investigating", "R-4"),
        ("NL", "2022-10-20", "2022-10-24", "Responded, no inquiry or closure recorded", None),
        ("NL", "2022-10-25", "2022-10-31", "Investigating", "R-2"),
        ("NL", "2022-11-01", None, "Closure ordered", "R-3"),
    ]
    assert body["results"][1]["reason"] == "responded"
    assert body["results"][0]["links"] == {"government": "/api/v1/governments/CA/"}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=CA", ["2023-04-28"]),
        ("country=FR", []),
        ("country=CA,NL&as_of=2022-10-25", ["2022-10-20", "2022-10-25"]),
        ("known_at=1", ["2022-10-20"]),
        ("ordering=-country", ["2022-11-01", "2022-10-25", "2022-10-20", "2023-04-28"]),
    ],
)
def test_the_history_can_be_filtered_and_seen_from_any_view(get, query, expected):
    assert [row["from"] for row in get(f"status_history/?{query}").json()["results"]] == expected


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("ordering", ["country", "-country"])
def test_the_history_comes_in_pages(get, ordering):
    address, found = f"/api/v1/status_history/?limit=1&ordering={ordering}", []
    while address:
        body = get(address).json()
        found += [row["from"] for row in body["results"]]
        address = body["next"]
    assert sorted(found) == ["2022-10-20", "2022-10-25", "2022-11-01", "2023-04-28"]


@pytest.mark.usefixtures("world")
def test_the_table_has_a_line_for_each_run_of_days(get):
    response = get("status_history/", accept="text/csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="status_history.csv"'
    text = response.getvalue().decode()
    assert text.endswith("\r\n")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    shown = ("country", "iso3", "name", "from", "to", "value", "basis", "activity_continues", "set_by")
    assert [tuple(row[name] for name in shown) for row in rows] == [
        ("CA", "CAN", "Canada", "2023-04-28", "", "investigating", "", "false", "R-4"),
        ("NL", "NLD", "Netherlands", "2022-10-20", "2022-10-24", "", "", "false", ""),
        ("NL", "NLD", "Netherlands", "2022-10-25", "2022-10-31", "investigating", "", "false", "R-2"),
        ("NL", "NLD", "Netherlands", "2022-11-01", "", "closed", "ordered", "false", "R-3"),
    ]


@pytest.mark.usefixtures("world")
def test_the_table_takes_a_view_and_is_not_sent_twice(get, refused):
    address = "status_history/?format=csv&as_of=2022-10-24&country=NL"
    response = get(address)
    assert response.getvalue().count(b"\r\n") == 2
    assert get(address, **{"If-None-Match": response["ETag"]}).status_code == 304
    assert set(refused("status_history/?format=csv&limit=1&known_at=x&country=XX")) == {"limit", "known_at", "country"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_begins_a_formula(text):
    ((cell,),) = csv.reader(io.StringIO("".join(csv_lines(("a",), [(text,)]))[3:], newline=""))
    assert cell == f"'{text}"


def test_a_number_stays_a_number():
    assert "".join(csv_lines(("a",), [("-5.5",)])) == "a\r\n-5.5\r\n"


def test_cells_are_quoted_where_they_must_be():
    table = "".join(csv_lines(("a", "b"), [('say "x", y', None), (True, -1)]))
    assert table == 'a,b\r\n"say ""x"", y",\r\ntrue,-1\r\n'
