"""The map of the world: what is drawn, what is not, and the table that says the same."""

import re
from dataclasses import dataclass

import pytest

from tests.factories.publications import closed, investigating, no_action, publish_response, publish_station

NOWHERE = {"latitude": None, "longitude": None}
# A page with a map, and the first page, on the wire and without compression.
MOST_BYTES = {"/en/map/": 250_000, "/en/map/?region=europe": 250_000, "/en/": 100_000}


@dataclass
class Drawn:
    """What a page has drawn: labels of countries by their link, and the kinds of signs with their numbers."""

    labels: dict[str, str]
    fills: dict[str, str]
    signs: list[tuple[str, str, str]]


def drawn(page):
    html = page.response.text
    areas = page.all("a", class_="area")
    signs = re.findall(r'translate\(([^)]+)\)">\s*<g class="sign sign-(\w+)">(.*?)</g>', html, re.DOTALL)
    return Drawn(
        {area["href"]: area["aria-label"] for area in areas},
        {area["href"]: area["fill"] for area in areas},
        [(kind, at, "".join(re.findall(r">(\d+)</text>", inside)) or "1") for at, kind, inside in signs],
    )


def rows_of(page):
    """The text of each row of the table."""
    table = page.response.text.partition('<tbody role="rowgroup">')[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in table.split("</tr>") if "<th" in row]


@pytest.fixture
def record(db):
    publish_response(1, **investigating(date="2022-10-25"))
    publish_response(2, **closed("ordered", date="2022-11-01"))
    publish_response(3, concerns="SG", responder="SG", **no_action(date="2022-10-29"))
    publish_response(4, concerns="HU", responder="HU", kind="denial", date="2022-10-31")
    publish_response(5, concerns="EU", responder="EU", kind="statement", date="2022-10-31")
    publish_station(1)
    publish_station(2)
    publish_station(3, locality="Rotterdam", latitude=51.92, longitude=4.48, place_precision="site")
    publish_station(4, country="CA", locality="Vancouver area", latitude=49.2, longitude=-123.1, place_precision="area")
    publish_station(5, country="BR", locality="", place_precision="country", **NOWHERE)
    publish_station(6, country="BR", locality="", place_precision="region", region="Paraná", **NOWHERE)


@pytest.mark.usefixtures("record")
def test_every_country_with_a_record_is_drawn_by_its_status_and_leads_to_its_government(visit):
    found = drawn(visit("/en/map/"))
    assert found.labels == {
        "/en/governments/BR/": "Brazil: No response recorded. 2 stations listed.",
        "/en/governments/CA/": "Canada: No response recorded. 1 station listed.",
        "/en/governments/CN/": "China: The accused state: its own statements count in no tally.",
        "/en/governments/HU/": "Hungary: Responded, no inquiry or closure recorded.",
        "/en/governments/NL/": "Netherlands: Closure ordered. 3 stations listed.",
        "/en/governments/SG/": "Singapore: No inquiry announced.",
    }
    assert found.fills["/en/governments/NL/"] == "url(#fill-closed-ordered)"
    assert found.fills["/en/governments/SG/"] == "url(#fill-no_action-none_announced)"


@pytest.mark.usefixtures("record")
def test_every_filling_is_defined_and_told_in_words(visit):
    page = visit("/en/map/")
    patterns = {f"url(#{pattern['id']})" for pattern in page.all("pattern")}
    assert {attrs["fill"] for _tag, attrs in page.elements if attrs.get("fill", "").startswith("url(")} <= patterns
    legend = page.text.partition("The same as a table")[0]
    for words in ("Closure ordered 1", "No inquiry announced 1", "Responded, no inquiry or closure recorded 2"):
        assert words in legend


@pytest.mark.usefixtures("record")
def test_the_legend_shows_each_filling_and_each_sign_that_the_map_has(visit):
    page = visit("/en/map/")
    found, legends = drawn(page), page.response.text.partition('class="map-legend"')[2].partition("<table")[0]
    assert set(found.fills.values()) <= set(re.findall(r'fill="(url\(#fill-[\w-]+\))"', legends))
    samples = re.findall(r'<g class="sign-(\w+)">\s*<(circle|rect)', legends)
    assert {kind for kind, _at, _number in found.signs} == {kind for kind, _shape in samples}
    assert dict(samples) == {"site": "circle", "city": "circle", "area": "circle", "country": "rect"}


@pytest.mark.usefixtures("record")
def test_a_station_is_drawn_no_more_precisely_than_its_place_is_known(visit):
    kinds = [(kind, count) for kind, _at, count in drawn(visit("/en/map/")).signs]
    # Two in a city are one ring; what is known to a country or region only is a number on the country.
    assert sorted(kinds) == [("area", "1"), ("city", "2"), ("country", "2"), ("site", "1")]


@pytest.mark.parametrize("precision", ["country", "region"])
def test_no_point_is_made_up_for_what_has_none(visit, precision):
    # Its point is never published; should one slip through, the map keeps it back.
    publish_station(1, locality="", place_precision=precision)
    ((kind, _at, _count),) = drawn(visit("/en/map/")).signs
    assert kind == "country"


def test_a_city_gives_a_ring_and_no_point(visit):
    publish_station(1, place_precision="city")
    ((kind, _at, _count),) = drawn(visit("/en/map/")).signs
    assert kind == "city"
    assert "Somewhere in a city" in visit("/en/map/").text
    assert "known to about a kilometre" not in visit("/en/map/").text


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("query", ["", "as_of=2022-10-26", "known_at=3", "region=europe"])
def test_the_table_says_what_the_map_shows(visit, query):
    page = visit(f"/en/map/?{query}")
    labels = drawn(page).labels
    rows = rows_of(page)
    for label in labels.values():
        name, _, said = label.partition(": ")
        if name == "China":
            continue
        status, *more = said.rstrip(".").split(". ")
        (row,) = [row for row in rows if row.startswith(f"{name} ")]
        assert status in row
        if more:
            assert f" {more[0].split()[0]} " in row
    drawn_names = {label.partition(":")[0] for label in labels.values()} - {"China"}
    assert len(rows) == len(drawn_names) + ("European Union" in page.text.partition("same as a table")[2])
    shown = sum(int(count) for _kind, _at, count in drawn(page).signs)
    listed = re.search(r"(\d+) stations?, by country and place", page.text)
    assert shown == (int(listed[1]) if listed else 0)


@pytest.mark.usefixtures("record")
def test_the_table_names_places_and_leads_to_stations(visit):
    page = visit("/en/map/")
    by_name = {row.split()[0]: row for row in rows_of(page)}
    assert by_name["Netherlands"].endswith("1 Nov 2022 3 Amsterdam 2 Rotterdam")
    assert by_name["Canada"].endswith("1 around Vancouver area")
    assert by_name["Brazil"].endswith("2 known to the country only known to a region only")
    assert {"/en/stations/S-3/", "/en/stations/S-5/", "/en/stations/?country=NL"} <= set(page.links)


@pytest.mark.usefixtures("record")
def test_what_cannot_be_drawn_is_in_the_table(visit):
    page = visit("/en/map/")
    assert "Not on the drawing, but in the table: European Union" in page.text
    assert any(row.startswith("European Union ") for row in rows_of(page))


@pytest.mark.usefixtures("record")
def test_small_countries_have_a_sign_that_can_be_reached(visit):
    html = visit("/en/map/").response.text
    singapore = html.partition('href="/en/governments/SG/"')[2].partition("</a>")[0]
    assert "small-area" in singapore
    netherlands = html.partition('href="/en/governments/NL/"')[2].partition("</a>")[0]
    assert "<path" in netherlands


@pytest.mark.usefixtures("record")
def test_a_region_has_a_map_of_its_own_with_its_countries_only(visit):
    page = visit("/en/map/?region=europe")
    assert set(drawn(page).labels) == {"/en/governments/HU/", "/en/governments/NL/"}
    assert {row.split()[0] for row in rows_of(page)} == {"Hungary", "Netherlands", "European"}
    assert page.all("a", href="/en/map/?region=europe", aria_current="true")
    asia = visit("/en/map/?region=asia")
    assert set(drawn(asia).labels) == {"/en/governments/CN/", "/en/governments/SG/"}
    for region in ("africa", "americas", "oceania"):
        assert f"/en/map/?region={region}" in page.links
        assert visit(f"/en/map/?region={region}").all("svg", class_="world")


@pytest.mark.usefixtures("record")
def test_the_map_of_a_day_is_that_of_the_day_and_its_links_keep_it(visit):
    page = visit("/en/map/?as_of=2022-10-26")
    assert "As of 26 October 2022." in page.text
    assert (
        drawn(page).labels["/en/governments/NL/?as_of=2022-10-26"] == "Netherlands: Investigating. 3 stations listed."
    )
    assert "/en/map/?as_of=2022-10-26&region=europe" in page.links
    assert visit("/en/map/?known_at=1").text.count("Netherlands: Investigating.") == 1
    europe = visit("/en/map/?as_of=2022-10-26&region=europe")
    assert "/en/map/?as_of=2022-10-26" in europe.links
    assert europe.all("input", type="hidden", name="region", value="europe")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(("query", "words"), [("region=mars", "no map of this part"), ("as_of=x", "This is no day")])
def test_a_bad_question_is_told_and_not_answered(visit, query, words):
    page = visit(f"/en/map/?{query}", status=400)
    assert words in page.text
    assert not page.all("svg", class_="world")


def test_the_accused_state_is_drawn_as_such_even_where_nothing_else_is(visit):
    page = visit("/en/map/")
    assert list(drawn(page).labels) == ["/en/governments/CN/"]
    assert "Nothing is recorded here." in page.text


def test_a_country_with_many_places_does_not_fill_the_page(visit):
    for number in range(1, 16):
        publish_station(number, locality=f"Town {number:02}", latitude=52 + number / 100)
    (row,) = rows_of(visit("/en/map/"))
    assert "Town 12 and 3 more places" in row
    assert "Town 13" not in row


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("path", MOST_BYTES)
def test_pages_with_a_map_stay_small(visit, path):
    page = visit(path)
    assert page.all("svg", class_="world")
    assert len(page.response.content) < MOST_BYTES[path]


@pytest.mark.usefixtures("record")
def test_the_first_page_shows_the_map_names_every_government_under_its_status_and_leads_to_the_map(visit):
    page = visit("/en/")
    assert drawn(page).labels == drawn(visit("/en/map/")).labels
    assert "/en/map/" in page.links
    assert "Closure ordered 1 Netherlands No inquiry announced 1 Singapore" in page.text
    assert "Latest changes of status 1 Nov 2022 Netherlands Closure ordered 29 Oct 2022 Singapore" in page.text
