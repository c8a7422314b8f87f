"""Packages as readers get them: for ever the same, or gone with a word of what to do."""

import gzip
import os
import signal
import threading
import time
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command

from casetracker.public.packages.shelf import name_of
from casetracker.publication.reading import current_head
from tests.factories.publications import append, publish_station, retract, station_snapshot

pytestmark = pytest.mark.django_db
PACKAGES = "/api/v1/packages/"


def files_of(client):
    return [file["address"] for package in client.get(PACKAGES).json()["results"] for file in package["files"]]


def test_every_file_is_there_under_its_name(client, record, build):
    folder = build()
    addresses = files_of(client)
    assert addresses[0] == f"{PACKAGES}{folder.name}/{folder.name}.zip"
    for address in addresses:
        response = client.get(address)
        name = address.rpartition("/")[2]
        assert response.getvalue() == (folder / name).read_bytes()
        assert folder.name in response.headers["Content-Disposition"]
        assert response.headers["Cache-Control"] == "no-cache"
        assert client.get(address, headers={"if-none-match": response.headers["ETag"]}).status_code == 304
        head = client.head(address)
        assert (head.status_code, head.headers["Content-Length"]) == (200, str((folder / name).stat().st_size))
        assert head.headers["Content-Disposition"] == response.headers["Content-Disposition"]
    assert client.get(f"{PACKAGES}latest/").headers["Location"] == addresses[0]


@pytest.mark.slow
def test_tables_are_compressed_on_their_way_and_archives_are_not(client, record, build):
    folder = build()
    table = client.get(f"{PACKAGES}{folder.name}/stations.csv", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(table.getvalue()) == (folder / "stations.csv").read_bytes()
    archive = client.get(f"{PACKAGES}{folder.name}/{folder.name}.zip", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in archive.headers
    archive.close()


def test_what_holds_a_retracted_record_is_gone_at_once(client, record, build, folder):
    first = build()
    addresses = [*files_of(client), f"/en/downloads/{first.name}/cite.bib"]
    retract("S-1", note="It was another office.")
    assert first.exists()  # Nobody has taken it away yet.
    for address in addresses[:-1]:
        response = client.get(address)
        assert response.status_code == 410, address
        assert "Take the latest package" in response.json()["detail"]
        assert response.json()["latest"] == f"{PACKAGES}latest/"
    assert client.get(addresses[-1]).status_code == 404
    assert client.get(PACKAGES).json()["results"] == []
    assert client.get(f"{PACKAGES}latest/").status_code == 404
    assert first.name not in client.get("/en/downloads/").text
    second = build()
    assert [path.name for path in folder.glob("casetracker-*")] == [second.name]
    assert {client.get(address).status_code for address in addresses[:-1]} == {410}
    assert client.get(f"{PACKAGES}latest/").status_code == 302
    assert all(b"HYPERLINK" not in path.read_bytes() for path in second.iterdir())


@pytest.mark.slow
def test_a_superseded_version_that_was_withdrawn_later_ends_the_packages_that_show_it_alone(client, record, build):
    early = build().name
    retract("S-2")
    late = build().name
    append(
        station_snapshot(2, version=2), action="revise", version=2
    )  # It comes back, and what was withdrawn stays withdrawn.
    build()
    assert client.get(f"{PACKAGES}{early}/stations.csv").status_code == 410
    response = client.get(f"{PACKAGES}{late}/stations.csv")
    assert response.status_code == 200
    response.close()


@pytest.mark.slow
def test_only_the_newest_are_kept(client, record, build, folder, settings):
    settings.PACKAGES_KEPT = 2
    names = []
    for number in range(3, 6):
        publish_station(number)
        names.append(build().name)
    assert sorted(path.name for path in folder.glob("casetracker-*")) == sorted(names[1:])
    gone = client.get(f"{PACKAGES}{names[0]}/stations.csv")
    assert gone.status_code == 410
    assert "is kept any more" in gone.json()["detail"]


def test_what_never_was_is_not_found(client, record, build):
    name = build().name
    for path in (
        "casetracker-2022-10-26-1/stations.csv",
        "casetracker-2022-10-26-999999999999999999/stations.csv",
        f"{name}/nothing.csv",
        f"{name}/package.json",
        f"{name}/../{name}/stations.csv",
        f"{name}/..%2f..%2fsecret.txt",
        f"{name}x/stations.csv",
        f"{name}/",
    ):
        response = client.get(f"{PACKAGES}{path}")
        assert response.status_code == 404, path
        assert response.headers["Content-Type"] == "application/problem+json"


def test_an_address_of_a_file_takes_no_parameters(client, record, build):
    assert client.get(f"{PACKAGES}{build().name}/stations.csv?country=NL").status_code == 400


def test_what_was_never_finished_is_neither_shown_nor_left(client, record, build, folder):
    folder.mkdir()
    (folder / ".incoming-x").mkdir()
    (folder / ".incoming-x" / "stations.csv").write_text("half")
    (folder / "casetracker-2022-10-26-1").mkdir()  # Without a word about itself, such as one that is being deleted.
    assert client.get(PACKAGES).json()["results"] == []
    build()
    assert {path.name for path in folder.iterdir()} == {".lock", name_of(current_head())}
    assert len(client.get(PACKAGES).json()["results"]) == 1


def test_a_package_of_another_log_is_not_taken_for_ours(client, record, build):
    folder = build()
    about = folder / "package.json"
    about.write_text(about.read_text().replace(current_head().entry_hash, "0" * 64))
    cache.clear()
    assert client.get(f"{PACKAGES}{folder.name}/stations.csv").status_code == 410
    assert client.get(PACKAGES).json()["results"] == []
    build()
    response = client.get(f"{PACKAGES}{folder.name}/stations.csv")
    assert response.status_code == 200
    response.close()


def test_without_any_publication_there_is_nothing(client, build):
    assert build() is None
    assert client.get(PACKAGES).json()["results"] == []
    assert "The files are being made" in client.get("/en/downloads/").text


@pytest.mark.slow
def test_it_goes_on_until_it_is_told_to_stop(record, folder):
    """And writes what lies there once, however often it looks."""

    def stop_when_built():
        while not any(path.name.startswith("casetracker-") for path in folder.glob("*")):
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)

    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    watcher, said = threading.Thread(target=stop_when_built), StringIO()
    try:
        watcher.start()
        call_command("build_package", every=0.01, stdout=said)
    finally:
        watcher.join()
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert said.getvalue().count("SHA-256") == 1


def test_the_page_leads_to_the_files_and_says_how_to_cite_them(client, record, build):
    before = client.get("/en/downloads/")
    folder = build()
    cache.clear()
    page = client.get("/en/downloads/", headers={"if-none-match": before.headers["ETag"]})
    assert page.status_code == 200  # Although nothing was published since.
    about = client.get(PACKAGES).json()["results"][0]
    for text in (about["files"][0]["sha256"], "CC-BY-4.0", f"{folder.name}.zip", "stations.geojson", "readme.md"):
        assert text in page.text
    assert "Something was published since" not in page.text
    cited = client.get(f"/en/downloads/{folder.name}/cite.bib").text
    assert f"http://testserver{PACKAGES}{folder.name}/{folder.name}.zip" in cited
    publish_station(9)
    assert "Something was published since" in client.get("/en/downloads/").text


def test_the_dictionary_explains_codes(client, db):
    page = client.get("/en/downloads/columns/").text
    assert 'id="stations.operating_status"' in page
    assert "<code>closure_claimed</code>" in page
