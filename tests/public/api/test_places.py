"""Where, and between which days: filters that compute."""

import pytest

from tests.factories.publications import citation_part, publish_station, source_part

# Number to a point; the last one has none in public.
POINTS = {
    1: (52.37, 4.9),  # Amsterdam
    2: (51.92, 4.48),  # Rotterdam, 57 km away
    3: (-36.85, 174.76),  # Auckland
    4: (-18.14, -178.44),  # Fiji, beyond the line of dates
    5: (89.9, 10.0),  # near the pole
    6: (89.9, -170.0),  # 22 km from it, on the other side
    7: (None, None),
}


@pytest.fixture(autouse=True)
def _stations(db):
    for number, (latitude, longitude) in POINTS.items():
        publish_station(
            number,
            latitude=latitude,
            longitude=longitude,
            place_precision="city" if latitude else "country",
            opened={1: "2018", 2: "2020-06/.."}.get(number, ""),
            closed={1: "2022-11~", 2: "2023"}.get(number, ""),
            citations=[citation_part(source_part(f"D-{number}", published={1: "2022-12", 2: ""}.get(number, "2023")))],
        )


FOUND = {
    "bbox=3.3,50.7,7.3,53.6": "12",
    "bbox=4.9,52.37,4.9,52.37": "1",
    "bbox=170,-40,-170,0": "34",
    "bbox=-180,-90,180,90": "123456",
    "bbox=0,0,1,1": "",
    "near=52.37,4.9,56": "1",
    "near=52.37,4.9,58": "12",
    "near=52.370,4.900,0": "1",
    "near=-30,179,2000": "34",
    "near=90,0,12": "56",
    "near=89.9,10,23": "56",
    "near=89.9,10,22": "5",
    "near=0,0,99999": "123456",
    "near=52.37,4.9,58&bbox=4,51,4.6,52": "2",
    "opened_after=2018-12-31": "12",
    "opened_after=2019-01-01": "2",
    "opened_before=2020-05-31": "1",
    "opened_after=2030-01-01": "2",
    "closed_before=2022-12-31": "1",
    "closed_after=2022-12-01": "2",
    "ordering=-published&near=52.37,4.9,58": "21",
}


def test_stations_are_found_by_place_and_days(get):
    for query, found in FOUND.items():
        body = get(f"stations/?{query}").json()
        assert [row["reference"] for row in body["results"]] == [f"S-{number}" for number in found], query
        assert body["count"] == len(found)


def test_sources_are_found_by_their_day(get):
    for query, found in (("published_before=2022-12-31", "1"), ("published_after=2023-06-01", "34567")):
        assert "".join(row["reference"][2:] for row in get(f"sources/?{query}").json()["results"]) == found


NO_PLACES = (
    "bbox=1,2,3",
    "bbox=1,2,3,4,5",
    "bbox=0,60,10,50",
    "bbox=181,0,182,1",
    "bbox=0,-91,1,0",
    "bbox=NaN,0,1,1",
    "bbox=1e2,0,1,1",
    "bbox=٣,0,5,5",
    "bbox=0,0,1,inf",
    "near=1,2",
    "near=91,0,1",
    "near=0,181,1",
    "near=0,0,-1",
    "near=0,0," + "9" * 20,
    "near=0, 0, 1",
)


def test_what_is_no_place_is_refused_with_an_example(refused):
    for query in NO_PLACES:
        name = query.partition("=")[0]
        errors = refused(f"stations/?{query}")
        assert set(errors) == {name}, query
        assert "such as" in errors[name]["allowed"][0]


def test_pages_by_publication_follow_each_other(get):
    publish_station(1, version=2)
    address, found = "/api/v1/stations/?ordering=-published&limit=2&near=52.37,4.9,58", []
    while address:
        body = get(address).json()
        found += [row["reference"] for row in body["results"]]
        address = body["next"]
    assert found == ["S-1", "S-2"]
