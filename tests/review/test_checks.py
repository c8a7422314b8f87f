"""Checks of citations: whose count, what they are bound to, and what they allow."""

import pytest

from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed
from casetracker.review import services
from casetracker.review.content import build_content
from casetracker.review.evidence import check_results
from casetracker.review.models import Check
from casetracker.review.services import Edit
from tests.factories.records import (
    bring_to,
    check_all,
    citation,
    edit_draft,
    fresh,
    make_editor,
    make_researcher,
    make_source,
    make_station,
)

pytestmark = pytest.mark.django_db


def verify(record, by):
    return services.verify_record(record.pk, by=by, lock_version=fresh(record).lock_version)


def check(record, number, *, by, verdict="supports", comment="", digest=None):
    """Check the citation with this number, from 1."""
    result = check_results(record, build_content(record))[number - 1]
    return services.check_citation(
        record.pk,
        result.citation["id"],
        verdict=verdict,
        by=by,
        lock_version=fresh(record).lock_version,
        citation_digest=digest or result.digest,
        comment=comment,
    )


def verdicts(record):
    record = fresh(record)
    return [result.verdict for result in check_results(record, build_content(record))]


def reopen(record, by):
    """Return a record to its author."""
    record = fresh(record)
    return services.return_to_author(record.pk, by=by, lock_version=record.lock_version, comment="Look again.")


@pytest.fixture
def reviewer(other_researcher):
    return other_researcher


@pytest.fixture
def submitted(researcher):
    """A submitted station with two citations: one for its city, one for the rest."""
    cited = [citation(field=name) for name in ("locality", "kind", "country")]
    return bring_to(make_station(by=researcher, citations=cited, locality="Utrecht"), "submitted")


def test_a_record_is_verified_when_every_citation_was_checked(submitted, reviewer, editor):
    check(submitted, 1, by=reviewer)
    check(submitted, 2, by=editor)
    with pytest.raises(InvalidContent, match=r"^Citation 3 \(Paper \d+\) has not been checked as it is now\.$"):
        verify(submitted, reviewer)
    check(submitted, 3, by=reviewer)
    record = verify(submitted, reviewer)
    assert (record.state, record.verified_by) == ("verified", reviewer)
    assert record.verified_digest == record.submitted_digest


def test_a_check_is_kept_with_what_it_was_bound_to(submitted, reviewer):
    found = check(submitted, 1, by=reviewer, comment="  Page 3. ")
    result = check_results(submitted, build_content(submitted))[0]
    assert (found.citation_digest, str(found.citation_uuid)) == (result.digest, result.citation["id"])
    assert (found.comment, found.by_editor) == ("Page 3.", False)
    assert submitted.decisions.get(action="check").comment.endswith(": says what is cited")


def test_an_author_checks_nothing(submitted, researcher):
    with pytest.raises(NotAllowed, match="somebody else must review it"):
        check(submitted, 1, by=researcher)
    assert not Check.objects.exists()


def test_a_check_of_other_words_than_those_there_now_is_refused(submitted, reviewer):
    with pytest.raises(ChangedMeanwhile, match="look again"):
        check(submitted, 1, by=reviewer, digest="0" * 64)


def test_a_check_of_a_citation_of_another_record_is_refused(submitted, reviewer):
    other = check_results(submitted, build_content(submitted))[0]
    record = bring_to(make_station(), "submitted")
    with pytest.raises(ChangedMeanwhile):
        services.check_citation(
            record.pk,
            other.citation["id"],
            verdict="supports",
            by=reviewer,
            lock_version=record.lock_version,
            citation_digest=other.digest,
        )


@pytest.mark.parametrize("verdict", ["does_not", "could_not_open"])
def test_a_verdict_that_is_not_plain_support_says_what_was_found(submitted, reviewer, verdict):
    with pytest.raises(InvalidContent) as caught:
        check(submitted, 1, by=reviewer, verdict=verdict, comment=" ")
    assert caught.value.field_errors == {"comment": ["Say what you found, so that the author can mend it."]}


def test_one_finding_that_it_does_not_say_it_outweighs_all_others(submitted, reviewer, editor):
    check_all(submitted, by=reviewer)
    check(submitted, 2, by=editor, verdict="does_not", comment="It speaks of another city.")
    check(submitted, 2, by=make_researcher())
    with pytest.raises(InvalidContent, match=r"Citation 2 .* was found not to say it: return the record\."):
        verify(submitted, reviewer)


def test_whoever_found_so_may_think_again(submitted, reviewer):
    check_all(submitted, by=reviewer, verdict="does_not", comment="Not there.")
    check_all(submitted, by=reviewer)
    assert verify(submitted, reviewer).state == "verified"


def test_a_source_that_a_researcher_could_not_open_does_not_pass(submitted, reviewer):
    check_all(submitted, by=reviewer)
    check(submitted, 1, by=reviewer, verdict="could_not_open", comment="The site is gone.")
    with pytest.raises(InvalidContent, match=r"Citation 1 .* let an editor check it with a comment"):
        verify(submitted, reviewer)


def test_a_source_that_an_editor_could_not_open_passes(submitted, reviewer, editor):
    check_all(submitted, by=reviewer, verdict="could_not_open", comment="The site is gone.")
    check_all(submitted, by=editor, verdict="could_not_open", comment="Gone; a print is in our files.")
    assert verify(submitted, reviewer).state == "verified"


def test_a_source_that_somebody_else_could_open_passes(submitted, reviewer):
    check_all(submitted, by=reviewer, verdict="could_not_open", comment="Behind a wall.")
    check_all(submitted, by=make_researcher())
    assert verify(submitted, reviewer).state == "verified"


def test_checks_of_someone_who_became_an_author_count_no_longer(submitted, reviewer, researcher):
    check_all(submitted, by=reviewer)
    reopen(submitted, make_editor())
    edit_draft(submitted, by=reviewer, notes="A remark.")
    services.submit_record(submitted.pk, by=researcher, lock_version=fresh(submitted).lock_version)
    assert verdicts(submitted) == [None, None, None]


def test_a_doubt_stays_when_whoever_has_it_becomes_an_author(submitted, reviewer, researcher, editor):
    """One who found that a source does not say it outweighs all others, until the citation is changed."""
    check_all(submitted, by=reviewer)
    check(submitted, 2, by=editor, verdict="does_not", comment="It speaks of another city.")
    reopen(submitted, reviewer)
    edit_draft(submitted, by=editor, notes="A remark.")
    services.submit_record(submitted.pk, by=researcher, lock_version=fresh(submitted).lock_version)
    assert verdicts(submitted) == ["supports", "does_not", "supports"]
    check(submitted, 2, by=reviewer)
    with pytest.raises(InvalidContent, match=r"Citation 2 .* was found not to say it"):
        verify(submitted, reviewer)
    reopen(submitted, reviewer)
    edit_citation(submitted, 2, by=editor, locator="page 4")
    services.submit_record(submitted.pk, by=researcher, lock_version=fresh(submitted).lock_version)
    check(submitted, 2, by=reviewer)
    assert verify(submitted, reviewer).state == "verified"


def test_a_doubt_that_was_given_up_does_not_come_back(submitted, reviewer, editor):
    check_all(submitted, by=editor, verdict="does_not", comment="Not there.")
    check_all(submitted, by=editor)
    check_all(submitted, by=reviewer)
    reopen(submitted, reviewer)
    edit_draft(submitted, by=editor, notes="A remark.")
    assert verdicts(submitted) == ["supports"] * 3


def test_unchanged_checks_survive_a_return(submitted, reviewer, researcher):
    check_all(submitted, by=reviewer)
    reopen(submitted, reviewer)
    services.submit_record(submitted.pk, by=researcher, lock_version=fresh(submitted).lock_version)
    assert verify(submitted, reviewer).state == "verified"


def test_checks_survive_a_new_order_of_the_citations(submitted, reviewer, researcher):
    check_all(submitted, by=reviewer)
    record = reopen(submitted, reviewer)
    rows = [{"id": row.pk} for row in reversed(record.citations.all())]
    services.edit_record(record.pk, Edit(citations=rows), by=researcher, lock_version=record.lock_version)
    assert verdicts(record) == ["supports"] * 3


def edit_citation(record, number, *, by, **values):
    """Change the citation with this number, from 1, of a draft."""
    record = fresh(record)
    rows = [{"id": row.pk} for row in record.citations.all()]
    rows[number - 1] |= values
    return services.edit_record(record.pk, Edit(citations=rows), by=by, lock_version=record.lock_version)


@pytest.mark.parametrize(
    "values",
    [
        {"locator": "page 2"},
        {"quote": "Een bureau", "quote_language": "nl"},
        {"stance": "mentions"},
        {"attributed_to": "The embassy"},
        {"value_given": "Amersfoort"},
        {"field": "summary"},
    ],
    ids=str,
)
def test_a_changed_citation_must_be_checked_again(submitted, reviewer, researcher, values):
    check_all(submitted, by=reviewer)
    reopen(submitted, reviewer)
    edit_citation(submitted, 1, by=researcher, **values)
    assert verdicts(submitted) == [None, "supports", "supports"]


def test_a_citation_of_another_source_must_be_checked_again(submitted, reviewer, researcher):
    check_all(submitted, by=reviewer)
    reopen(submitted, reviewer)
    edit_citation(submitted, 1, by=researcher, source=make_source())
    assert verdicts(submitted) == [None, "supports", "supports"]


def test_notes_on_a_citation_leave_its_check_alone(submitted, reviewer, researcher):
    check_all(submitted, by=reviewer)
    reopen(submitted, reviewer)
    edit_citation(submitted, 1, by=researcher, notes="For colleagues.")
    assert verdicts(submitted) == ["supports"] * 3


def test_a_changed_value_lapses_the_checks_of_its_citations_only(submitted, reviewer, researcher):
    check_all(submitted, by=reviewer)
    reopen(submitted, reviewer)
    edit_draft(submitted, by=researcher, locality="Amersfoort")
    assert verdicts(submitted) == [None, "supports", "supports"]


def test_a_changed_source_lapses_the_checks_of_its_citations(submitted, reviewer, researcher):
    check_all(submitted, by=reviewer)
    source = submitted.citations.first().source
    services.edit_source(source.pk, fields={"title": "Another"}, by=researcher, lock_version=source.lock_version)
    assert verdicts(submitted) == [None, "supports", "supports"]
    with pytest.raises(InvalidContent, match=r"Citation 1 .* has not been checked as it is now"):
        verify(submitted, reviewer)
