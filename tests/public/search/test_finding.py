"""What search finds. Both databases must give the same answers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetracker.public.models import SearchEntry, Spelling
from casetracker.public.search import engine, finding, gin
from casetracker.public.search.places import SPANS, entry_of
from casetracker.public.search.tokens import terms_of
from tests.factories.publications import (
    append,
    citation_part,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
    station_snapshot,
)
from tests.factories.records import bring_to, make_station

pytestmark = pytest.mark.django_db
CHINESE = {"text": "福州警僑事務海外服務站", "language": "zh-Hant", "role": "as_reported"}


@pytest.fixture
def record():
    """One of each kind; only the station in Zürich and its source are in German."""
    german = source_part("D-2", title="Chinesische Polizei in Zürich", publisher="NZZ", language="de")
    publish_station(1, label="Rotterdam: station", locality="Rotterdam", names=[CHINESE], operator_jurisdiction="")
    publish_station(
        2,
        label="Zürich: 110 station",
        country="CH",
        locality="Zürich",
        names=[],
        citations=[citation_part(german, quote="Die Büros wurden nie geöffnet.", quote_language="de")],
    )
    publish_response(1, actor="Wopke Hoekstra", summary="The minister orders the office in Rotterdam to close.")
    publish_agreement(1)
    publish_claim(1, text="The offices serve to “persuade” people to return.")


FINDS = [
    ("rotterdam", ["S-1", "R-1"]),
    ("ROTTERDAM!", ["S-1", "R-1"]),
    ("Rott", ["S-1", "R-1"]),
    ("Rotterdam station", ["S-1"]),
    ("zurich", ["S-2", "D-2"]),
    ("Zürich", ["S-2", "D-2"]),
    ("zuerich", ["S-2", "D-2"]),
    ("Zu\u0308rich", ["S-2", "D-2"]),
    ("buros geoffnet", ["S-2"]),
    ("警侨", ["S-1"]),
    ("警僑", ["S-1"]),
    ("福州", ["S-2", "S-1"]),  # S-2 by what is written “Fuzhou” in it.
    ("fuzhou", ["S-2", "S-1"]),
    ("抚州", ["S-2"]),  # Sounds the same, and is another town: what is written in characters does not fit.
    ("海外服务", ["S-1"]),
    ("站", ["S-1"]),
    ("外海", []),
    ("荷兰", ["NL", "S-1", "R-1"]),
    ("Netherlands", ["NL", "R-1", "S-1"]),
    ("CH", ["CH", "S-2"]),
    ("S-2", ["S-2"]),
    ("s-2", ["S-2"]),
    ("Hoekstra", ["R-1"]),
    ("persuade", ["C-1"]),
    ("public security", ["A-1"]),
    ("11", []),  # Not the beginning of 110: numbers are found whole.
    ("110", ["S-2", "S-1"]),
    ("no such thing", []),
    ("...", []),
]


def test_a_query_finds_what_has_all_its_words(find, record):
    for query, expected in FINDS:
        if query in ("Netherlands", "110"):
            assert (query, set(find(query))) == (query, set(expected))
        else:
            assert (query, find(query)) == (query, expected)


@pytest.mark.parametrize(
    ("query", "expected", "taken"),
    [
        ("roterdam", ["S-1", "R-1"], {"roterdam": ["rotterdam"]}),
        ("Rottedram", ["S-1", "R-1"], {"rottedram": ["rotterdam"]}),
        ("Rotterdxm", ["S-1", "R-1"], {"rotterdxm": ["rotterdam"]}),
        ("Hoesktra Roterdam", ["R-1"], {"hoesktra": ["hoekstra"], "roterdam": ["rotterdam"]}),
        ("Nethrlands Hoekstra", ["R-1"], {"nethrlands": ["netherlands"]}),
        ("fuzhuo", ["S-2", "S-1"], {"fuzhuo": ["fuzhou"]}),
        ("rxtterdxm", [], {}),
        ("hoexstrx", [], {}),
        ("Rotterdam Zürich", [], {}),
    ],
)
def test_a_slip_in_a_name_is_forgiven_and_told(search, record, query, expected, taken):
    answer = search(query)
    found = [result["reference"] for result in answer["results"]]
    assert sorted(found) == sorted(expected)
    if expected:
        assert {one["word"]: one["taken"] for one in answer["replaced"]} == taken


def test_a_result_says_what_it_is_and_why_it_was_found(search, record):
    (result,) = search("警侨")["results"]
    assert result == {
        "kind": "station",
        "kind_label": "Station",
        "reference": "S-1",
        "label": "Rotterdam: station",
        "excerpt": "福州警僑事務海外服務站",
        "excerpt_language": None,
        "matched": ["警僑"],
        "links": {"self": "/api/v1/stations/S-1/", "page": "/en/stations/S-1/"},
    }
    (quoted,) = search("geoffnet")["results"]
    assert (quoted["excerpt_language"], quoted["matched"]) == ("de", ["geöffnet"])


def test_a_long_text_is_cut_around_what_was_searched_for(search):
    publish_claim(1, text=f"{'Before it. ' * 60}The needle is here. {'After it. ' * 60}")
    (result,) = search("needle")["results"]
    assert result["excerpt"].startswith("… ")
    assert result["excerpt"].endswith(" …")
    assert "The needle is here." in result["excerpt"]
    assert len(result["excerpt"]) < 260


@pytest.mark.parametrize("looked_at", [None, 1, 3, 100])
def test_names_come_before_the_rest_and_the_newest_first_page_by_page(search, find, monkeypatch, looked_at):
    if looked_at:  # As if there were so many that PostgreSQL looks at some of the newest before it takes its index.
        monkeypatch.setattr(finding, "MOST_COUNTED", 1)
        for name, value in {"_LOOKED_AT": looked_at, "_SAMPLE": 1, "_DENSE": 1}.items():
            monkeypatch.setattr(gin, name, value)
    for number in range(1, 8):
        named = number in (2, 5)
        publish_station(number, label="Lisbon" if named else f"Porto {number}", summary="" if named else "Near Lisbon.")
    everything = find("lisbon", kind="station")
    assert everything == ["S-5", "S-2", "S-7", "S-6", "S-4", "S-3", "S-1"]
    assert find("lisbon near", kind="station") == everything[2:]
    pages, parameters = [], {"limit": 2}
    while True:
        answer = search("lisbon", kind="station", **parameters)
        assert answer["count"] == (2 if looked_at else 7)
        pages += [result["reference"] for result in answer["results"]]
        if not answer["next"]:
            break
        parameters["cursor"] = answer["next"].partition("cursor=")[2].partition("&")[0]
    assert pages == everything


def test_kinds_can_be_chosen_and_are_counted(search, find, record):
    assert search("fuzhou")["counts"]["station"] == 2
    assert find("rotterdam", kind="response,source") == ["R-1"]
    assert find("rotterdam", kind="source") == []
    assert search("rotterdam", kind="response")["counts"]["station"] == 1


def test_a_new_version_is_found_by_its_words_alone(find):
    publish_station(1, locality="Rotterdam", label="Rotterdam")
    append(station_snapshot(1, version=2, locality="Utrecht", label="Utrecht"), action="correct", version=2)
    assert find("rotterdam") == find("roterdam") == []
    assert find("utrecht") == find("utrehct") == ["S-1"]
    assert not Spelling.objects.filter(word="rotterdam").exists()


def test_whatever_the_index_says_nothing_is_shown_but_what_is_live(find):
    publish_station(1, label="Rotterdam")
    stale = SearchEntry.objects.filter(words__contains="rotterdam").values("id", "names", "words")[0]
    retract("S-1")
    SearchEntry.objects.create(**stale)
    assert find("rotterdam") == []


def test_what_was_retracted_is_found_by_nothing_and_leaves_no_word(search, find):
    secret = source_part("D-7", title="Kowalska file", publisher="Archiwum")
    publish_station(1, label="Rotterdam", citations=[citation_part(secret)])
    publish_station(2, label="Rotterdam too")
    assert find("kowalska") == ["S-1", "D-7"]
    retract("S-1", note="Kowalska asked for it.")
    for query in ("kowalska", "kowalksa", "S-1", "D-7", "archiwum"):
        assert search(query)["results"] == [], query
        assert search(query)["replaced"] == []
    assert find("rotterdam") == ["S-2"]
    assert not SearchEntry.objects.filter(words__contains="kowalska").exists()
    assert not Spelling.objects.filter(word="kowalska").exists()
    assert Spelling.objects.filter(word="rotterdam").exists()


def test_a_draft_is_not_found(find, editor):
    record = make_station(locality="Rotterdam")
    assert find("rotterdam") == []
    bring_to(record, "live", editor=editor)
    assert find("rotterdam") == ["S-1"]


HOSTILE = [  # Each of them means something to one of the databases, to HTML, or to Unicode.
    'names : rotterdam" OR "x',
    "rotterdam* AND NOT (x NEAR/3 y) ^z {words}: -a + b",
    "'rotterdam':* | !x & <-> \\",
    "') OR 1=1 --",
    "AND", "OR", "NOT", "NEAR", "*", '"', "'", "\\", "%", "_", ":",
    "%00%ff%u0041", "&#0;", "\u202e\u200d\ufeff", "\U0010ffff", "\u3164", "ﷺ", "🚓", "a" * 200, "警" * 200,
    " ".join("abcdefghij" * 10), "警 侨 " * 50, "x% %" * 40, "İ ß ﬁ ŉ", "क्षि तமி", "한국 경찰", "ﾁｬｲﾅ チャイナ",
]  # fmt: skip


def test_no_query_breaks_the_search(search, record):
    for query in HOSTILE:
        assert search(query)["count"] >= 0, query


@pytest.mark.parametrize(
    ("given", "parameter"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=" + "x" * 201, "q"),
        ("q=" + "x" * 10_000, "q"),
        ("q=%00", "q"),
        ("q=a%ED%A0%80", "q"),
        ("q=x&kind=person", "kind"),
        ("q=x&cursor=x", "cursor"),
        ("q=x&cursor=WyItcmVsZXZhbmNlIiwiOTk5OTk5OTk5OTk5IiwiMSJd", "cursor"),
        ("q=x&order=y", "order"),
    ],
)
def test_a_bad_parameter_is_named(client, given, parameter):
    response = client.get(f"/api/v1/search/?{given}")
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


def test_the_number_of_queries_does_not_grow_with_what_is_found(client, record):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/api/v1/search/?q=netherlands")
        return len(captured)

    queries()
    few = queries()
    for number in range(3, 12):
        publish_station(number)
    queries()
    assert queries() == few


def plans_of(search_for_it):
    """How the database answers each question of a search."""
    with CaptureQueriesContext(connection) as captured:
        search_for_it()
    plans = []
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{query['sql']}")
            plans.append(" ".join(str(row) for row in cursor.fetchall()))
    return plans


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables without indexes")
def test_what_is_searched_is_an_index(record):
    """Not the table: at a hundred thousand records that takes seconds."""
    (plan,) = plans_of(lambda: engine.counts(terms_of("rotterdam"), list(SPANS.values()), most=5))
    assert "public_search_index" in plan
    assert "SCAN public_searchentry" not in plan


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the index of SQLite has its entries in their order")
def test_the_index_finds_what_few_have_and_the_newest_records_what_many_have():
    entries = (
        SearchEntry(pk=entry_of("station", number), names="office", words=f"{number} office", passages="[]")
        for number in range(1, 2_001)
    )
    SearchEntry.objects.bulk_create(entries)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE public_searchentry")
    office, rare, stations = terms_of("office"), terms_of("700"), SPANS["station"]
    (_sampled, counted, _others) = plans_of(lambda: engine.counts(office, list(SPANS.values()), most=1_001))
    (listed,) = plans_of(lambda: engine.matching(office, stations, in_names=True, limit=50, is_common=True))
    assert "public_search" not in (counted + listed).replace("public_searchentry", "")
    (listed,) = plans_of(lambda: engine.matching(rare, stations, in_names=False, limit=50))
    assert "public_search_station" in listed
    (_sampled, counted) = plans_of(lambda: engine.counts(rare, [stations], most=1_001))
    assert "public_search_station" in counted


def test_results_are_read_without_whole_documents(search, record):
    with CaptureQueriesContext(connection) as captured:
        assert search("rotterdam")["results"]
    assert '"body"' not in " ".join(query["sql"] for query in captured.captured_queries)


def test_the_index_is_made_again_when_it_is_lost(find, record):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP INDEX public_search_station")
        else:
            cursor.execute("DROP TRIGGER public_search_index_insert")
            cursor.execute("DROP TABLE public_search_index")
    engine.install_after_migrate(connection.alias)
    assert find("rotterdam") == ["S-1", "R-1"]
    publish_station(3, label="Rotterdam again")
    assert find("rotterdam", kind="station") == ["S-3", "S-1"]
