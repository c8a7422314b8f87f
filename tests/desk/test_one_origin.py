"""A warning before approval where all support goes back to one document."""

import pytest

from tests.desk.browser import Browser
from tests.factories.records import bring_to, citation, fresh, make_source, make_station

pytestmark = pytest.mark.pages

ALL, SOME = "One document alone supports all of it", "One document alone supports some of it"


def review(browser, record):
    return browser.open(f"/desk/review/{record.pk}/")


def verified(team, *citations, **fields):
    return bring_to(make_station(by=team.author, citations=citations, **fields), "verified", **vars(team))


def ten_articles():
    report = make_source(type="ngo_report", publisher="Safeguard Defenders", title="110 Overseas")
    return [make_source(derived_from=report, derivation="quotes") for _ in range(10)]


def level(browser, record):
    found = browser.get(f"/api/v1/stations/{fresh(record).reference}/").json()["verification"]
    return found["level"], found["independent_origins"]


@pytest.mark.slow
def test_ten_articles_on_one_report_and_then_a_court_record(author, editor, team):
    articles = ten_articles()
    record = verified(team, *map(citation, articles))
    for page in (review(editor, record), editor.open_record(record)):
        assert ALL in page.text
        assert "All 10 citations go back to “Safeguard Defenders, 110 Overseas, 2022-10-26”" in page.text
        assert "Look for a source that does not rest on it, and cite that too." in page.text
        assert "the public reads: “Reported”" in page.text
        assert page.text.index(ALL) < page.text.index("Approve and publish")
    editor.act(record, "approve-and-publish")
    assert level(editor, record) == ("reported", 1)

    author.act(record, "revise")
    form = author.open_record(record).form()
    court = make_source(type="court", title="Judgment", publisher="District Court of Rotterdam")
    form.add_row("citations", source=court.pk)
    assert author.submit(form).was_redirected
    record = bring_to(fresh(record), "verified", **vars(team))
    assert ALL not in review(editor, record).text
    editor.act(record, "approve-and-publish")
    assert level(editor, record) == ("officially_confirmed", 2)


def test_a_single_citation_is_named(editor, team):
    source = make_source(publisher="NRC", title="Een deur", published="2022-10-26")
    page = review(editor, verified(team, citation(source)))
    assert "The only citation goes back to “NRC, Een deur, 2022-10-26”." in page.text


def test_copies_of_something_unknown_are_said_to_be_that(editor, team):
    copies = [make_source(type="republished_copy") for _ in range(3)]
    page = review(editor, verified(team, *map(citation, copies)))
    assert "It rests on copies alone, and nobody has said of what" in page.text
    original = make_source(publisher="NRC", title="Een deur")
    page = review(editor, verified(team, citation(original), *map(citation, copies)))
    assert "All citations go back to “NRC, Een deur, 2022-10-26”, or repeat a document that nobody" in page.text


def test_facts_that_differ_are_named_with_what_each_rests_on(editor, team):
    one, two, three = make_source(publisher="One"), make_source(publisher="Two"), make_source(publisher="Three")
    cited = [
        citation(one, field="kind"),
        citation(two, field="kind"),
        *(citation(three, field=name) for name in ("country", "locality")),
        citation(one, field="operator_jurisdiction"),
    ]
    page = review(editor, verified(team, *cited, operator_jurisdiction="Fuzhou"))
    assert SOME in page.text
    warning = page.text.partition(SOME)[2].partition("Look for a source")[0]
    assert "country" in warning
    assert "operator jurisdiction: The only citation goes back to “One" in warning
    assert "“Three" in warning
    assert "“Two" not in warning
    assert "kind:" not in warning


def test_what_is_cited_for_the_whole_record_supports_every_fact(editor, team):
    page = review(editor, verified(team, citation(), citation(field="locality")))
    assert SOME in page.text, "the whole has one source, the locality two"
    assert "locality" not in page.text.partition(SOME)[2].partition("Look for a source")[0]
    page = review(editor, verified(team, citation(), citation()))
    assert ALL not in page.text
    assert SOME not in page.text


@pytest.mark.parametrize(
    ("state", "warned"), [("draft", True), ("submitted", True), ("verified", True), ("approved", False)]
)
def test_who_takes_the_next_step_is_warned(team, state, warned):
    record = bring_to(make_station(by=team.author), state, **vars(team))
    who = {"draft": team.author, "submitted": team.reviewer}.get(state, team.editor)
    assert (ALL in review(Browser(who), record).text) is warned


def test_who_can_take_no_step_is_not(author, team):
    assert ALL not in review(author, verified(team, citation())).text


def test_what_denies_a_fact_is_no_support(editor, team):
    page = review(editor, verified(team, citation(), citation(stance="denies")))
    assert "The only citation goes back to" in page.text
