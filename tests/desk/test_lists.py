"""The lists of records: filters, search, order, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetracker.review import services
from tests.desk.browser import address
from tests.desk.many import add_drafts
from tests.factories.records import bring_to, citation, edit_draft, fresh, make_response, make_source, make_station

pytestmark = pytest.mark.both

STATIONS, RESPONSES = "/desk/stations/station/", "/desk/responses/response/"


@pytest.fixture
def stations(team):
    """Stations that differ in everything that lists filter by."""
    source = make_source()
    made = {
        "draft": make_station(by=team.author, country="NL", locality="Utrecht", kind="liaison_post"),
        "submitted": make_station(by=team.author, country="IT", locality="Prato"),
        "verified": make_station(by=team.reviewer, country="IT", locality="Milan"),
        "approved": make_station(by=team.reviewer, country="IE", locality="Dublin"),
        "live": make_station(
            by=team.author,
            country="CA",
            locality="Montréal",
            names=[{"text": "福州站", "language": "zh-Hans"}],
            citations=[citation(source)],
        ),
        "retracted": make_station(by=team.author, country="ES", locality="Madrid"),
        "discarded": make_station(by=team.reviewer, country="HU", locality="Budapest"),
    }
    for state in ("submitted", "verified", "approved", "live", "retracted"):
        bring_to(made[state], state)
    services.discard_record(made["discarded"].pk, by=team.reviewer, lock_version=1)
    services.edit_source(source.pk, fields={"title": "Changed"}, by=team.editor, lock_version=1)
    services.assign_record(made["retracted"].pk, to=team.editor, by=team.author, lock_version=7)
    return made


FILTERS = [
    ("", {"draft", "submitted", "verified", "approved", "live", "retracted", "discarded"}),
    ("state=draft", {"draft"}),
    ("state=submitted", {"submitted"}),
    ("state=idle", {"live", "retracted"}),
    ("state=discarded", {"discarded"}),
    ("public_status=live", {"live"}),
    ("public_status=retracted", {"retracted"}),
    ("country=IT", {"submitted", "verified"}),
    ("country=IT&state=verified", {"verified"}),
    ("country=FR", set()),
    ("kind__exact=liaison_post", {"draft"}),
    ("needs_revision=yes", {"live"}),
    ("queue=mine", {"retracted"}),
    ("queue=waiting", {"submitted", "verified", "approved"}),
    ("q=prato", {"submitted"}),
    ("q=S-", {"live", "retracted"}),
    ("q=福州", {"live"}),
    ("q=italy", {"submitted", "verified"}),
    ("q=italy+milan", {"verified"}),
    ("q=nowhere", set()),
]


def test_stations_are_filtered_and_searched(editor, stations):
    names = {address(record): name for name, record in stations.items()}
    found = {query: {names[path] for path in editor.open(f"{STATIONS}?{query}").listed} for query, _ in FILTERS}
    assert found == dict(FILTERS)


def test_mine_and_waiting_are_of_the_person_who_looks(author, reviewer, stations):
    def found(browser, queue):
        listed = browser.open(f"{STATIONS}?queue={queue}").listed
        return {name for name, record in stations.items() if address(record) in listed}

    assert found(author, "mine") == {"draft", "submitted", "live", "retracted"}
    assert found(author, "waiting") == {"draft"}
    assert found(reviewer, "mine") == {"verified", "approved", "discarded"}
    assert found(reviewer, "waiting") == {"submitted"}


def test_a_list_shows_state_country_and_who_has_it(editor, stations):
    page = editor.open(f"{STATIONS}?q=madrid")
    assert page.cells("field-state") == ["idle"]
    assert page.cells("field-public_status") == ["retracted"]
    assert page.cells("field-country_name") == ["Spain"]
    assert page.cells("field-assigned_to") == ["Edith Editor"]
    assert page.cells("field-reference") == [fresh(stations["retracted"]).reference]


def test_only_countries_that_occur_are_offered_and_by_name(editor, stations):
    text = editor.open(STATIONS).text.split("By country")[1].split("By kind")[0]
    assert text.split() == ["All", "Canada", "Hungary", "Ireland", "Italy", "Netherlands", "Spain"]


def test_what_was_touched_last_comes_first(author, stations):
    edit_draft(stations["draft"], by=stations["draft"].participations.get().person, summary="x")
    assert author.open(STATIONS).listed[0] == address(stations["draft"])


def test_counts_beside_the_filters(editor, stations):
    text = editor.open(f"{STATIONS}?_facets=True").text
    assert "draft (1)" in text
    assert "idle (2)" in text
    assert "Italy (2)" in text
    assert "waiting for me (3)" in text


RESPONSE_FILTERS = [
    ("", {"dutch", "european"}),
    ("concerns=NL", {"dutch"}),
    ("concerns=EU", {"european"}),
    ("kind__exact=statement", {"european"}),
    ("sets_status__exact=investigating", {"dutch"}),
    ("state=submitted", {"dutch"}),
    ("queue=mine", {"european"}),
    ("q=commission", {"european"}),
    ("q=2022-10-26", {"dutch"}),
]


def test_responses_are_filtered_and_searched(author, team):
    made = {
        "dutch": bring_to(make_response(), "submitted"),
        "european": make_response(
            by=team.author,
            concerns="EU",
            responder="EU",
            actor="The Commission",
            date="2022-12",
            kind="statement",
            sets_status="",
        ),
    }
    names = {address(record): name for name, record in made.items()}
    found = {
        query: {names[path] for path in author.open(f"{RESPONSES}?{query}").listed} for query, _ in RESPONSE_FILTERS
    }
    assert found == dict(RESPONSE_FILTERS)


@pytest.mark.parametrize(
    "path", [STATIONS, f"{STATIONS}?queue=mine", f"{STATIONS}?_facets=True", "/desk/sources/source/"]
)
def test_a_list_costs_the_same_for_10_and_60_rows(author, team, path):
    add_drafts(10, by=team.author)
    few = cost(author, path, 10)
    add_drafts(50, by=team.author)
    assert cost(author, path, 50) == few


def test_a_record_page_costs_the_same_however_many_decisions_it_has(author, reviewer, team):
    record = make_station(by=team.author)
    few = cost(author, address(record))
    for number in range(10):
        services.comment_on_record(record.pk, text="x", by=team.reviewer)
        services.assign_record(record.pk, to=team.author, by=team.editor, lock_version=number + 1)
    assert cost(author, address(record)) <= few + 1  # the name of who has it


def test_a_record_page_costs_few_queries_for_each_citation(author, team):
    few, many = (make_station(by=team.author, citations=[citation() for _ in range(count)]) for count in (1, 6))
    author.open(address(few))  # The first page of a process looks up what Django then remembers.
    growth = cost(author, address(many)) - cost(author, address(few))
    assert growth <= 5 * 2
    for record in (few, many):
        bring_to(record, "submitted")
    assert cost(author, address(few)) == cost(author, address(many))


def cost(browser, path, listed=None):
    with CaptureQueriesContext(connection) as queries:
        page = browser.open(path)
    if listed is not None:
        assert len([link for link in page.links if "/change/" in link]) >= listed
    return len(queries)
