"""A file holds what its list shows: with its filters, its search and its order, or what was ticked in it."""

from urllib.parse import quote

import pytest

from casetracker.accounts.roles import Role
from casetracker.review.models import ListExport
from tests.desk.browser import Browser
from tests.desk.exchange.taking import choose, table, take
from tests.factories.records import bring_to, make_agreement, make_claim, make_response, make_source, make_station
from tests.factories.users import UserFactory

pytestmark = pytest.mark.slow

STATIONS, LIST = "/desk/export/station/", "/desk/stations/station/"
DRAFTS = "/desk/queue/drafts/"
UNKNOWN = "2b1c2f0e-0000-4000-8000-000000000000"
JUNK = ("x", "-1", "9" * 400, "a\x00b", "[]", "'\"<>", "\ud800", UNKNOWN, "")


@pytest.fixture
def stations(team):
    """Three stations that differ in all that lists filter by."""
    return {
        "draft": make_station(by=team.author, country="NL", locality="Utrecht", kind="liaison_post"),
        "submitted": bring_to(make_station(by=team.author, country="IT", locality="Prato"), "submitted"),
        "live": bring_to(
            make_station(by=team.author, country="IT", locality="Milan", names=[{"text": "福州站", "language": "zh"}]),
            "live",
        ),
    }


def keys(*records):
    return [str(record.pk) for record in records]


def taken(browser, path, **choices):
    return [row["key"] for row in table(take(browser, path, **choices))]


def download(browser, path, **values):
    return browser.send(path, {"sheet": "station", "file_format": "csv"} | values)


class TestLists:
    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("", {"draft", "submitted", "live"}),
            ("state=draft", {"draft"}),
            ("country=IT", {"submitted", "live"}),
            ("country=IT&public_status=live", {"live"}),
            ("kind__exact=liaison_post", {"draft"}),
            ("queue=waiting", {"submitted"}),
            ("q=prato", {"submitted"}),
            ("q=福州", {"live"}),
            ("q=italy&o=1", {"submitted", "live"}),
            ("_facets=True&all=&p=1", {"draft", "submitted", "live"}),
        ],
    )
    def test_the_filters_and_the_search_of_the_list_are_kept(self, editor, stations, query, shown):
        page = editor.open(f"{LIST}?{query}")
        (link,) = [link for link in page.links if link.startswith(STATIONS)]
        assert taken(editor, link) == page.records
        assert set(page.records) == set(keys(*(stations[name] for name in shown)))

    def test_the_order_of_the_list_is_kept(self, editor, stations):
        up, down = (taken(editor, f"{STATIONS}?o={order}") for order in ("1", "-1"))
        assert up == down[::-1] == editor.open(f"{LIST}?o=1").records

    def test_all_pages_of_the_list_are_in_the_file(self, editor, team):
        made = keys(*(make_station(by=team.author) for _ in range(52)))
        assert len(editor.open(f"{LIST}?p=2").records) == 2
        assert sorted(taken(editor, f"{STATIONS}?p=2")) == sorted(made)

    @pytest.mark.parametrize(
        ("kind", "make", "of"),
        [
            ("response", make_response, "responses"),
            ("claim", make_claim, "stations"),
            ("agreement", make_agreement, "responses"),
            ("source", make_source, "sources"),
        ],
    )
    def test_every_list_leads_to_its_file(self, editor, team, kind, make, of):
        made = make(by=team.author)
        (link,) = [link for link in editor.open(f"/desk/{of}/{kind}/").links if "/export/" in link]
        assert str(made.pk) in taken(editor, link)

    def test_a_search_for_nothing_offers_no_file(self, editor, stations):
        page = editor.open(f"{STATIONS}?q=nothing+at+all")
        assert "There is nothing in this list to export." in page.text
        assert not [form for form in page.posts if "file_format" in form.names]

    def test_what_is_ticked_goes_alone(self, editor, stations):
        chosen = keys(stations["live"], stations["draft"])
        form = next(form for form in editor.open(f"{LIST}?o=1").posts if "_selected_action" in form.names)
        form.action = f"{LIST}?o=1"
        page = editor.submit(form.fill(action="export_chosen", _selected_action=chosen))
        assert "The rows that you ticked" in page.text
        (form,) = [form for form in page.posts if "file_format" in form.names]
        rows = table(editor.client.post(form.action, form.fill(file_format="csv").values))
        assert [row["key"] for row in rows] == [key for key in editor.open(f"{LIST}?o=1").records if key in chosen]

    def test_all_rows_of_a_long_list_can_be_ticked(self, editor, team):
        made = [make_station(by=team.author) for _ in range(52)]
        values = {"action": "export_chosen", "_selected_action": keys(made[0]), "select_across": "1"}
        answer = editor.send(f"{LIST}?country=NL", values)
        assert answer.status_code == 302
        assert len(taken(editor, answer.url)) == 52

    def test_ticked_sources_go_alone(self, editor, team):
        one, _other = make_source(by=team.author), make_source(by=team.author)
        values = {"action": "export_chosen", "_selected_action": [str(one.pk), "x"]}
        page = editor.read(editor.send("/desk/sources/source/", values))
        (form,) = [form for form in page.posts if "file_format" in form.names]
        rows = table(editor.client.post(form.action, form.fill(file_format="json").values))
        assert [row["key"] for row in rows] == keys(one)

    def test_observers_take_what_they_read(self, stations):
        observer = Browser(UserFactory(roles=[Role.OBSERVER]))
        (link,) = [link for link in observer.open(LIST).links if link.startswith(STATIONS)]
        assert set(taken(observer, link)) == set(keys(*stations.values()))
        (link,) = [link for link in observer.open("/desk/queue/recent/").links if "/export/" in link]
        assert taken(observer, link) == keys(stations["live"])


class TestQueues:
    def test_each_kind_has_a_file_in_the_order_of_the_queue(self, author, team):
        made = [make_station(by=team.author), make_claim(by=team.author), make_station(by=team.author)]
        page = author.open(DRAFTS)
        (link,) = [link for link in page.links if "/export/" in link]
        form = choose(author, link)
        assert form.choices["sheet"] == {"station", "station-citations", "claim", "claim-citations"}
        stations = taken(author, link, sheet="station")
        assert stations == [key for key in page.records if key in keys(made[0], made[2])]
        assert taken(author, link, sheet="claim") == keys(made[1])
        cited = table(take(author, link, sheet="station-citations"))
        assert {row["record"] for row in cited} == set(stations)
        assert set(ListExport.objects.values_list("sheet_kind", flat=True)) == {"station", "claim", "citation"}

    def test_what_is_ticked_goes_alone(self, author, team):
        made = [make_station(by=team.author) for _ in range(3)]
        (form,) = [form for form in author.open(DRAFTS).posts if "record" in form.names]
        form.action = f"{DRAFTS}export/"
        form.values["record"] = keys(made[0], made[2])
        page = author.submit(form)
        (form,) = [form for form in page.posts if "file_format" in form.names]
        rows = table(author.client.post(form.action, form.fill(file_format="csv").values))
        assert {row["key"] for row in rows} == set(keys(made[0], made[2]))

    def test_nobody_exports_the_queue_of_another_person(self, author, reviewer, team):
        make_station(by=team.author)
        assert "There is nothing in this list" in reviewer.open(f"{DRAFTS}export/").text
        observer = Browser(UserFactory(roles=[Role.OBSERVER]))
        assert observer.get(f"{DRAFTS}export/").status_code == 404

    def test_what_is_due_is_a_list_too(self, editor):
        assert "There is nothing in this list" in editor.open("/desk/queue/due/export/").text


class TestJunk:
    @pytest.mark.long
    @pytest.mark.parametrize(
        "name",
        ["q", "o", "p", "all", "state", "country", "queue", "kind__exact", "record__state", "x", "_to_field", "e"],
    )
    def test_in_the_address(self, editor, stations, name):
        for value in JUNK:
            query = f"?{name}={quote(value, errors='surrogatepass')}"
            page, file = editor.get(STATIONS + query), download(editor, f"{STATIONS}file/{query}")
            assert {page.status_code, file.status_code} <= {200, 400}, query

    def test_a_list_asked_for_what_no_column_can_hold_shows_itself_without(self, editor, stations):
        for name in ("state", "country", "kind__exact"):
            assert editor.get(f"{LIST}?{name}=a%00b").url == f"{LIST}?e=1"

    def test_a_filter_that_means_nothing_gives_no_file_of_everything(self, editor, stations):
        for query in ("q=a%00b", "state=a%00b", "kind__exact__gt__lt=3", "latitude=x"):
            assert download(editor, f"{STATIONS}file/?{query}").status_code == 400
        assert not ListExport.objects.exists()

    @pytest.mark.long
    @pytest.mark.parametrize("name", ["record", "sheet", "file_format", "with_private", "leave_out"])
    @pytest.mark.parametrize("path", [STATIONS, f"{DRAFTS}export/"])
    def test_in_what_is_sent(self, author, team, path, name):
        make_station(by=team.author)
        for value in JUNK:
            for address in (path, f"{path}file/"):
                answer = download(author, address, **{name: value.encode("utf-8", "surrogatepass")})
                assert answer.status_code == 200, (address, value)

    def test_what_does_not_exist(self, editor):
        for path in ("export/x/", "export/citation/", "export/user/", "queue/x/export/"):
            assert editor.get(f"/desk/{path}").status_code == 404
            assert editor.send(f"/desk/{path}file/").status_code == 404

    def test_a_choice_that_is_none_is_said_at_its_field(self, editor, stations):
        page = editor.read(editor.send(f"{STATIONS}file/", {"sheet": "x", "file_format": "pdf"}))
        assert {"sheet", "file_format"} <= set(" ".join(page.errors).replace("id_", "").replace("_error", "").split())
        assert not ListExport.objects.exists()
