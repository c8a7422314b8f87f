"""The page of search, and the field on every other page."""

import pytest

from casetracker.public.pages.views.search import IN_A_GROUP
from tests.factories.publications import closed, publish_response, publish_station
from tests.public.pages.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client):
    def open_page(path, status=200):
        response = client.get(path)
        assert response.status_code == status
        return read(response)

    return open_page


def test_every_page_has_the_field(visit):
    for path, status in (("/en/", 200), ("/en/stations/", 200), ("/en/search/", 200), ("/en/nothing/", 404)):
        page = visit(path, status)
        assert [form["action"] for form in page.all("form", role="search")] == ["/en/search/"]
        assert len(page.all("input", type="search", name="q")) == 1


def test_the_first_of_each_kind_are_shown_and_what_fits_is_marked(client, visit):
    for number in range(1, IN_A_GROUP + 3):
        publish_station(number, label=f"Rotterdam {number}", names=[], summary="<b>In Rotterdam</b>")
    publish_response(1, summary="The office in Rotterdam.")
    page = visit("/en/search/?q=rotterdam")
    assert f"Stations {IN_A_GROUP + 2}" in page.text
    assert "Stations: all 7" in page.text
    assert len([link for link in page.links if link.startswith("/en/stations/S-")]) == IN_A_GROUP
    assert "/en/responses/R-1/" in page.links
    html = client.get("/en/search/?q=rotterdam").text
    assert "<mark>Rotterdam</mark> 7" in html
    assert "&lt;b&gt;In <mark>Rotterdam</mark>&lt;/b&gt;" in html
    assert "The office in <mark>Rotterdam</mark>." in html
    assert "?q=rotterdam&amp;kind=station" in html
    chosen = visit("/en/search/?q=rotterdam&kind=station")
    assert len([link for link in chosen.links if link.startswith("/en/stations/S-")]) == IN_A_GROUP + 2
    assert "/en/responses/R-1/" not in chosen.links


def test_a_list_of_one_kind_goes_on(client, visit, monkeypatch):
    monkeypatch.setattr("casetracker.public.pages.views.search.IN_A_LIST", 2)
    for number in range(1, 6):
        publish_station(number, label=f"Rotterdam {number}")
    path, found = "/en/search/?q=rotterdam&kind=station", []
    while path:
        page = visit(path)
        found += [link for link in page.links if link.startswith("/en/stations/S-")]
        path = next((link["href"] for link in page.all("a", rel="next")), "")
    assert found == [f"/en/stations/S-{number}/" for number in (5, 4, 3, 2, 1)]


def test_what_is_taken_instead_of_a_slip_is_told(visit):
    publish_station(1, label="Rotterdam")
    assert "Nothing has the word “roterdam”. Shown is what has “rotterdam”." in visit("/en/search/?q=Roterdam").text
    assert "Nothing published has all words of “qqqqq”." in visit("/en/search/?q=qqqqq").text
    assert "Search for something that has letters or digits." in visit("/en/search/?q=!!!").text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("%00", 400), ("a%00b", 400), ("%ED%A0%80", 200), ("%FF", 200), ("x" * 10_000, 400), ("%22%27%29%3B--", 200),
        ("AND+OR+NOT+NEAR(x)", 200), ("*", 200), ("%E2%80%AErotterdam", 200), ("x&q=rotterdam", 200),
        ("x&cursor=%00", 400), ("x&kind=%00", 400), ("x&kind=station&cursor=zz", 400),
    ],
)  # fmt: skip
def test_no_query_breaks_the_page(visit, query, status):
    publish_station(1, label="Rotterdam")
    visit(f"/en/search/?q={query}", status)


def test_an_empty_field_leads_to_the_page_without_it(client):
    response = client.get("/en/search/?q=+&kind=")
    assert response.status_code == 302
    assert response.headers["Location"] == "/en/search/"


def test_results_are_called_what_pages_call_them_in_their_language(client):
    publish_response(1, label="Netherlands: Closure ordered", date="2022-11-01", summary="", **closed("ordered"))
    publish_station(1, label="Rotterdam: station 1", locality="Rotterdam", names=[])
    dutch = client.get("/nl/search/?q=nederland").text
    assert "<mark>Nederland</mark>, 1 november 2022" in dutch
    chinese = read(client.get("/zh-hans/search/?q=netherlands"))
    assert "荷兰" in chinese.text
    # Why it was found is in the label alone, and stays in its own language.
    assert '<p class="small" lang="en" dir="auto"><mark>Netherlands</mark>: Closure' in _folded(
        client.get("/zh-hans/search/?q=netherlands").text
    )
    assert ">Rotterdam" in client.get("/zh-hans/search/?q=rotterdam").text.replace("<mark>", "")


def _folded(html):
    return " ".join(html.split())
