"""Every unknown parameter and every bad value is refused, named, and answered with what is allowed."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from casetracker.public.keyset import Ordering, encode_cursor
from tests.factories.publications import publish_station

pytestmark = pytest.mark.slow

LISTS = [
    "stations/",
    "responses/",
    "agreements/",
    "claims/",
    "governments/",
    "status_history/",
    "sources/",
    "log/",
    "log/checkpoints/",
    "stations/S-1/versions/",
]
# What else there is to read, and what may be asked of it.
REST = {
    "": [],
    "stations/S-1/": ["known_at", "fields"],
    "stations/S-1/versions/1/": [],
    "governments/NL/": ["as_of", "known_at"],
    "statistics/": ["as_of", "known_at", "compared_with"],
    "sources/D-1/": ["fields"],
    "log/1/": [],
    "log/keys/": [],
    "log/verify_log.py": [],
    "changes/": ["since", "limit"],
    "schema/": [],
    "docs/": [],
}


@pytest.mark.parametrize("path", [*LISTS, *REST])
def test_an_unknown_parameter_is_refused(refused, path):
    publish_station(1)
    errors = refused(f"{path}?colour=red&page=2")
    assert set(errors) == {"colour", "page"}
    assert errors["colour"]["message"] == "There is no such parameter."
    paging = ["ordering", "cursor", "limit"]
    allowed = errors["colour"]["allowed"]
    assert allowed[-3:] == paging if path in LISTS else allowed == REST[path]


def test_the_allowed_parameters_are_listed(refused):
    allowed = refused("sources/?colour=red")["colour"]["allowed"]
    filters = ["language", "type", "publisher", "publisher_control", "publisher_country"]
    filters += ["published_after", "published_before"]
    assert allowed == [*filters, "fields", "format", "ordering", "cursor", "limit"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "limit", ["0", "101", "-1", "1" + "0" * 20, "1e2", "1.5", "٣", "+5", "5 ", "0x10", "NaN", "1_0", "05"]
)
def test_the_limit_is_a_number_from_1_to_100(refused, path, limit):
    publish_station(1)
    assert refused(f"{path}?limit={quote(limit)}")["limit"]["allowed"] == ["1 to 100"]


@pytest.mark.parametrize("path", LISTS)
def test_an_unknown_order_is_refused(refused, path):
    publish_station(1)
    error = refused(f"{path}?ordering=body")["ordering"]
    assert error["message"] == "There is no such order."
    assert "-" + error["allowed"][0] in error["allowed"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", ["x", "%00", "AAAA", "é", "W10"])
def test_a_made_up_cursor_is_refused(refused, path, cursor):
    publish_station(1)
    assert set(refused(f"{path}?cursor={cursor}")) == {"cursor"}


@pytest.mark.parametrize("path", LISTS)
def test_the_cursor_of_another_order_is_refused(refused, path):
    publish_station(1)
    cursor = encode_cursor(Ordering("other", ("number",)), (1,))
    assert "next" in refused(f"{path}?cursor={cursor}")["cursor"]["message"]


@pytest.mark.parametrize("parameter", ["limit=1", "ordering=number", "cursor=x", "disputed=true", "source=D-1"])
def test_what_takes_one_value_is_refused_twice(refused, parameter):
    error = refused(f"stations/?{parameter}&{parameter}")
    assert error[parameter.partition("=")[0]]["message"] == "Give it once."


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("country=XX", "country", "NL"),
        ("country=NL,XX", "country", "NL"),
        ("country=nl", "country", "NL"),
        ("country=EU", "country", "NL"),
        ("kind=castle", "kind", "service_centre"),
        ("disputed=maybe", "disputed", "true"),
        ("disputed=True", "disputed", "false"),
        ("first_reported_after=yesterday", "first_reported_after", "YYYY-MM-DD"),
        ("first_reported_after=10/25/2022", "first_reported_after", "YYYY-MM-DD"),
        ("first_reported_before=2022-02-30", "first_reported_before", "YYYY-MM-DD"),
        ("source=S-1", "source", "Write a reference such as D-1."),
        ("source=D-0", "source", "Write a reference such as D-1."),
        ("source=D-1%0A", "source", "Write a reference such as D-1."),
        ("source=D-99999999999999999999", "source", "Write a reference such as D-1."),
        ("operator_jurisdiction=" + "x" * 201, "operator_jurisdiction", "a text of at most 200 characters"),
    ],
)
def test_a_bad_value_is_refused_with_the_allowed_ones(refused, query, parameter, allowed):
    errors = refused(f"stations/?{query}")
    assert set(errors) == {parameter}
    assert allowed in errors[parameter]["allowed"]
    assert errors[parameter]["message"]


@pytest.mark.parametrize(
    ("path", "query", "allowed"),
    [
        ("agreements/", "type=treaty", "extradition_treaty"),
        ("agreements/", "counterpart=XX", "CN"),
        ("agreements/", "ended_by=A-1", "Write a reference such as R-1."),
        ("agreements/", "signed_after=2015", "YYYY-MM-DD"),
        ("claims/", "topic=weather", "station_count"),
        ("claims/", "country=XX", "none"),
        ("claims/", "superseded=maybe", "true"),
        ("claims/", "unit=cats", "people"),
        ("claims/", "claimed_by=" + "x" * 201, "a text of at most 200 characters"),
        ("claims/", "claimed_before=2022", "YYYY-MM-DD"),
        *(
            ("claims/", f"value_min={quote(value)}", "a whole number in digits")
            for value in ("many", "-1", "1_0", "٣", "1.0", "1e3", "+5", "05", "1" + "0" * 12)
        ),
    ],
)
def test_bad_values_for_agreements_and_claims_are_refused(refused, path, query, allowed):
    errors = refused(f"{path}?{query}")
    assert set(errors) == {query.partition("=")[0]}
    (error,) = errors.values()
    assert allowed in error["allowed"]


@pytest.mark.parametrize("parameter", ["country", "operator_jurisdiction", "source", "disputed", "cursor", "limit"])
@pytest.mark.parametrize("value", ["", "%20", "%00", "a%00b", "%ED%A0%80", "%FF", "%0A", "%EF%BF%BD"])
def test_empty_and_unreadable_values_are_refused(refused, parameter, value):
    assert set(refused(f"stations/?{parameter}={value}")) == {parameter}


@pytest.mark.parametrize("name", ["%00", "%ED%A0%80", "country%00", "%F0%9F%92%A9", "limit[]", "__class__"])
def test_strange_names_are_refused(refused, name):
    (error,) = refused(f"stations/?{name}=1").values()
    assert error["message"] == "There is no such parameter."


def test_three_thousand_values_are_read_as_the_few_that_they_are(get):
    publish_station(1)
    assert get("stations/?country=" + ",".join(["NL", "DE"] * 1500)).json()["count"] == 1


def test_more_parameters_than_can_be_read_are_refused_as_json(get, settings):
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    response = get("stations/?" + "&".join(f"country={number}" for number in range(most + 1)))
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "The request cannot be read."


def test_all_that_is_wrong_is_said_at_once(refused):
    errors = refused("stations/?limit=0&ordering=x&country=XX&kind=castle&colour=red&disputed=")
    assert set(errors) == {"limit", "ordering", "country", "kind", "colour", "disputed"}


def test_the_detail_names_the_parameters(get):
    detail = get("stations/?limit=0&kind=castle").json()["detail"]
    assert detail == "Correct these parameters and try again: limit, kind."


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    name=st.one_of(
        st.sampled_from(["country", "limit", "cursor", "ordering", "source", "first_reported_after"]), st.text()
    ),
    value=st.text(),
)
def test_no_query_is_answered_with_anything_but_200_or_400(get, name, value):
    encoded = (
        "&".join(quote(text, errors="surrogatepass") for text in (name,)) + "=" + quote(value, errors="surrogatepass")
    )
    assert get(f"stations/?{encoded}").status_code in (200, 400)
