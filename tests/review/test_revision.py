"""Rounds: revising what is published, and giving the revision up."""

import pytest

from casetracker.core.canonical import canonical_json
from casetracker.core.errors import InvalidContent, WrongState
from casetracker.review import services
from casetracker.review.content import build_content, content_digest
from casetracker.review.models import PublishedContent, Record
from casetracker.review.services import Edit
from responses.models import Response
from stations.models import Claim, Station
from tests.factories.records import (
    bring_to,
    citation,
    fresh,
    make_claim,
    make_people,
    make_researcher,
    make_response,
    make_source,
    make_station,
    retract,
)

pytestmark = pytest.mark.django_db

NAMES = [
    {"text": "福州警侨事务海外服务站", "language": "zh-Hans"},
    {"text": "Overseas service station", "language": "en"},
]
REPLIES = [{"asked": "The embassy", "asked_on": "2022-11", "answer": "No such thing.", "language": "en"}]
TERMS = [{"kind": "address", "text": "Dam 1"}, {"kind": "host", "text": "Golden Dragon Travel"}]


@pytest.fixture
def live(people):
    """A live station that has something of everything."""
    source = make_source()
    copy = make_source(derived_from=source, derivation="translation")
    cited = [
        citation(source, quote="Een bureau.", quote_language="nl", locator="page 1", notes="From a reader."),
        citation(copy, field="locality", stance="disputes", value_given="Haarlem"),
    ]
    record = make_station(
        by=people.author,
        names=NAMES,
        replies=REPLIES,
        citations=cited,
        private_terms=TERMS,
        latitude="52.370123",
        longitude="4.895168",
        counted_in=["110 Overseas"],
        first_reported="2022-09",
        operating_status="reported_active",
        operating_status_as_of="2022-10",
        notes="Ask the neighbours.",
    )
    term = record.private_terms.get(kind="host")
    services.mark_publishable(term.pk, reason="It is a company.", by=people.editor, lock_version=record.lock_version)
    return bring_to(record, "live", **vars(make_people(author=people.author)))


def revise(record, by):
    return services.revise_record(record.pk, by=by, lock_version=fresh(record).lock_version)


def abandon(record, by):
    return services.abandon_revision(record.pk, by=by, lock_version=fresh(record).lock_version)


def edit(record, by, **parts):
    return services.edit_record(record.pk, Edit(**parts), by=by, lock_version=fresh(record).lock_version)


def content_of(record) -> str:
    return canonical_json(build_content(fresh(record))).decode()


def published(record) -> str:
    return PublishedContent.objects.filter(record=record).latest("version").content


def test_a_revision_starts_a_round_in_which_everybody_is_free(live, people):
    before = fresh(live)
    record = fresh(revise(live, people.reviewer))
    assert (record.round, record.state, record.public_status) == (before.round + 1, "draft", "live")
    assert record.digest_salt != before.digest_salt
    sides = record.participations.filter(round=record.round).values_list("person", "role")
    assert list(sides) == [(people.reviewer.pk, "author")]


def test_reviewers_of_the_last_round_may_revise(live):
    for reviewer in {live.participations.get(round=1, role="reviewer", person=p).person for p in reviewers(live)}:
        revise(live, reviewer)
        abandon(live, reviewer)


def reviewers(record):
    return list(record.participations.filter(role="reviewer").values_list("person", flat=True))


def test_abandoning_at_once_leaves_the_content_as_it_was_published(live, people):
    revise(live, people.author)
    record = abandon(live, people.author)
    assert (record.state, record.published_version, record.needs_revision) == ("idle", 1, False)
    assert content_of(record) == published(record)


EDITS = {
    "fields": {
        "fields": {
            "country": "BE",
            "locality": "Brussels",
            "latitude": None,
            "longitude": None,
            "counted_in": [],
            "first_reported": "",
            "summary": "Other words.",
        }
    },
    "rows taken out": {"rows": {"names": [], "replies": []}},
    "rows replaced": {"rows": {"names": [{"text": "Another", "language": "nl"}], "replies": [{"asked": "A mayor"}]}},
    "citations taken out": {"citations": []},
    "citations replaced": {"citations": "new"},
    "terms taken out": {"private_terms": []},
}


@pytest.mark.parametrize("parts", EDITS.values(), ids=EDITS)
def test_abandoning_restores_what_was_published(live, people, parts):
    revise(live, people.author)
    if parts.get("citations") == "new":
        parts = {"citations": [citation(), citation(field="names")]}
    edit(live, people.author, **parts)
    assert content_of(live) != published(live)
    record = abandon(live, people.author)
    assert content_of(record) == published(record)
    # The digest of the decision is of the restored content.
    assert record.decisions.get(action="abandon").digest == content_digest(record, build_content(record))


def test_abandoning_restores_rows_that_were_changed(live, people):
    revise(live, people.author)
    station = Station.objects.get(pk=live.pk)
    names = [{"id": row.pk, "text": row.text.upper() + "!"} for row in station.names.all()]
    cited = [{"id": row.pk, "locator": "page 9", "stance": "mentions"} for row in live.citations.all()]
    edit(live, people.author, rows={"names": names[:1]}, citations=cited[1:])
    abandon(live, people.author)
    assert content_of(live) == published(live)
    assert {row.text for row in station.names.all()} == {name["text"] for name in NAMES}


def test_abandoning_restores_links(people):
    stations = [bring_to(make_station(), "live") for _ in range(2)]
    first = bring_to(make_response(), "live")
    record = make_response(by=people.author, stations=stations[:1], same_act_as=Response.objects.get(pk=first.pk))
    record = bring_to(record, "live", **vars(people))
    revise(record, people.author)
    other = Station.objects.get(pk=stations[1].pk)
    edit(record, people.author, fields={"stations": [other], "same_act_as": None, "date": "2023"})
    abandon(record, people.author)
    assert content_of(record) == published(record)
    response = Response.objects.get(pk=record.pk)
    assert [station.pk for station in response.stations.all()] == [stations[0].pk]
    assert (str(response.date_earliest), str(response.date_latest)) == ("2022-10-26", "2022-10-26")


def test_abandoning_restores_the_link_to_a_later_claim(people):
    later = bring_to(make_claim(by=people.author, value=3), "live", **vars(people))
    record = bring_to(make_claim(by=people.author, superseded_by=later), "live", **vars(people))
    revise(record, people.author)
    edit(record, people.author, fields={"superseded_by": None, "value": 4, "attribution": []})
    abandon(record, people.author)
    assert content_of(record) == published(record)
    assert Claim.objects.get(pk=record.pk).superseded_by_id == later.pk


def test_what_no_longer_fits_another_record_is_not_restored(people):
    later = bring_to(make_claim(by=people.author), "live", **vars(people))
    record = bring_to(make_claim(by=people.author, superseded_by=later), "live", **vars(people))
    for claim, fields in ((record, {"superseded_by": None}), (later, {"country": "BE"})):
        revise(claim, people.author)
        edit(claim, people.author, fields=fields)
    message = "What was published does not fit another record any more: Choose a claim on the same topic and country."
    with pytest.raises(InvalidContent, match=message):
        abandon(record, people.author)
    assert fresh(record).state == "draft"
    abandon(later, people.author)
    abandon(record, people.author)
    assert content_of(record) == published(record)


def test_abandoning_takes_back_what_was_marked_publishable_meanwhile(live, people):
    revise(live, people.author)
    term = live.private_terms.get(kind="address")
    lock_version = fresh(live).lock_version
    services.mark_publishable(term.pk, reason="A court named it.", by=people.editor, lock_version=lock_version)
    abandon(live, people.author)
    term.refresh_from_db()
    assert (term.is_publishable, term.publishable_by, term.publishable_reason) == (False, None, "")
    assert content_of(live) == published(live)


@pytest.mark.parametrize("change", ["taken out", "changed"])
def test_abandoning_brings_back_a_published_term_with_its_reason(live, people, change):
    revise(live, people.author)
    rows = [{"id": row.pk, "kind": row.kind, "text": row.text} for row in live.private_terms.all()]
    kept = [row for row in rows if row["kind"] != "host"]
    changed = [{**row, "text": "Silver Dragon Travel"} for row in rows if row["kind"] == "host"]
    edit(live, people.author, private_terms=kept if change == "taken out" else kept + changed)
    assert not live.private_terms.filter(publishable_at__isnull=False).exists()
    abandon(live, people.author)
    term = live.private_terms.get(publishable_at__isnull=False)
    assert (term.text, term.publishable_reason, term.publishable_by) == (
        "Golden Dragon Travel",
        "It is a company.",
        people.editor,
    )
    assert content_of(live) == published(live)


def test_abandoning_leaves_private_words_alone(live, people):
    revise(live, people.author)
    rows = [{"id": row.pk, "kind": row.kind, "text": row.text} for row in live.private_terms.all()]
    terms = [*rows, {"kind": "person", "text": "Jan Jansen"}]
    edit(live, people.author, fields={"notes": "Asked; nobody knew."}, private_terms=terms)
    abandon(live, people.author)
    assert Station.objects.get(pk=live.pk).notes == "Asked; nobody knew."
    assert live.private_terms.filter(text="Jan Jansen", publishable_at__isnull=True).exists()


def test_a_citation_that_comes_back_has_its_notes_again(live, people):
    revise(live, people.author)
    first, second = live.citations.all()
    edit(live, people.author, citations=[{"id": first.pk, "notes": "From a neighbour."}, {"id": second.pk}])
    edit(live, people.author, citations=[{"id": second.pk, "notes": "Asked; nobody knew."}])
    abandon(live, people.author)
    assert [row.notes for row in live.citations.all()] == ["From a neighbour.", "Asked; nobody knew."]
    assert content_of(live) == published(live)


def test_a_retracted_record_can_be_revised_and_the_revision_abandoned(live, people):
    retract(live, by=people.editor)
    revise(live, people.author)
    edit(live, people.author, fields={"summary": "Other words."})
    record = abandon(live, people.editor)
    assert (record.state, record.public_status) == ("idle", "retracted")
    assert content_of(record) == published(record)


def test_what_was_never_published_is_discarded_not_abandoned(researcher):
    record = make_station(by=researcher)
    with pytest.raises(WrongState):
        abandon(record, researcher)


def test_what_was_published_is_abandoned_not_discarded(live, people):
    revise(live, people.author)
    with pytest.raises(WrongState):
        services.discard_record(live.pk, by=people.author, lock_version=fresh(live).lock_version)


def test_a_round_ends_with_its_publication(live):
    """Old participations and checks stay, for the files."""
    author = make_researcher()
    record = bring_to(revise(live, author), "live", author=author)
    assert (record.published_version, record.round) == (2, 2)
    assert set(record.participations.values_list("round", flat=True)) == {1, 2}
    assert Record.objects.get(pk=record.pk).approved_digest == ""
