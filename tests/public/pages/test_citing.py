"""How to cite a record or a source: the words on its page, and the files for reference managers."""

import json

import pytest

from tests.factories.publications import (
    citation_part,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
)

ENDINGS = ("bib", "ris", "json")
TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}


@pytest.fixture
def two_versions(db):
    publish_station(1, label="Amsterdam: a station")
    publish_station(1, label="Amsterdam: another name {1 & 2}", version=2)


def file_of(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response


# --- On the page --------------------------------------------------------------


def test_a_record_is_cited_with_site_version_day_and_permanent_address(visit, two_versions, settings):
    settings.SITE_NAME = "Station Watch"
    page = visit("/en/stations/S-1/")
    address = "http://testserver/en/stations/S-1/versions/2/"
    year = page.text.partition("Station Watch. (")[2][:4]
    assert f"Amsterdam: another name {{1 & 2}} (Version 2). {address}" in page.text
    assert "Station Watch. “Amsterdam: another name {1 & 2}.” Version 2." in page.text
    assert year.isdigit()
    for ending in ENDINGS:
        assert f"/en/stations/S-1/versions/2/cite.{ending}" in page.links


def test_an_earlier_version_is_cited_as_itself(visit, two_versions):
    page = visit("/en/stations/S-1/versions/1/")
    assert "Amsterdam: a station (Version 1). http://testserver/en/stations/S-1/versions/1/" in page.text
    assert "/en/stations/S-1/versions/1/cite.bib" in page.links


@pytest.mark.parametrize(
    ("publish", "address"),
    [
        (publish_station, "/en/stations/S-1/"),
        (publish_response, "/en/responses/R-1/"),
        (publish_agreement, "/en/agreements/A-1/"),
        (publish_claim, "/en/claims/C-1/"),
    ],
)
def test_every_kind_of_record_can_be_cited(visit, client, publish, address):
    publish(1)
    for path in (address, f"{address}versions/1/"):
        page = visit(path)
        assert "Cite this record" in page.text
        for ending in ENDINGS:
            assert f"{address}versions/1/cite.{ending}" in page.links
    for ending in ENDINGS:
        response = file_of(client, f"{address}versions/1/cite.{ending}")
        assert f"http://testserver{address}versions/1/" in response.content.decode()


# --- Files of a record --------------------------------------------------------


def test_the_three_files_say_the_same(client, two_versions):
    path = "/en/stations/S-1/versions/2/cite."
    bib, ris, csl = (file_of(client, f"{path}{ending}").content.decode() for ending in ENDINGS)
    (item,) = json.loads(csl)
    day = "-".join(f"{part:02}" for part in item["issued"]["date-parts"][0])
    assert item["id"] == "S-1-v2"
    assert (item["title"], item["version"]) == ("Amsterdam: another name {1 & 2}", "2")
    assert item["author"] == [{"literal": "casetracker"}]
    assert item["URL"] == "http://testserver/en/stations/S-1/versions/2/"
    assert bib.startswith("@online{S-1-v2,\n")
    assert r"title = {Amsterdam: another name \textbraceleft{}1 \& 2\textbraceright{}}," in bib
    assert f"date = {{{day}}}," in bib
    assert ris.startswith("TY  - ELEC\r\nID  - S-1-v2\r\nTI  - Amsterdam: another name {1 & 2}\r\n")
    assert f"DA  - {day.replace('-', '/')}/\r\n" in ris
    assert ris.endswith("ER  - \r\n")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_is_saved_cached_and_sets_no_cookie(client, two_versions, ending):
    path = f"/en/stations/S-1/versions/1/cite.{ending}"
    response = file_of(client, path)
    assert response.headers["Content-Type"] == TYPES[ending]
    assert response.headers["Content-Disposition"] == f'attachment; filename="S-1-v1.{ending}"'
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert client.get(path, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405
    other = "ris" if ending == "bib" else "bib"
    assert file_of(client, f"/en/stations/S-1/versions/1/cite.{other}").headers["ETag"] != response.headers["ETag"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_withdrawn_cannot_be_cited(client, two_versions, ending):
    retract("S-1")
    for version in (1, 2):
        response = file_of(client, f"/en/stations/S-1/versions/{version}/cite.{ending}", 410)
        assert "another name" not in response.content.decode()


def test_what_never_was_cannot_be_cited(client, two_versions):
    paths = (
        "/en/stations/S-1/versions/3/cite.bib",
        "/en/stations/S-2/versions/1/cite.bib",
        "/en/stations/S-1/versions/1/cite.pdf",
        "/en/stations/S-1/cite.bib",
        "/en/responses/S-1/versions/1/cite.bib",
        "/en/sources/D-99/cite.bib",
    )
    for path in paths:
        file_of(client, path, 404)


# --- Sources ------------------------------------------------------------------


@pytest.fixture
def cited(db):
    source = source_part(
        "D-7",
        title="“110 Overseas” explained",
        publisher="The Guardian",
        author="Doe, Jane; Safeguard Defenders",
        published="2022-10-26",
        url="https://www.theguardian.com/a",
        language="en",
        type="newspaper",
    )
    publish_station(1, citations=[citation_part(source=source)])


def test_a_source_is_cited_as_what_it_is(visit, cited):
    page = visit("/en/sources/D-7/")
    assert "Cite this source" in page.text
    apa = "Doe, J., & Safeguard Defenders. (2022, October 26). “110 Overseas” explained. The Guardian. https://www."
    assert apa in page.text
    chicago = "Doe, Jane, and Safeguard Defenders. “‘110 Overseas’ explained.” The Guardian, October 26, 2022. https://"
    assert chicago in page.text
    assert "/en/sources/D-7/cite.ris" in page.links


def test_many_authors_are_named_by_the_first(visit, db):
    source = source_part("D-7", title="A page", author="Doe, Jane; Roe, R. S.; Poe, E.; Loe, X.", published="2022")
    publish_station(1, citations=[citation_part(source=source)])
    text = visit("/en/sources/D-7/").text
    assert "Doe, J. et al. (2022). A page. NRC." in text
    assert "Doe, Jane et al. “A page.” NRC, 2022." in text


def test_the_file_of_a_source_is_about_the_source(client, cited):
    (item,) = json.loads(file_of(client, "/en/sources/D-7/cite.json").content)
    assert (item["id"], item["type"], item["container-title"]) == ("D-7", "article-newspaper", "The Guardian")
    assert item["author"] == [{"family": "Doe", "given": "Jane"}, {"literal": "Safeguard Defenders"}]
    assert item["issued"] == {"date-parts": [[2022, 10, 26]]}
    assert file_of(client, "/en/sources/D-7/cite.bib").content.startswith(b"@article{D-7,\n")


def test_a_source_that_nothing_cites_any_more_is_gone(client, cited):
    retract("S-1")
    file_of(client, "/en/sources/D-7/cite.json", 410)


@pytest.mark.parametrize(
    ("published", "words"),
    [("", "(n.d.)"), ("2022", "(2022)"), ("2022-10", "(2022, October)"), ("2022-10~", "(about October 2022)")],
)
def test_dates_are_as_exact_as_they_are_known(visit, db, published, words):
    source = source_part("D-7", title="A page", publisher="Somebody", author="", published=published)
    publish_station(1, citations=[citation_part(source=source)])
    assert f"A page. {words}. Somebody." in visit("/en/sources/D-7/").text
