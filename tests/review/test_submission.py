"""What keeps a draft from being submitted, and the remedy that the author reads."""

import pytest

from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed
from casetracker.review import services
from casetracker.review.models import Record
from casetracker.review.services import Edit
from stations.models import Station
from tests.factories.records import (
    NO_COUNT,
    citation,
    edit_draft,
    fresh,
    make_agreement,
    make_claim,
    make_response,
    make_source,
    make_station,
)
from tests.review.fingerprints import fingerprint

pytestmark = pytest.mark.django_db


def submit(record, by):
    return services.submit_record(record.pk, by=by, lock_version=fresh(record).lock_version)


def refusal(record, by) -> list[str]:
    """The lines of the message with which submitting is refused; nothing may be left behind."""
    before = fingerprint(record)
    with pytest.raises(InvalidContent) as caught:
        submit(record, by)
    assert fingerprint(record) == before
    return str(caught.value).splitlines()


def test_a_complete_draft_is_submitted_with_the_digest_of_its_content(researcher):
    record = submit(make_station(by=researcher), researcher)
    assert (record.state, record.submitted_by) == ("submitted", researcher)
    decision = record.decisions.get(action="submit")
    assert decision.digest == record.submitted_digest != ""
    assert (decision.from_state, decision.to_state) == ("draft", "submitted")


def test_without_any_support(researcher):
    record = make_station(by=researcher, citations=[])
    assert refusal(record, researcher) == [
        "Nothing supports this record: add a citation for it as a whole, or for each fact."
    ]


@pytest.mark.parametrize("stance", ["mentions", "disputes", "denies"])
def test_a_citation_that_does_not_support_supports_nothing(researcher, stance):
    record = make_station(by=researcher, citations=[citation(stance=stance)])
    assert refusal(record, researcher)[0].startswith("Nothing supports this record")


def test_a_fact_without_a_citation_is_named(researcher):
    cited = [citation(field=name) for name in ("kind", "country")]
    record = make_station(by=researcher, citations=cited)
    assert refusal(record, researcher) == ["“city or place” has no supporting citation."]


def test_a_kind_of_row_without_a_citation_is_named(researcher):
    cited = [citation(field=name) for name in ("kind", "country", "locality")]
    names = [{"text": "Overseas service station", "language": "en"}]
    record = make_station(by=researcher, citations=cited, names=names)
    assert refusal(record, researcher) == ["“names” has no supporting citation."]


def test_each_fact_with_its_own_citation_is_enough(researcher):
    cited = [citation(field=name) for name in ("kind", "country", "locality")]
    assert submit(make_station(by=researcher, citations=cited), researcher).state == "submitted"


def test_values_that_state_nothing_need_no_citation(researcher):
    cited = [citation(field=name) for name in ("kind", "country", "locality")]
    record = make_station(by=researcher, citations=cited, operating_status="unknown", standing="alleged")
    assert submit(record, researcher).state == "submitted"


def test_a_standing_other_than_alleged_needs_a_citation(researcher):
    cited = [citation(field=name) for name in ("kind", "country", "locality")]
    record = make_station(by=researcher, citations=cited, standing="confirmed_by_authority")
    assert refusal(record, researcher) == ["“standing” has no supporting citation."]


def test_a_citation_that_nobody_has_read_is_named_by_its_number(researcher):
    record = make_station(by=researcher, citations=[citation(), citation(basis="unverified")])
    assert refusal(record, researcher) == [
        "Citation 2 has not been read by anyone: open the source, then mark it as read."
    ]


@pytest.mark.parametrize(
    "fields",
    [{"type": "forum_quote"}, {"type": "machine_translation_copy"}, "machine translation of an article"],
    ids=str,
)
def test_weak_sources_carry_nothing_alone(researcher, fields):
    if isinstance(fields, str):
        fields = {"derived_from": make_source(), "derivation": "machine_translation"}
    weak = citation(make_source(**fields))
    record = make_station(by=researcher, citations=[weak])
    assert refusal(record, researcher) == [
        "A forum quote or a machine translation carries no publication alone: add a better source."
    ]
    lock_version = fresh(record).lock_version
    services.edit_record(record.pk, Edit(citations=[weak, citation()]), by=researcher, lock_version=lock_version)
    assert submit(record, researcher).state == "submitted"


def test_weak_sources_carry_no_single_fact_alone(researcher):
    paper, forum = make_source(), make_source(type="forum_quote")
    cited = [citation(paper, field=name) for name in ("kind", "country")]
    cited += [citation(forum, field=name) for name in ("locality", "summary")]
    record = make_station(by=researcher, citations=cited, summary="Reported by neighbours.")
    assert refusal(record, researcher) == [
        f"“{name}” rests on a forum quote or a machine translation alone: add a better source for it."
        for name in ("city or place", "summary")
    ]
    better = [*cited, citation(paper, field="locality"), citation(paper, field="summary")]
    lock_version = fresh(record).lock_version
    services.edit_record(record.pk, Edit(citations=better), by=researcher, lock_version=lock_version)
    assert submit(record, researcher).state == "submitted"


def test_a_weak_source_for_the_whole_record_needs_a_better_one_for_each_fact(researcher):
    forum = citation(make_source(type="forum_quote"))
    record = make_station(by=researcher, citations=[forum, citation(field="country")])
    assert [line.split("”")[0] for line in refusal(record, researcher)] == ["“kind", "“city or place"]


def test_a_better_source_for_the_whole_record_carries_what_a_weak_one_says(researcher):
    forum = make_source(type="forum_quote")
    record = make_station(by=researcher, citations=[citation(), citation(forum, field="locality")])
    assert submit(record, researcher).state == "submitted"


def test_a_required_field_that_is_empty_is_named(researcher):
    record = make_station(by=researcher)
    Station.objects.filter(pk=record.pk).update(kind="")  # Forms refuse it; an older version of them might not have.
    assert "Fill in “kind”." in refusal(record, researcher)


def test_all_problems_are_told_at_once(researcher):
    forum = make_source(type="forum_quote")
    cited = [citation(forum, field="kind", basis="unverified")]
    record = make_station(by=researcher, citations=cited, summary="Reported by neighbours.")
    lines = refusal(record, researcher)
    assert len(lines) == 5
    assert lines[0].startswith("Citation 1 has not been read")
    assert [line.split("”")[0] for line in lines[1:4]] == ["“country", "“city or place", "“summary"]
    assert lines[4].startswith("A forum quote")


def test_someone_else_submits_only_when_it_is_assigned_to_them(researcher, other_researcher):
    record = make_station(by=researcher)
    with pytest.raises(NotAllowed, match="Assign it to yourself first"):
        submit(record, other_researcher)
    services.assign_record(record.pk, to=other_researcher, by=other_researcher, lock_version=record.lock_version)
    submit(record, other_researcher)
    sides = dict(record.participations.values_list("person", "role"))
    assert sides == {researcher.pk: "author", other_researcher.pk: "author"}


def test_an_outdated_view_is_refused_and_names_who_was_faster(researcher, other_researcher):
    record = make_station(by=researcher)
    seen = record.lock_version
    edit_draft(record, by=other_researcher, summary="Now with words.")
    with pytest.raises(ChangedMeanwhile, match=rf"^Changed meanwhile by {other_researcher} \(edit, "):
        services.submit_record(record.pk, by=researcher, lock_version=seen)
    assert Record.objects.get(pk=record.pk).state == "draft"


def test_a_response_needs_support_for_what_it_sets(researcher):
    cited = [citation(field=name) for name in ("concerns", "responder", "actor", "kind", "date", "summary")]
    record = make_response(by=researcher, citations=cited)
    assert refusal(record, researcher) == ["“sets the status” has no supporting citation."]


def test_a_count_needs_support_even_of_none(researcher):
    cited = [citation(field=name) for name in ("text", "country", "as_of", "claimed_by", "epistemic_status")]
    record = make_claim(by=researcher, citations=cited, value=0)
    assert refusal(record, researcher) == ["“number” has no supporting citation."]
    record = make_claim(by=researcher, citations=cited, topic="denial", **NO_COUNT)
    assert submit(record, researcher).state == "submitted"


def test_an_agreement_needs_support_for_what_became_of_it(researcher):
    cited = [citation(field=name) for name in ("country", "parties", "type", "signed", "places", "summary")]
    assert submit(make_agreement(by=researcher, citations=cited), researcher).state == "submitted"
    record = make_agreement(by=researcher, citations=cited, status="completed", status_as_of="2019")
    assert refusal(record, researcher) == ["“status” has no supporting citation."]
