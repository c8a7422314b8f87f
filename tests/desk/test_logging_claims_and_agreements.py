"""Logging and editing claims and agreements through their forms."""

import pytest

from casetracker.review.models import Record
from responses.models import Agreement
from stations.models import Claim
from tests.desk.browser import address
from tests.desk.state import everything
from tests.factories.records import (
    NO_COUNT,
    author_of,
    bring_to,
    make_agreement,
    make_claim,
    make_response,
    make_source,
)

pytestmark = pytest.mark.pages

ADD_CLAIM, ADD_AGREEMENT = "/desk/stations/claim/add/", "/desk/responses/agreement/add/"


def fill_claim(form, source):
    form.fill(topic="returns", text="Suspects were persuaded to return.", country="CN", as_of="2022-12-05")
    form.fill(qualifier="at_least", value="230000", unit="people", period="2021-04/2022-07")
    form.fill(claimed_by="Chinese authorities", attribution="NRC; Safeguard Defenders; Chinese authorities")
    form.fill(epistemic_status="claimed_by_accused", notes="Two hops.")
    form.add_row("citations", source=source.pk, field="value")
    return form.add_row("private_terms", kind="person", text="A Name")


def fill_agreement(form, source):
    form.fill(country="IT", type="joint_patrols", parties="Interior Ministry; Ministry of Public Security")
    form.fill(title="Memorandum d’intesa", title_language="it", signed="2015-09-24", summary="Joint patrols.")
    form.fill(in_force_from="2016-05", in_force_to="2022-12-19", places="Rome; Milan", notes="See the archive.")
    return form.add_row("citations", source=source.pk)


def test_a_claim_is_logged_with_its_count_and_chain(author, team):
    page = author.submit(fill_claim(author.open(ADD_CLAIM).form(), make_source(by=team.author)))
    assert page.was_redirected, page.errors
    record = Record.objects.get()
    assert (record.kind, record.state, author_of(record)) == ("claim", "draft", team.author)
    assert record.label == "China, 2022-12-05: returns, at least 230,000 people, according to Chinese authorities"
    claim = Claim.objects.get()
    assert (claim.qualifier, claim.value, claim.unit) == ("at_least", 230_000, "people")
    assert claim.attribution == ["NRC", "Safeguard Defenders", "Chinese authorities"]
    assert (claim.period, claim.notes) == ("2021-04/2022-07", "Two hops.")
    assert record.citations.get().field == "value"
    assert {row.history_user for row in Claim.history.all()} == {team.author}
    assert page.form()["attribution"] == "NRC; Safeguard Defenders; Chinese authorities"


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"topic": ""}, "topic", "This field is required."),
        ({"text": ""}, "text", "This field is required."),
        ({"claimed_by": ""}, "claimed_by", "This field is required."),
        ({"epistemic_status": ""}, "epistemic_status", "This field is required."),
        ({"as_of": ""}, "as_of", "This field is required."),
        ({"as_of": "lately"}, "as_of", "Write a date as 2022, 2022-10 or 2022-10-26"),
        ({"period": "2022-07/2021-04"}, "period", "The interval ends before it begins."),
        ({"value": "many"}, "value", "Enter a whole number."),
        ({"value": "-1"}, "value", "greater than or equal to 0"),
        ({"value": "2000000001"}, "value", "less than or equal to 2000000000"),
        ({"value": ""}, "", "A count needs its number, its qualifier"),
        ({"qualifier": ""}, "", "A count needs its number, its qualifier"),
        ({"unit": ""}, "", "A count needs its number, its qualifier"),
        ({"topic": "station_count"}, "", "counts stations or countries"),
        ({"attribution": "x" * 201}, "attribution", "Shorten each text to 200 characters"),
    ],
)
def test_an_error_in_a_claim_stands_at_its_field_and_what_was_typed_stays(author, team, changes, place, words):
    form = fill_claim(author.open(ADD_CLAIM).form(), make_source(by=team.author)).fill(**changes)
    check_refused(author, form, place, words)


def check_refused(browser, form, place, words):
    before = everything()
    page = browser.submit(form)
    assert not page.was_redirected
    assert words in page.errors[place]
    assert page.form().typed == form.typed
    assert everything() == before


def test_a_claim_in_words_has_no_count(author, team):
    form = fill_claim(author.open(ADD_CLAIM).form(), make_source(by=team.author))
    form.fill(topic="denial", qualifier="", value="", unit="", **{"citations-0-field": "text"})
    assert author.submit(form).was_redirected
    assert Claim.objects.get().value is None
    assert Record.objects.get().label == "China, 2022-12-05: denial, according to Chinese authorities"


def test_a_later_claim_is_linked_and_one_about_something_else_refused(author, team):
    earlier, later = make_claim(by=team.author), make_claim(by=team.author, as_of="2022-12-05", value=3)
    other = make_claim(by=team.author, country="IT")
    page = author.submit(author.open_record(earlier).form().fill(superseded_by=later.pk))
    assert page.was_redirected, page.errors
    assert Claim.objects.get(pk=earlier.pk).superseded_by_id == later.pk
    for wrong in (other, earlier):
        check_refused(
            author, author.open_record(earlier).form().fill(superseded_by=wrong.pk), *refusal_of(wrong, earlier)
        )
    form = author.open_record(later).form().fill(superseded_by=earlier.pk)
    check_refused(author, form, "superseded_by", "itself superseded by this one")


def refusal_of(wrong, claim):
    """Where the form says what is wrong with a link, and what."""
    if wrong == claim:
        return "", "A claim cannot supersede itself"
    return "superseded_by", "Choose a claim on the same topic and country."


def test_an_agreement_is_logged_with_its_parties_and_places(author, team):
    page = author.submit(fill_agreement(author.open(ADD_AGREEMENT).form(), make_source(by=team.author)))
    assert page.was_redirected, page.errors
    record = Record.objects.get()
    assert (record.kind, record.state, author_of(record)) == ("agreement", "draft", team.author)
    assert record.label == "Italy and China, 2015-09-24: agreement on joint patrols"
    agreement = Agreement.objects.get()
    assert (agreement.country, agreement.counterpart, agreement.status) == ("IT", "CN", "unknown")
    assert agreement.parties == ["Interior Ministry", "Ministry of Public Security"]
    assert (agreement.places, agreement.title_language) == (["Rome", "Milan"], "it")
    assert agreement.notes == "See the archive."
    assert {row.history_user for row in Agreement.history.all()} == {team.author}
    assert page.form()["places"] == "Rome; Milan"


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"country": ""}, "country", "This field is required."),
        ({"counterpart": ""}, "counterpart", "This field is required."),
        ({"counterpart": "IT"}, "", "An agreement is between two"),
        ({"type": ""}, "type", "This field is required."),
        ({"summary": ""}, "summary", "This field is required."),
        ({"title_language": ""}, "", "Say in which language the title is"),
        ({"title": ""}, "", "Say in which language the title is"),
        ({"title_language": "italian"}, "title_language", "is not a language tag"),
        ({"signed": "lately"}, "signed", "Write a date as 2022, 2022-10 or 2022-10-26"),
        ({"in_force_from": "lately"}, "in_force_from", "Write a date as 2022, 2022-10 or 2022-10-26"),
        ({"in_force_to": "2016-04"}, "in_force_to", "It ends before it begins"),
        ({"status": "in_force"}, "", "Say as of which day the status is known."),
    ],
)
def test_an_error_in_an_agreement_stands_at_its_field_and_what_was_typed_stays(author, team, changes, place, words):
    form = fill_agreement(author.open(ADD_AGREEMENT).form(), make_source(by=team.author)).fill(**changes)
    check_refused(author, form, place, words)


def test_the_response_that_ended_an_agreement_is_linked(author, team):
    draft, response = make_agreement(by=team.author), make_response(by=team.author, responder="IT", concerns="IT")
    form = author.open_record(draft).form().fill(ended_by=response.pk)
    check_refused(author, form, "", "A response ended it: so its status is “ended” or “suspended”.")
    form = author.open_record(draft).form().fill(ended_by=response.pk, status="ended", status_as_of="2022-12-19")
    page = author.submit(form)
    assert page.was_redirected, page.errors
    assert Agreement.objects.get().ended_by_id == response.pk
    assert [act.action for act in draft.decisions.all()] == ["log", "edit"]


@pytest.mark.parametrize("make", [make_claim, make_agreement])
def test_they_pass_the_whole_review_at_the_desk(author, reviewer, editor, team, make):
    record = make(by=team.author, notes="Ours.")
    author.act(record, "submit")
    reviewer.act(record, "check", verdict="supports")
    reviewer.act(record, "verify")
    page = editor.act(record, "approve-and-publish")
    record.refresh_from_db()
    assert (record.state, record.public_status, record.published_version) == ("idle", "live", 1)
    assert record.reference in page.text
    assert [act.action for act in record.decisions.all()] == ["log", "submit", "check", "verify", "approve", "publish"]
    assert author.open(address(record, "history"))


def test_their_lists_are_filtered_and_searched(author, team):
    claims = {
        "count": make_claim(by=team.author, country="CA", value=5),
        "denial": make_claim(
            country="", topic="denial", claimed_by="The embassy", epistemic_status="denied", **NO_COUNT
        ),
    }
    check_filters(
        author,
        "/desk/stations/claim/",
        claims,
        {
            "": {"count", "denial"},
            "country=CA": {"count"},
            "topic__exact=denial": {"denial"},
            "epistemic_status__exact=denied": {"denial"},
            "queue=mine": {"count"},
            "q=embassy": {"denial"},
            "q=canada": {"count"},
        },
    )
    agreements = {
        "italian": bring_to(make_agreement(), "submitted"),
        "hungarian": make_agreement(
            by=team.author, country="HU", type="police_cooperation", status="in_force", status_as_of="2024-12"
        ),
    }
    check_filters(
        author,
        "/desk/responses/agreement/",
        agreements,
        {
            "": {"italian", "hungarian"},
            "country=IT": {"italian"},
            "counterpart=CN": {"italian", "hungarian"},
            "type__exact=police_cooperation": {"hungarian"},
            "status__exact=in_force": {"hungarian"},
            "state=submitted": {"italian"},
            "q=hungary": {"hungarian"},
            "q=tourist": {"italian", "hungarian"},
        },
    )


def check_filters(browser, path, records, expected):
    names = {address(record): name for name, record in records.items()}
    found = {query: {names[link] for link in browser.open(f"{path}?{query}").listed} for query in expected}
    assert found == expected
