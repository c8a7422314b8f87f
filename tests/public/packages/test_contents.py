"""What is in a package: whole, valid for the programs of others, the same for the same record, explained."""

import csv
import hashlib
import json
import zipfile

import jsonschema
import pytest
from frictionless import Package

from casetracker.public.packages import building, shelf
from casetracker.public.packages.columns import explained
from casetracker.public.packages.lists import LISTS
from casetracker.publication.reading import current_head
from tests.factories.publications import append, publish_station, retract, station_snapshot

pytestmark = pytest.mark.django_db
API_LISTS = ("stations", "responses", "agreements", "claims", "sources", "governments", "status_history", "log")


def sums(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_frictionless_finds_a_package_valid(record, build):
    path = build() / "datapackage.json"
    report = Package(str(path)).validate()
    assert report.valid, report.flatten(["title", "message"])
    described = json.loads(path.read_text())
    tables = {resource["name"] for resource in described["resources"] if "schema" in resource}
    assert tables == {*API_LISTS, "columns"}
    assert described["licenses"][0]["name"] == "CC-BY-4.0"


@pytest.mark.slow
def test_frictionless_sees_a_changed_cell(record, build):
    folder = build()
    path = folder / "stations.csv"
    path.write_text(path.read_text().replace("Netherlands", "Belgium"))
    assert not Package(str(folder / "datapackage.json")).validate().valid


@pytest.mark.slow
def test_rows_are_as_their_schemas_say(record, build):
    folder = build()
    for name in API_LISTS:
        schema = json.loads((folder / f"{name}.schema.json").read_text())
        check = jsonschema.Draft202012Validator(schema)
        rows = [json.loads(line) for line in (folder / f"{name}.ndjson").read_text().splitlines()]
        assert rows, name
        for row in rows:
            check.validate(row)
        assert not check.is_valid({**rows[0], next(iter(rows[0])): []})


@pytest.mark.slow
def test_files_are_what_the_api_sends(record, build, client):
    folder = build()
    for packaged in LISTS:
        for form in packaged.forms:
            sent = client.get(f"/api/v1/{packaged.name}/?format={form.format}").getvalue()
            assert (folder / f"{packaged.name}.{form.format}").read_bytes() == sent


def test_every_column_says_what_it_means(record, build):
    folder = build()
    with (folder / "columns.csv").open(newline="") as file:
        meanings = {(row["list"], row["column"]): row for row in csv.DictReader(file)}
    for packaged in LISTS:
        with (folder / f"{packaged.name}.csv").open(newline="") as file:
            header = next(csv.reader(file))
        assert header == [column for name, column in meanings if name == packaged.name]
        assert header == [column.name for column in explained(packaged.row)]
    assert [key for key, row in meanings.items() if not row["meaning"]] == []
    assert "police_service_station: Police service station" in meanings["stations", "kind"]["codes"]


def test_the_archive_holds_the_files_and_the_sums_are_right(record, build):
    folder = build()
    of_files = dict(line.split("  ")[::-1] for line in (folder / "checksums.sha256").read_text().splitlines())
    archive = zipfile.ZipFile(folder / f"{folder.name}.zip")
    assert archive.testzip() is None
    inside = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert inside.keys() == {f"{folder.name}/{name}" for name in (*of_files, "checksums.sha256")}
    assert all(inside[f"{folder.name}/{name}"] == digest for name, digest in of_files.items())
    outside = sums(folder)
    assert {name: outside[name] for name in of_files} == of_files
    about = shelf.called(folder.name)
    assert about.whole.sha256 == outside[about.whole.name]
    assert about.counts["stations"] == 2


@pytest.mark.slow
def test_the_same_record_makes_the_same_bytes_also_later(record, build):
    head, first = current_head(), build()
    before = sums(first)
    publish_station(3)
    append(station_snapshot(1, version=2, label="Another name"), action="correct", version=2, note="A slip.")
    assert build() != first
    assert sums(first) == before
    (first / shelf.ABOUT).unlink()
    for path in first.iterdir():
        path.unlink()
    building.build(head)  # As it was at that entry, from documents that have moved on.
    assert sums(first) == before


@pytest.mark.slow
def test_what_was_withdrawn_while_it_was_written_is_never_shown(record, build, folder):
    head = current_head()
    build()
    retract("S-1")
    build()
    assert building.build(head) is None
    assert [path.name for path in folder.glob("casetracker-*")] == [shelf.name_of(current_head())]
    assert not list(folder.glob(".incoming-*"))
