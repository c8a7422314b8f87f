"""Stations that may be the same: how they are found and listed, and how people tell them apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetracker.accounts.roles import Role
from casetracker.review import services
from casetracker.review.models import Distinction
from tests.desk.browser import Browser
from tests.desk.many import add_drafts
from tests.factories.records import bring_to, citation, fresh, make_claim, make_source, make_station
from tests.factories.users import UserFactory

pytestmark = pytest.mark.both

LIST = "/desk/duplicates/"
FUZHOU = {"locality": "Rotterdam", "operator_jurisdiction": "Fuzhou"}


def review_address(record):
    return f"/desk/review/{record.pk}/"


def merge_address(duplicate, target):
    return f"/desk/merge/{duplicate.pk}/into/{target.pk}/"


def two_of_a_kind(team, **changes):
    return make_station(by=team.author, **FUZHOU), make_station(by=team.author, **FUZHOU | changes)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "the same operator jurisdiction"),
        ({"operator_jurisdiction": "福州"}, "the same operator jurisdiction"),
        ({"operator_jurisdiction": "FÚZHŌU"}, "the same operator jurisdiction"),
        ({"locality": "rotterdam "}, "the same city or place"),
    ],
)
def test_a_pair_is_listed_whatever_script_it_is_written_in(author, team, changes, reason):
    one, other = two_of_a_kind(team, **changes)
    page = author.open(LIST)
    assert "1 pair of stations looks alike." in page.text
    assert reason in page.text
    assert {review_address(one), review_address(other), merge_address(other, one)} <= set(page.links)


def test_names_in_traditional_and_simplified_characters_are_the_same(author, team):
    for text, tag in (("福州警僑服務站", "zh-Hant"), ("福州警侨服务站", "zh-Hans")):
        make_station(by=team.author, locality="Rotterdam", names=[{"text": text, "language": tag}])
    assert "the same name: 福州警" in author.open(LIST).text


def test_one_city_may_have_several_stations(author, team):
    """As in the reference data: three in Madrid, two in Markham, which one report lists as so many."""
    report = make_source(by=team.author, type="ngo_report")
    common = {"first_reported": "2022-09-12", "counted_in": ["110 Overseas"]}
    name = "Fuzhou police overseas service station (Greater Toronto, {})"
    for number in (1, 2):
        make_station(
            by=team.author,
            country="CA",
            locality="Markham",
            operator_jurisdiction="Fuzhou",
            names=[{"text": name.format(number), "language": "en"}],
            citations=[citation(report, locator="page 5")],
            **common,
        )
    madrid = [
        make_station(
            by=team.author, country="ES", locality="Madrid", citations=[citation(report, locator="page 5")], **common
        )
        for _ in range(3)
    ]
    assert "0 pairs of stations look alike." in author.open(LIST).text
    page = author.open(review_address(madrid[0]))
    assert review_address(madrid[1]) in page.links, "worth a look all the same"
    assert "Against it: one report counts both, as two: 110 Overseas" in page.text


@pytest.mark.parametrize(
    "changes",
    [
        {"country": "BE"},
        {"operator_jurisdiction": "Qingtian"},
        {"locality": "Delft", "names": [{"text": "福州警侨服务站", "language": "zh-Hans"}]},
    ],
)
def test_what_differs_outweighs_what_is_the_same(author, team, changes):
    names = [{"text": "福州警侨服务站", "language": "zh-Hans"}]
    make_station(by=team.author, names=names, **FUZHOU)
    make_station(by=team.author, **{"names": names, **FUZHOU, **changes})
    assert "0 pairs of stations look alike." in author.open(LIST).text


def test_the_most_alike_come_first(author, team):
    two_of_a_kind(team)
    name = [{"text": "Overseas service", "language": "en"}]
    article = make_source(by=team.author)
    first = [
        make_station(
            by=team.author,
            names=name,
            citations=[citation(article)],
            locality="Gouda",
            **{"operator_jurisdiction": "Wenzhou"},
        )
        for _ in range(2)
    ]
    page = author.open(LIST)
    assert page.records[:2] == [str(record.pk) for record in first]
    assert page.text.index("85 of 100") < page.text.rindex("50 of 100")


def test_sites_are_compared_by_their_distance(author, team):
    site = {**FUZHOU, "place_precision": "site", "latitude": "51.92000", "longitude": "4.48000"}
    make_station(by=team.author, **site)
    near = make_station(by=team.author, **site | {"latitude": "51.92100"})
    far = make_station(by=team.author, **site | {"latitude": "52.02000"})
    page = author.open(review_address(near))
    assert "less than 250 metres from one another" in page.text
    page = author.open(review_address(far))
    assert "Against it: 11 kilometres from one another" in page.text


def test_a_pair_that_was_told_apart_is_not_proposed_again_until_that_is_undone(author, reviewer, team):
    one, other = two_of_a_kind(team)
    page = author.open(review_address(one))
    form = next(form for form in page.forms if form.action.endswith("/apart/"))
    page = author.submit(form.fill(reason="Two doors in one street."))
    assert "They are not proposed again." in page.text
    assert "0 pairs of stations look alike." in author.open(LIST).text
    for record in (one, other):
        page = reviewer.open(review_address(record))
        assert "Marked as not the same 1" in page.text
        assert "Two doors in one street." in page.text
        assert not any(form.action.endswith("/duplicates/apart/") for form in page.forms)
    assert "Ana Author marked the two as not the same." in author.open(merge_address(other, one)).text
    form = next(form for form in page.forms if form.action.endswith("/not-apart/"))
    assert "They may be the same again." in reviewer.submit(form).text
    assert "1 pair of stations looks alike." in author.open(LIST).text


def test_a_pair_is_told_apart_once_whoever_says_it_and_in_whatever_order(author, reviewer, team):
    one, other = two_of_a_kind(team)
    for browser, pair in ((author, (one, other)), (reviewer, (other, one))):
        sent = browser.send("/desk/duplicates/apart/", {"one": pair[0].pk, "other": pair[1].pk})
        assert (sent.status_code, sent["Location"]) == (302, LIST)
    assert Distinction.objects.get().person == team.author


@pytest.mark.parametrize("values", [{}, {"one": "x", "other": "y"}, {"one": "same", "other": "same"}, {"claim": True}])
def test_a_pair_that_is_none_is_refused_in_words(author, team, values):
    one, _other = two_of_a_kind(team)
    if "claim" in values:
        values = {"one": one.pk, "other": make_claim(by=team.author).pk}
    values = {name: one.pk if value == "same" else value for name, value in values.items()}
    author.send("/desk/duplicates/apart/", values)
    assert "Choose two records of the same kind." in author.open(LIST).text
    assert not Distinction.objects.exists()


def test_nobody_is_sent_elsewhere_afterwards(author, team):
    one, other = two_of_a_kind(team)
    for place in ("https://evil.example/", "//evil.example/desk/", "/en/"):
        sent = author.send("/desk/duplicates/apart/", {"one": one.pk, "other": other.pk, "next": place})
        assert sent["Location"] == LIST


def test_observers_look_and_administrators_do_not(db, team):
    one, other = two_of_a_kind(team)
    observer = Browser(UserFactory(roles=[Role.OBSERVER]))
    page = observer.open(LIST)
    assert not any("apart" in form.action for form in page.forms)
    assert "needs the role" in observer.open(merge_address(other, one)).text
    observer.send("/desk/duplicates/apart/", {"one": one.pk, "other": other.pk})
    assert not Distinction.objects.exists()
    administrator = Browser(UserFactory(roles=[Role.ADMINISTRATOR]))
    assert {administrator.get(path).status_code for path in (LIST, merge_address(one, other))} == {403}


def test_what_is_gone_is_compared_no_more(author, team):
    one, other = two_of_a_kind(team)
    services.discard_record(other.pk, by=team.author, lock_version=other.lock_version)
    assert "0 pairs of stations look alike." in author.open(LIST).text
    assert review_address(other) not in author.open(review_address(one)).links


def test_the_dashboard_leads_to_the_list(author):
    assert LIST in author.open("/desk/").links


def test_merge_pages_of_nothing_are_missing(author, team):
    one, _other = two_of_a_kind(team)
    claim = make_claim(by=team.author)
    assert author.get(merge_address(one, claim)).status_code == 404
    assert "Choose another record of the same kind" in author.open(merge_address(one, one)).text


@pytest.mark.slow
def test_the_pages_cost_the_same_with_many_stations(author, team):
    one, other = (bring_to(record, "live") for record in two_of_a_kind(team))
    paths = (LIST, review_address(one), merge_address(fresh(other), one))

    def costs():
        found = {}
        for path in paths:
            author.open(path)
            with CaptureQueriesContext(connection) as captured:
                author.open(path)
            found[path] = len(captured)
        return found

    few = costs()
    add_drafts(150, by=team.author)
    assert costs() == few


def test_a_crowd_in_one_city_is_compared_in_part_and_the_same_name_still_found(author, team):
    """More than are compared all with all: then each with those next to it by name."""
    records = add_drafts(60, by=team.author)
    type(records[0].station).objects.update(locality="Utrecht", operator_jurisdiction="Fuzhou")
    page = author.open(LIST)
    assert "pairs of stations look alike." in page.text
    assert "Page 1 of" in page.text
