"""Lists as files: exactly the list that was asked for, whole, safe in a spreadsheet, in little memory."""

import csv
import io
import json
import tracemalloc

import pytest

from casetracker.public.api.tables import columns_of
from casetracker.public.api.views import claims, governments, log, records, sources, statistics
from casetracker.public.models import StationDocument
from tests.factories.publications import (
    citation_part,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
)

LISTS = {
    "stations/": records.StationList,
    "responses/": records.ResponseList,
    "agreements/": claims.AgreementList,
    "claims/": claims.ClaimList,
    "governments/": governments.GovernmentList,
    "sources/": sources.SourceList,
    "status_history/": statistics.StatusHistoryList,
    "log/": log.LogList,
    "stations/S-1/versions/": records.StationVersions,
}
MEDIA_TYPES = {
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8; header=present",
    "geojson": "application/geo+json",
}


@pytest.fixture(autouse=True)
def _world(db):
    publish_station(1)
    publish_station(2, country="DE", latitude=None, longitude=None, place_precision="country", names=[])
    publish_station(1, version=2, label='=HYPERLINK("http://evil.example")', counted_in=["110 Overseas", "A | B"])
    publish_station(3, country="FR", citations=[citation_part("D-1"), citation_part("D-2"), citation_part("D-1")])
    publish_response(1)
    publish_agreement(1)
    publish_claim(1)


def table(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode(), newline="")))


def test_the_lines_are_the_list(get):
    for path in LISTS:
        listed = get(path).json()["results"]
        response = get(f"{path}?format=ndjson")
        assert response["Content-Type"] == MEDIA_TYPES["ndjson"]
        assert listed
        assert [json.loads(line) for line in response.getvalue().decode().splitlines()] == listed, path


def test_every_single_value_has_its_column_in_a_fixed_order(get):
    for path, view in LISTS.items():
        listed, rows = get(path).json()["results"], table(get(path, accept="text/csv"))
        assert len(rows) == len(listed)
        columns = columns_of(view.row)
        assert list(rows[0]) == [column.name for column in columns]
        single = {name for name, value in listed[0].items() if isinstance(value, str | int | float)}
        assert single <= set(rows[0]), path
        assert {column.key for column in columns} == set(listed[0]), path


def test_the_table_of_stations(get):
    first, second, third = table(get("stations/?format=csv"))
    assert list(first)[:8] == [
        "reference",
        "version",
        "record_kind",
        "label",
        "kind",
        "kind_label",
        "names",
        "country",
    ]
    assert first["label"] == '\'=HYPERLINK("http://evil.example")'
    assert first["counted_in"] == "110 Overseas | A | B"
    assert (first["country"], first["country_iso3"], first["country_name"]) == ("NL", "NLD", "Netherlands")
    assert (first["first_reported"], first["first_reported_earliest"]) == ("2022-09", "2022-09-01")
    assert first["first_reported_latest"] == "2022-09-30"
    assert first["verification_level"] == "reported"
    assert (second["latitude"], second["names"]) == ("", "")
    assert third["citations"] == "D-1 | D-2"


def test_the_map_has_every_station_of_the_list(get):
    response = get("stations/?format=geojson&ordering=-number")
    assert response["Content-Type"] == MEDIA_TYPES["geojson"]
    collection = json.loads(response.getvalue())
    assert collection["type"] == "FeatureCollection"
    assert [feature["id"] for feature in collection["features"]] == ["S-3", "S-2", "S-1"]
    placed = collection["features"][0]
    assert placed["geometry"] == {"type": "Point", "coordinates": [4.9, 52.37]}
    assert placed["properties"] == get("stations/S-3/").json()
    assert collection["features"][1]["geometry"] is None


def test_an_empty_map(get):
    assert json.loads(get("stations/?format=geojson&country=US").getvalue())["features"] == []


def test_a_file_is_exactly_the_list_with_its_filters_and_view(get):
    query = "country=NL,FR&ordering=-number&known_at=3"
    listed = [row["reference"] for row in get(f"stations/?{query}").json()["results"]]
    assert listed == ["S-1"]
    for form in MEDIA_TYPES:
        text = get(f"stations/?{query}&format={form}").getvalue().decode()
        assert ("S-1" in text, "S-2" in text, "S-3" in text) == (True, False, False), form


def test_places_alone_are_for_maps(refused):
    error = refused("responses/?format=geojson")["format"]
    assert error["allowed"] == ["json", "ndjson", "csv"]
    assert set(refused("stations/?format=xml")) == {"format"}
    assert set(refused("stations/?format=csv&format=json")) == {"format"}


def test_a_file_has_no_pages(refused, get):
    errors = refused("stations/?format=csv&limit=10&cursor=x")
    assert set(errors) == {"limit", "cursor"}
    assert "ask for JSON" in errors["limit"]["message"]
    assert get("stations/?limit=10", accept="text/csv").status_code == 400


ACCEPTED = {
    "text/csv": "text/csv",
    "text/csv;q=0.5, application/x-ndjson": "application/x-ndjson",
    "text/csv;q=0.5, */*;q=0.1": "text/csv",
    "application/geo+json": "application/geo+json",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "application/json",
}


def test_accept_chooses_by_its_weights(get):
    chosen = {accept: get("stations/", accept=accept)["Content-Type"].partition(";")[0] for accept in ACCEPTED}
    assert chosen == ACCEPTED


def test_what_the_address_asks_for_comes_first(get):
    assert get("stations/?format=json", accept="text/csv")["Content-Type"] == "application/json"


def test_each_form_has_a_tag_of_its_own(get):
    tags = {get(f"stations/?format={form}")["ETag"] for form in ("json", *MEDIA_TYPES)}
    assert len(tags) == 4
    csv_tag = get("stations/", accept="text/csv")["ETag"]
    assert get("stations/", accept="text/csv", if_none_match=csv_tag).status_code == 304
    assert get("stations/", if_none_match=csv_tag).status_code == 200


def test_head_says_what_a_file_would_be(client):
    response = client.head("/api/v1/stations/?format=csv")
    assert (response.status_code, response.getvalue()) == (200, b"")
    assert "Content-Length" not in response
    assert response["Content-Disposition"] == 'attachment; filename="stations.csv"'


def test_the_versions_of_what_is_gone_are_no_file(get):
    retract("S-3")
    assert get("stations/S-3/versions/?format=csv").status_code == 410
    assert get("stations/S-9/versions/?format=csv").status_code == 404


def test_fields_are_chosen_in_every_form(get, refused):
    query = "stations/?country=NL&fields=country,reference&fields=verification"
    (row,) = get(query).json()["results"]
    assert list(row) == ["reference", "country", "verification"]
    assert list(table(get(f"{query}&format=csv"))[0])[:4] == [
        "reference",
        "country",
        "verification_level",
        "verification_level_label",
    ]
    assert json.loads(get(f"{query}&format=ndjson").getvalue()) == row
    assert json.loads(get(f"{query}&format=geojson").getvalue())["features"][0]["properties"] == row
    assert get("stations/S-1/?fields=label,reference").json() == {
        "reference": "S-1",
        "label": '=HYPERLINK("http://evil.example")',
    }
    assert list(get("sources/D-1/?fields=cited_by").json()) == ["cited_by"]
    assert "reference" in refused("stations/?fields=notes")["fields"]["allowed"]


def test_what_is_retracted_while_a_file_is_sent_is_left_out(get, monkeypatch):
    monkeypatch.setattr("casetracker.public.api.downloads.ROWS_AT_ONCE", 1)
    monkeypatch.setattr("casetracker.public.api.downloads.CHUNK", 1)
    parts = iter(get("stations/?format=ndjson"))
    first = next(parts)
    retract("S-3")
    publish_station(2, version=2, label="Later")
    sent = [json.loads(line) for line in (first + b"".join(parts)).decode().splitlines()]
    assert [(row["reference"], row["version"]) for row in sent] == [("S-1", 2), ("S-2", 1)]


def test_a_file_takes_the_same_queries_however_long(get, django_assert_num_queries):
    for form in MEDIA_TYPES:
        with django_assert_num_queries(3):  # the head, the keys, the texts
            get(f"stations/?format={form}").getvalue()


@pytest.mark.long
@pytest.mark.slow
def test_the_memory_of_a_file_does_not_grow_with_the_list(get):
    first = StationDocument.objects.live().get(reference="S-3")
    copies = []
    for number in range(10, 20_010):
        first.pk, first.number, first.reference = None, number, f"S-{number}"
        copies.append(StationDocument(**{f.attname: getattr(first, f.attname) for f in first._meta.concrete_fields}))
    StationDocument.objects.bulk_create(copies, batch_size=500)
    del copies
    for form in MEDIA_TYPES:
        get(f"stations/?format={form}&country=US").getvalue()  # What is loaded at the first time is no matter.
        tracemalloc.start()
        size = sum(map(len, get(f"stations/?format={form}")))
        _current, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert size > 10_000_000
        assert peak < 6_000_000, form
