"""Grades of sources and of what they say: working knowledge, shown to colleagues, asked with explanations."""

import pytest

from casetracker.accounts.roles import Role
from casetracker.publication.models import Snapshot
from casetracker.review.content import build_content, content_digest
from casetracker.review.evidence import check_results
from casetracker.review.models import Citation
from casetracker.sources.models import Source
from tests.desk.browser import Browser, address, source_address
from tests.desk.pages import Page
from tests.desk.state import everything
from tests.desk.test_case_file import download, make
from tests.factories.records import bring_to, check_all, citation, fresh, make_source, make_station
from tests.factories.users import UserFactory

pytestmark = pytest.mark.pages

STATES = ["draft", "submitted", "verified", "approved", "live"]


def grade(browser, record, value, page="change"):
    shown = browser.open_record(record) if page == "change" else browser.open(f"/desk/review/{record.pk}/")
    return browser.submit(shown.acts_named("appraise")[0].fill(credibility=value))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", ["change", pytest.param("review", marks=pytest.mark.slow)])
def test_a_citation_is_graded_at_any_time_and_nothing_else_changes(reviewer, team, state, page):
    record = bring_to(make_station(by=team.author), state, **vars(team))
    before, digest = fresh(record), content_digest(fresh(record), build_content(record))
    sides = set(record.participations.values_list("person", "role"))
    shown = grade(reviewer, record, "3", page)
    assert "Graded. Nothing of the record has changed by it." in shown.messages[0]
    assert "What it says here: 3 – possibly true" in shown.text
    assert Citation.objects.get().credibility == "3"
    after = fresh(record)
    assert (after.state, after.public_status, after.needs_revision) == (before.state, before.public_status, False)
    assert content_digest(after, build_content(after)) == digest
    assert set(record.participations.values_list("person", "role")) == sides
    decision = record.decisions.latest("pk")
    assert (decision.action, decision.person) == ("appraise", team.reviewer)
    assert decision.comment.endswith(": 3 – possibly true")


def test_a_check_survives_a_grade(reviewer, team):
    record = check_all(bring_to(make_station(by=team.author), "submitted"), by=team.reviewer)
    grade(reviewer, record, "5")
    assert all(result.passes for result in check_results(fresh(record), build_content(record)))


def test_every_grade_stands_with_its_sentence(author, team):
    record = make_station(by=team.author)
    page = author.open_record(record)
    assert "1 – confirmed by other sources. Sources that do not rest on one another say the same" in page.text
    assert page.acts_named("appraise")[0].choices["credibility"] == {"", *"123456"}
    page = author.open("/desk/sources/source/add/")
    assert "F – cannot be judged. Too little is known of it to say." in page.text
    assert page.form().choices["reliability"] == {"", *"ABCDEF"}


@pytest.mark.parametrize(("value", "words"), [("7", "Select a valid choice"), ("", "It has this grade already")])
def test_a_grade_that_cannot_be_is_refused_at_its_place(author, team, value, words):
    record = make_station(by=team.author)
    form = author.open_record(record).acts_named("appraise")[0]
    form.values["credibility"] = [value]
    before = everything()
    page = author.submit(form)
    assert words in page.text
    assert everything() == before


def test_of_two_who_grade_at_once_the_second_is_told(author, reviewer, team):
    record = make_station(by=team.author)
    form = author.open_record(record).acts_named("appraise")[0].fill(credibility="1")
    grade(reviewer, record, "4")
    assert "Changed meanwhile by Rosa Reviewer" in author.submit(form).messages[0]
    assert Citation.objects.get().credibility == "4"


def test_a_citation_that_is_gone_is_not_graded(author, team):
    record = make_station(by=team.author, citations=[citation(), citation()])
    form = author.open_record(record).acts_named("appraise")[0].fill(credibility="1")
    Citation.objects.filter(pk=form["citation"]).delete()
    assert "This citation was taken out meanwhile." in author.submit(form).messages[0]


def test_who_only_reads_sees_the_grades_and_grades_nothing(team):
    record = make_station(by=team.author, citations=[citation(make_source(reliability="B"), credibility="2")])
    observer = Browser(UserFactory(roles=[Role.OBSERVER]))
    for page in (observer.open_record(record), observer.open(f"/desk/review/{record.pk}/")):
        assert "B – usually reliable" in page.text
        assert "2 – probably true" in page.text
        assert not page.acts_named("appraise")
    values = {"citation": Citation.objects.get().pk, "credibility": "1", "lock_version": record.lock_version}
    observer.send(address(record, "appraise"), values)
    assert Citation.objects.get().credibility == "2"


def test_the_grade_of_a_source_flags_nothing_and_makes_no_author(reviewer, team):
    source = make_source()
    live = bring_to(make_station(by=team.author, citations=[citation(source)]), "live", **vars(team))
    held = bring_to(make_station(by=team.author, citations=[citation(source)]), "verified", **vars(team))
    page = reviewer.submit(reviewer.open(source_address(source)).form().fill(reliability="D"))
    assert page.was_redirected, page.errors
    assert Source.objects.get().reliability == "D"
    assert not fresh(live).needs_revision
    assert fresh(held).lock_version == held.lock_version


def test_no_grade_is_published(author, editor, team):
    source = make_source(reliability="E")
    record = make_station(by=team.author, citations=[citation(source, credibility="5")])
    record = bring_to(record, "live", **vars(team))
    (snapshot,) = Snapshot.objects.values_list("content", flat=True)
    answer = author.get(f"/api/v1/stations/{record.reference}/").content.decode()
    for text in (snapshot, answer):
        assert "reliability" not in text
        assert "credibility" not in text


def test_the_site_suggests_the_grade_of_its_other_sources(author):
    for grade_ in ("B", "B", "D", ""):
        make_source(url="https://paper.example/1", reliability=grade_)
    page = author.open("/desk/sources/source/add/?url=https://www.paper.example/9")
    assert page.form()["reliability"] == "B"
    assert "Guessed from the address. Please check it." in page.text


def test_the_list_of_sources_is_filtered_by_grade(author):
    source = make_source(reliability="B")
    make_source(reliability="")
    page = author.open("/desk/sources/source/?reliability__exact=B")
    assert page.listed == [source_address(source)]
    assert page.cells("field-grade") == ["B"]


def test_the_case_file_has_them_for_colleagues(author, team):
    record = make_station(by=team.author, citations=[citation(make_source(reliability="B"), credibility="2")])
    text = Page(download(author, make(author, record))).text
    assert "B – usually reliable" in text
    assert "2 – probably true" in text
