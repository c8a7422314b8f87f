"""Who stands behind sources: logged, found, linked, and what follows for records when that changes."""

import json

import pytest
from django.urls import reverse

from casetracker.accounts.roles import Role
from casetracker.publication.models import Snapshot
from casetracker.review import services
from casetracker.sources.models import Publisher, Source
from tests.desk.browser import Browser, source_address
from tests.desk.state import everything
from tests.factories.records import bring_to, citation, fresh, make_source, make_station
from tests.factories.users import UserFactory

pytestmark = pytest.mark.pages

ADD = "/desk/sources/publisher/add/"
LIST = "/desk/sources/publisher/"
GLOBAL_TIMES = {
    "name": "Global Times",
    "aliases": ["环球时报"],
    "owner": "People’s Daily",
    "country": "CN",
    "control": "state_controlled",
    "website": "https://www.globaltimes.cn/",
    "notes": "",
}


def make_publisher(team, **fields):
    return services.log_publisher(fields=GLOBAL_TIMES | fields, by=team.author)


def address_of(publisher, page="change"):
    return reverse(f"admin:sources_publisher_{page}", args=[publisher.pk])


def test_a_publisher_is_logged(author, team):
    values = GLOBAL_TIMES | {"aliases": "环球时报; Huanqiu", "notes": "Ours."}
    page = author.submit(author.open(ADD).form().fill(**values))
    assert page.was_redirected, page.errors
    publisher = Publisher.objects.get()
    assert (publisher.name, publisher.aliases, publisher.host) == (
        "Global Times",
        ["环球时报", "Huanqiu"],
        "globaltimes.cn",
    )
    assert (publisher.country, publisher.control, publisher.created_by) == ("CN", "state_controlled", team.author)
    assert publisher.history.get().history_user == team.author


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"name": "GLOBAL  TIMES!"}, "name", "“GLOBAL TIMES!” is a name of the publisher “Global Times” already."),
        ({"aliases": "Another; 環球時報"}, "aliases", "“環球時報” is a name of the publisher “Global Times” already."),
        ({"website": "javascript:alert(1)"}, "website", "Enter a valid URL."),
    ],
)
def test_an_error_stands_at_its_field_and_what_was_typed_stays(author, team, changes, place, words):
    make_publisher(team)
    form = author.open(ADD).form().fill(**{"name": "Huanqiu", **changes})
    before = everything()
    page = author.submit(form)
    assert words in " ".join(page.errors[place].split())
    assert page.form().typed == form.typed
    assert everything() == before


def test_of_two_changes_at_once_the_second_is_told(author, editor, team):
    publisher = make_publisher(team)
    form = author.open(address_of(publisher)).form().fill(owner="Mine")
    editor.submit(editor.open(address_of(publisher)).form().fill(owner="Theirs"))
    page = author.submit(form)
    assert "This publisher was changed meanwhile by Edith Editor." in page.errors[""]
    assert page.form()["owner"] == "Mine"


def test_who_only_reads_cannot_write(team):
    publisher = make_publisher(team)
    observer = Browser(UserFactory(roles=[Role.OBSERVER]))
    assert observer.get(ADD).status_code == 403
    assert "People’s Daily" in observer.open(address_of(publisher)).text
    source = make_source(publisher="x", url="https://globaltimes.cn/1")
    Source.objects.update(published_by=None)
    page = observer.read(observer.client.get(address_of(publisher)))
    assert not page.acts_named("link")
    observer.send(f"/desk/sources/publisher/{publisher.pk}/link/", {"source": f"{source.pk}:1"})
    assert Source.objects.get().published_by is None


# --- finding who stands behind a source ------------------------------------------


@pytest.mark.parametrize(
    ("printed", "url", "found"),
    [
        ("GLOBAL TIMES", "", True),
        ("環球時報", "", True),
        ("A reprint", "https://globaltimes.cn/page/1", True),
        ("A reprint", "https://opinion.globaltimes.cn/page/1", True),
        ("A reprint", "https://web.archive.org/web/2022/https://www.globaltimes.cn/page/1", True),
        ("Global Times Quarterly", "", False),
        ("A reprint", "https://notglobaltimes.cn/page/1", False),
        ("A reprint", "https://times.cn/page/1", False),
    ],
)
def test_a_source_finds_its_publisher_by_name_or_site(author, team, printed, url, found):
    publisher = make_publisher(team)
    author.submit(
        author.open("/desk/sources/source/add/").form().fill(publisher=printed, title="T", url=url, type="other")
    )
    assert Source.objects.get().published_by == (publisher if found else None)


def test_the_name_counts_more_than_the_site(team):
    make_publisher(team)
    other = make_publisher(team, name="Xinhua", aliases=[], website="")
    assert make_source(publisher="Xinhua", url="https://globaltimes.cn/xinhua").published_by == other


def test_the_nearest_site_counts(team):
    make_publisher(team, name="The house", aliases=[], website="https://house.example/")
    magazine = make_publisher(team, name="The magazine", aliases=[], website="https://magazine.house.example/")
    assert make_source(publisher="?", url="https://magazine.house.example/1").published_by == magazine


def test_what_a_person_says_is_kept(author, team):
    make_publisher(team)
    other = make_publisher(team, name="Xinhua", aliases=[], website="")
    source = make_source(publisher="Global Times", published_by=other)
    assert source.published_by == other
    author.submit(author.open(source_address(source)).form().fill(published_by=""))
    assert Source.objects.get().published_by is None


def test_sources_that_were_there_before_are_linked_with_one_click(author, team):
    named, sited = make_source(publisher="GLOBAL TIMES"), make_source(publisher="?", url="https://en.globaltimes.cn/1")
    make_source(publisher="Global Times Quarterly")
    record = bring_to(make_station(by=team.author, citations=[citation(named)]), "live", **vars(team))
    publisher = make_publisher(team)
    page = author.open(address_of(publisher))
    assert "not linked to it 2" in page.text
    page = author.submit(page.form("/link/"))
    assert "2 sources are linked now." in page.messages[0]
    assert set(publisher.sources.all()) == {named, sited}
    assert fresh(record).needs_revision
    assert "not linked to it" not in page.text


def test_a_source_that_was_changed_meanwhile_is_not_linked_unseen(author, editor, team):
    source = make_source(publisher="Global Times")
    form = author.open(address_of(make_publisher(team))).form("/link/")
    editor.submit(editor.open(source_address(source)).form().fill(publisher="A reprint"))
    page = author.submit(form)
    assert "This source was changed meanwhile by Edith Editor." in page.messages[0]
    assert Source.objects.get().published_by is None


def test_nonsense_links_nothing(author, team):
    publisher = make_publisher(team)
    for sent in ("", "x", "1:2", f"{publisher.pk}:x"):
        response = author.send(f"/desk/sources/publisher/{publisher.pk}/link/", {"source": sent})
        assert response.status_code == 302
    missing = "/desk/sources/publisher/00000000-0000-0000-0000-000000000000/link/"
    assert author.send(missing, {"source": "x"}).status_code == 404


# --- what follows for records ------------------------------------------------------


@pytest.fixture
def cited(team):
    """A publisher, and a live record that cites a source of it."""
    publisher = make_publisher(team)
    source = make_source(publisher="Global Times", url="https://globaltimes.cn/1", title="No such thing")
    record = make_station(by=team.author, citations=[citation(source)])
    return publisher, source, bring_to(record, "live", **vars(team))


@pytest.mark.parametrize(
    ("change", "flags"),
    [
        ({"control": "government"}, True),
        ({"country": "RU"}, True),
        ({"owner": "Nobody"}, False),
        ({"name": "GT", "aliases": "Global Times"}, False),
        ({"notes": "Ours."}, False),
    ],
)
def test_a_change_of_what_is_public_flags_the_live_records(author, cited, change, flags):
    publisher, _source, record = cited
    page = author.submit(author.open(address_of(publisher)).form().fill(**change))
    assert page.was_redirected, page.errors
    assert fresh(record).needs_revision is flags
    public = author.get(f"/en/stations/{record.reference}/").content.decode()
    assert "State-controlled, China" in " ".join(public.split()), "the public reads what was approved"


def test_whoever_changes_it_becomes_an_author_of_records_in_work(editor, team, cited):
    publisher, source, _record = cited
    record = bring_to(make_station(by=team.author, citations=[citation(source)]), "submitted")
    editor.submit(editor.open(address_of(publisher)).form().fill(control="government"))
    page = editor.open_record(record)
    assert "Edith Editor: author" in page.text
    assert "Changed the publisher Global Times" in page.text


def test_a_reviewer_cannot_change_whom_a_record_under_review_cites(reviewer, team, cited):
    publisher, source, _record = cited
    bring_to(make_station(by=team.author, citations=[citation(source)]), "verified", **vars(team))
    page = reviewer.submit(reviewer.open(address_of(publisher)).form().fill(control="independent"))
    assert "You review" in page.errors[""]
    assert Publisher.objects.get().control == "state_controlled"


def test_whoever_changes_it_between_two_rounds_is_an_author_of_the_next(editor, team, cited):
    publisher, _source, record = cited
    editor.submit(editor.open(address_of(publisher)).form().fill(control="government"))
    services.revise_record(record.pk, by=team.author, lock_version=fresh(record).lock_version)
    sides = dict(fresh(record).participations.filter(round=2).values_list("person__username", "role"))
    assert sides == {"ana": "author", "edith": "author"}


def test_an_approval_with_the_old_words_does_not_hold(author, editor, team, cited):
    publisher, source, _record = cited
    record = bring_to(make_station(by=team.author, citations=[citation(source)]), "approved", **vars(team))
    author.submit(author.open(address_of(publisher)).form().fill(country="RU"))
    assert "was changed since it was approved" in editor.act(record, "publish").messages[0]


def test_the_public_learns_country_and_control_and_nothing_else(author, cited):
    _publisher, source, record = cited
    (snapshot,) = Snapshot.objects.values_list("content", flat=True)
    assert json.loads(snapshot)["citations"][0]["source"]["published_by"] == {
        "country": "CN",
        "control": "state_controlled",
    }
    assert "People’s Daily" not in snapshot
    source.refresh_from_db()
    for address in (f"/en/stations/{record.reference}/", f"/en/sources/{source.reference}/", "/en/sources/"):
        assert "State-controlled, China" in " ".join(author.get(address).content.decode().split()), address
    found = author.get("/api/v1/sources/", {"publisher_control": "state_controlled"}).json()["results"]
    assert [one["publisher_country_iso3"] for one in found] == ["CHN"]
    assert author.get("/api/v1/sources/", {"publisher_control": "none"}).json()["results"] == []


# --- list and history ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "number"), [("q=環球", 1), ("q=people+daily", 1), ("control__exact=government", 0), ("country=CN", 1)]
)
def test_the_list_is_searched_and_filtered(author, team, query, number):
    make_publisher(team)
    make_publisher(team, name="NRC", aliases=[], owner="", website="", country="NL", control="independent")
    assert len(author.open(f"{LIST}?{query}").listed) == number


def test_the_history_names_who_changed_what(author, team):
    publisher = make_publisher(team)
    fields = {"control": "government"}
    services.edit_publisher(publisher.pk, fields=fields, by=team.editor, lock_version=1)
    page = author.open(address_of(publisher, "history"))
    assert "Edith Editor" in page.text
    assert "state-controlled government" in page.text


def test_a_list_of_sources_can_be_filtered_by_who_stands_behind_them(author, team, cited):
    _publisher, source, _record = cited
    make_source()
    page = author.open("/desk/sources/source/?published_by__control__exact=state_controlled")
    assert page.listed == [source_address(source)]
    assert page.cells("field-kind") == ["newspaper state-controlled, China"]
