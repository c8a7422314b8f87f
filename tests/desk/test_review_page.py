"""The page on which a record is reviewed: as the public would see it, fact by fact, with what is to be done."""

import re

import pytest

from casetracker.desk.reviewing.nearby import NEARNESS
from casetracker.desk.reviewing.preview import PAGES
from casetracker.review import services
from casetracker.review.kinds import all_kinds
from tests.desk.browser import Browser, address
from tests.factories.records import (
    MAKERS,
    bring_to,
    check_all,
    citation,
    edit_draft,
    fresh,
    make_people,
    make_source,
    make_station,
    publish_next_version,
)

pytestmark = pytest.mark.pages


def review_address(record, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/desk/review/{record.pk}/" + (f"?{asked}" if asked else "")


def review(browser, record, **query):
    return browser.open(review_address(record, **query))


def verdict(browser, page, number, value, comment=None):
    """Press one of the buttons of a citation: the first form of each takes one click, the second a comment."""
    forms = page.acts_named("check")
    form = forms[2 * (number - 1) + (0 if comment is None else 1)]
    values = {**form.values, "verdict": [value]}
    if comment is not None:
        values["comment"] = [comment]
    return browser.client.post(form.action, values, follow=True)


def submitted(team, **fields):
    return bring_to(make_station(by=team.author, **fields), "submitted")


# --- the preview -------------------------------------------------------------


def test_every_kind_has_a_preview_and_a_rule_for_duplicates():
    assert set(PAGES) == {*NEARNESS, "station"} == {kind.name for kind in all_kinds()}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_preview_is_what_the_public_then_reads(db, kind):
    people = make_people()
    source = make_source(publisher="De Krant", title="Een deur")
    record = bring_to(MAKERS[kind](by=people.author, citations=[citation(source)]), "verified", **vars(people))
    page = review(Browser(people.editor), record)
    assert not [link for link in page.links if "not-public-yet" in link or link.endswith("/new/")]
    services.approve_and_publish(record.pk, by=people.editor, lock_version=fresh(record).lock_version)
    reference = fresh(record).reference
    public = Browser(people.editor).open(f"/en/{kind}s/{reference}/").inside("main")
    shown = page.inside("template").partition("Versions and data")[0]
    assert "Een deur" in shown
    assert re.sub(r"\bnew\b", reference, shown) == public.partition("Versions and data")[0]


def test_the_reason_of_the_verification_level_is_that_of_the_public_page(author, team):
    sources = [make_source(), make_source(type="court")]
    citations = [*(citation(source) for source in sources), citation(stance="denies", attributed_to="The embassy")]
    record = make_station(by=team.author, citations=citations)
    words = (
        "Officially confirmed, disputed. An authority or a court confirms it."
        " 2 sources support it independently of each other; copies and translations do not count."
        " Denied or disputed by: The embassy."
    )
    assert f"Verification level: {words}" in review(author, record).text
    assert f"Verification level: {words}" in author.open_record(record).text


# --- what changed ------------------------------------------------------------


def test_a_record_that_was_never_published_is_new_as_a_whole(author, team):
    page = review(author, make_station(by=team.author))
    assert "It was never published: all of it is new." in page.text


def test_what_changed_is_marked_word_by_word(author, team):
    old = citation(quote="Een oude deur", quote_language="nl")
    record = make_station(
        by=team.author,
        summary="The office stood in the old harbour.",
        names=[{"text": "First", "language": "en"}, {"text": "Second", "language": "en"}],
        citations=[old, citation(make_source(publisher="The other paper"))],
    )
    bring_to(record, "live", **vars(team))
    page = review(author, record)
    assert "Nothing. It says what is published." in page.text
    author.act(record, "revise")
    form = author.open_record(record).form()
    form.fill(summary="The office stood in the new harbour.", operator_jurisdiction="Fuzhou")
    form.fill(**{"citations-0-quote": "Een nieuwe deur", "citations-1-DELETE": True, "names-1-DELETE": True})
    assert author.submit(form.add_row("names", text="Third", language="en")).errors == {}
    page = review(author, record)
    assert "What changed since version 1" in page.text
    for words in ("The office stood in the oldnew harbour.", "Een oudenieuwe deur"):
        assert words in page.text
    removed, added = page.marked("del"), page.marked("ins")
    assert {"old", "Second", "oude"} <= set(removed)
    assert {"Fuzhou", "new", "Third", "nieuwe"} <= set(added)
    assert not {"First", "Een", "deur", "The office stood in the"} & {*removed, *added}
    assert "Citation of The other paper for the record as a whole removed" in page.text


def test_a_citation_that_moves_to_another_fact_says_so_in_words(author, team):
    record = bring_to(make_station(by=team.author, locality="Utrecht", citations=[citation()]), "live", **vars(team))
    author.act(record, "revise")
    author.submit(author.open_record(record).form().fill(**{"citations-0-field": "locality"}))
    page = review(author, record)
    assert (page.marked("del"), page.marked("ins")) == (["the record as a whole"], ["city or place"])


def test_a_second_version_is_compared_with_the_last(author, team):
    record = bring_to(make_station(by=team.author, summary="One."), "live", **vars(team))
    publish_next_version(record, team, summary="Two.")
    author.act(record, "revise")
    edit_draft(record, by=team.author, summary="Three.")
    page = review(author, record)
    assert (page.marked("del"), page.marked("ins")) == (["Two"], ["Three"])


# --- facts and verdicts ------------------------------------------------------


def test_every_fact_stands_beside_its_citations(reviewer, team):
    source = make_source(publisher="De Krant", url="https://krant.example/1")
    quoted = {"quote": "Een deur in Utrecht", "quote_language": "nl", "locator": "page 3"}
    record = submitted(
        team,
        locality="Utrecht",
        summary="A door.",
        citations=[
            citation(field="kind"),
            citation(field="country"),
            citation(source, field="locality", **quoted),
            citation(field="summary", stance="supports", value_given="a window"),
        ],
    )
    page = review(reviewer, record)
    for words in (
        "city or place Utrecht place is known to the: city",
        "3. De Krant, 2022-10-26",
        "page 3 Open source 3 ↗ No archived copy of 3 Een deur in Utrecht Nobody has checked it as it is now.",
        "It gives: a window.",
        "0 of 4 checked",
    ):
        assert words in page.text
    assert {"href": "https://krant.example/1", "rel": "noopener noreferrer", "target": "_blank"}.items() <= (
        page.all("a", class_="open-source")[2].items()
    )


def test_one_click_says_that_the_source_says_it_and_leads_to_the_next(reviewer, team):
    record = submitted(team, citations=[citation(), citation(), citation()])
    page = review(reviewer, record, queue="check")
    response = verdict(reviewer, page, 1, "supports")
    assert response.redirect_chain == [(f"{review_address(record, queue='check')}#citation-2", 302)]
    page = review(reviewer, record, queue="check")
    assert "1 of 3 checked" in page.text
    assert "Rosa Reviewer: says what is cited" in page.text
    assert verdict(reviewer, page, 3, "supports").redirect_chain[-1][0].endswith("#citation-2")
    page = review(reviewer, record)
    assert verdict(reviewer, page, 2, "supports").redirect_chain == [(f"{review_address(record)}#what-now", 302)]


def test_any_other_verdict_needs_a_comment_and_keeps_it(reviewer, team):
    record = submitted(team)
    page = review(reviewer, record)
    refused = verdict(reviewer, page, 1, "does_not", comment="")
    assert refused.redirect_chain == []
    assert "Say what you found, so that the author can mend it." in refused.content.decode()
    assert "0 of 1 checked" in refused.content.decode(), "the same page again"
    verdict(reviewer, page, 1, "could_not_open", comment="Behind a wall.")
    page = review(reviewer, record)
    assert "Rosa Reviewer: could not open it – Behind a wall." in page.text


def test_a_refused_act_comes_back_to_the_page_with_what_was_typed(reviewer, author, team):
    record = submitted(team)
    form = review(reviewer, record, queue="check").act("return").fill(comment="Give the page.")
    author.act(record, "withdraw")
    page = reviewer.submit(form)
    assert "What you typed" in page.text
    assert "Give the page." in page.text
    assert "As the public would see it" in page.text


@pytest.mark.parametrize(
    "place",
    ["https://evil.example/desk/review/x/", "//evil.example/", "http://[", "/accounts/logout/", "/desk/", "x", "\x00"],
)
def test_an_act_leads_to_no_other_place(reviewer, team, place):
    record = submitted(team)
    form = review(reviewer, record).acts_named("comment")[-1].fill(text="x", next=place)
    response = reviewer.client.post(form.action, form.values)
    assert response.headers["Location"] == address(record)


# --- the queue, the buttons, the rest ----------------------------------------


def test_a_reviewer_goes_through_the_queue_and_keeps_it(reviewer, team):
    records = [submitted(team) for _ in range(3)]
    page = reviewer.open(reviewer.open("/desk/").listed_for("check")[0])
    assert "Waiting for my check: 1 of 3" in page.text
    assert not page.all("a", rel="prev")
    page = reviewer.open(page.all("a", rel="next")[0]["href"])
    assert "Waiting for my check: 2 of 3" in page.text
    assert page.all("a", rel="prev")[0]["href"] == review_address(records[0], queue="check")
    check_all(records[1], by=team.reviewer)
    page = reviewer.submit(review(reviewer, records[1], queue="check").act("verify"))
    assert "Verified. An editor can approve it now." in page.text
    assert "Waiting for my check: no longer in it, 2 left" in page.text
    following = page.all("a", rel="next")[0]["href"]
    assert following == review_address(records[2], queue="check"), "it goes on where one was"
    assert "Waiting for my check: 2 of 2" in reviewer.open(following).text
    assert "left" not in review(reviewer, records[0], queue="nothing").text


def test_the_buttons_are_those_of_the_record_page(reviewer, editor, observer, team):
    record = submitted(team)
    assert review(reviewer, record).acts == reviewer.open_record(record).acts
    bring_to(record, "verified", start="submitted", **vars(team))
    assert review(editor, record).acts == editor.open_record(record).acts
    assert review(Browser(observer), record).acts == set()


def test_only_those_who_may_read_the_desk_open_it(administrator, team):
    record = submitted(team)
    assert Browser(administrator).get(review_address(record)).status_code == 403
    assert Browser(team.author).get("/desk/review/7c0c908e-94e0-4281-a607-022dcd24b3fa/").status_code == 404


def test_an_author_takes_a_suggested_wording_over_with_one_click(author, reviewer, team):
    record = submitted(team, summary="A dor.")
    reviewer.submit(review(reviewer, record).act("suggest").fill(field="summary", text="A door."))
    author.act(record, "withdraw")
    author.submit(review(author, record).act("accept-suggestion"))
    assert "A door." in review(author, record).inside("template")


def test_possible_duplicates_are_listed_with_the_reasons(reviewer, team):
    name = {"text": "Fúzhou Overseas Service Station", "language": "en"}
    one = submitted(team, country="NL", locality="Utrecht", names=[name])
    same_place = make_station(by=team.author, country="NL", locality="UTRECHT")
    same_name = make_station(
        by=team.author, country="NL", locality="Delft", names=[{**name, "text": "Fuzhou oversea service station"}]
    )
    elsewhere = make_station(by=team.author, country="BE", locality="Utrecht", names=[name])
    other = make_station(by=team.author, country="NL", locality="Gouda")
    page = review(reviewer, one)
    assert "Netherlands · the same city or place" in page.text
    assert "Netherlands · a similar name: Fuzhou oversea service station" in page.text
    for record, listed in ((same_place, True), (same_name, True), (elsewhere, False), (other, False)):
        assert (review_address(record) in page.links) == listed


@pytest.mark.parametrize("kind", ["claim", "response", "agreement"])
def test_duplicates_of_every_kind_are_found(db, kind):
    people = make_people()
    one, other = MAKERS[kind](by=people.author), MAKERS[kind](by=people.author)
    assert review_address(other) in review(Browser(people.author), one).links
