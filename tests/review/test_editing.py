"""Writing records: log, edit, assign, discard, comment; and who it makes an author."""

import uuid

import pytest

from casetracker.core.errors import InvalidContent, NotAllowed, WrongState
from casetracker.review import services
from casetracker.review.models import Record
from casetracker.review.services import Edit
from stations.models import Station
from tests.factories.records import bring_to, citation, edit_draft, fresh, make_researcher, make_source, make_station
from tests.factories.users import UserFactory
from tests.review.fingerprints import fingerprint

pytestmark = pytest.mark.django_db


def edit(record, *, by, **parts):
    return services.edit_record(record.pk, Edit(**parts), by=by, lock_version=fresh(record).lock_version)


def field_errors(record, *, by, **parts) -> dict[str, list[str]]:
    """The messages with which an edit is refused; nothing may be left behind."""
    before = fingerprint(record)
    with pytest.raises(InvalidContent) as caught:
        edit(record, by=by, **parts)
    assert fingerprint(record) == before
    return caught.value.field_errors


def test_logging_makes_a_draft_and_an_author(researcher):
    record = make_station(by=researcher, locality="Utrecht")
    assert (record.state, record.public_status, record.reference) == ("draft", "never", None)
    assert fresh(record).label == "Utrecht, Netherlands"
    assert record.participations.values_list("person", "role", "round").get() == (researcher.pk, "author", 1)
    decision = record.decisions.get()
    assert (decision.action, decision.from_state, decision.to_state) == ("log", "", "draft")


def test_a_log_with_errors_leaves_nothing(researcher):
    with pytest.raises(InvalidContent) as caught:
        make_station(by=researcher, country="XX", first_reported="last week", names=[{"text": "", "language": "en"}])
    assert {"country", "first_reported"} <= caught.value.field_errors.keys()
    assert not Record.objects.exists()
    assert not Station.history.exists()


def test_errors_of_rows_name_their_number_and_field(researcher):
    record = make_station(by=researcher)
    names = [{"text": "Fine", "language": "en"}, {"text": "", "language": "no such language"}]
    errors = field_errors(record, by=researcher, rows={"names": names})
    assert errors.keys() == {"names 2 text", "names 2 language"}
    assert not Station.objects.get(pk=record.pk).names.exists()


def test_a_citation_of_a_field_that_cannot_be_cited(researcher):
    record = make_station(by=researcher)
    errors = field_errors(record, by=researcher, citations=[citation(), citation(field="notes")])
    assert errors == {"citations 2 field": ["“notes” is no field that can be cited."]}


def test_a_quote_needs_its_language(researcher):
    record = make_station(by=researcher)
    errors = field_errors(record, by=researcher, citations=[citation(quote="Een bureau")])
    assert errors == {"citations 1 __all__": ["Say in which language the quote is."]}


def test_fields_that_do_not_exist_are_a_mistake_of_the_caller(researcher):
    record = make_station(by=researcher)
    with pytest.raises(ValueError, match="record_id"):
        edit(record, by=researcher, fields={"record_id": uuid.uuid4()})


def test_a_row_of_another_record_cannot_be_taken_over(researcher):
    other = make_station(names=[{"text": "Theirs", "language": "en"}])
    theirs = Station.objects.get(pk=other.pk).names.get()
    record = make_station(by=researcher)
    names = [{"id": theirs.pk, "text": "Mine", "language": "en"}]
    assert field_errors(record, by=researcher, rows={"names": names}).keys() == {"names 1 id"}
    theirs.refresh_from_db()
    assert (theirs.text, theirs.station_id) == ("Theirs", other.pk)


def test_what_an_edit_does_not_name_stays(researcher):
    names = [{"text": "One", "language": "en"}, {"text": "Two", "language": "nl"}]
    record = make_station(by=researcher, names=names, summary="Words.", private_terms=[{"kind": "host", "text": "Ho"}])
    before = set(Station.objects.get(pk=record.pk).names.values_list("pk", flat=True))
    edit_draft(record, by=researcher, region="Utrecht")
    station = Station.objects.get(pk=record.pk)
    assert (station.region, station.summary) == ("Utrecht", "Words.")
    assert set(station.names.values_list("pk", flat=True)) == before
    assert (record.citations.count(), record.private_terms.count()) == (1, 1)


def test_rows_are_changed_added_and_removed(researcher):
    names = [{"text": "One", "language": "en"}, {"text": "Two", "language": "nl"}]
    record = make_station(by=researcher, names=names)
    one, two = Station.objects.get(pk=record.pk).names.all()
    edit(record, by=researcher, rows={"names": [{"id": two.pk, "text": "Twee"}, {"text": "三", "language": "zh"}]})
    rows = {row.pk: row.text for row in Station.objects.get(pk=record.pk).names.all()}
    assert rows[two.pk] == "Twee"
    assert sorted(rows.values()) == ["Twee", "三"]
    history = one.history.model.objects.filter(id=one.pk)
    assert history.latest().history_type == "-"
    assert history.latest().history_user == researcher


def test_everyone_who_edits_is_an_author(researcher, other_researcher, editor):
    record = make_station(by=researcher)
    for person in (other_researcher, editor):
        edit_draft(record, by=person, notes=f"Seen by {person}.")
    assert set(record.participations.values_list("person", "role")) == {
        (person.pk, "author") for person in (researcher, other_researcher, editor)
    }
    record = bring_to(record, "submitted", author=researcher)
    with pytest.raises(NotAllowed, match="You wrote on this record"):
        services.verify_record(record.pk, by=editor, lock_version=record.lock_version)


@pytest.mark.parametrize("state", ["submitted", "verified", "approved", "live", "retracted"])
def test_content_is_edited_in_draft_only(state):
    record = bring_to(make_station(), state)
    with pytest.raises(WrongState, match="“edit” is not possible"):
        edit_draft(record, by=make_researcher(), summary="Other words.")


def test_assigning(researcher, other_researcher, editor):
    record = make_station(by=researcher)
    record = services.assign_record(record.pk, to=other_researcher, by=editor, lock_version=record.lock_version)
    assert fresh(record).assigned_to == other_researcher
    assert record.decisions.get(action="assign").comment == f"to {other_researcher}"
    assert not record.participations.filter(person__in=[other_researcher, editor]).exists()
    record = services.assign_record(record.pk, to=None, by=researcher, lock_version=record.lock_version)
    assert fresh(record).assigned_to is None


def test_only_active_researchers_and_editors_are_assigned(researcher, observer, administrator, superuser):
    record = make_station(by=researcher)
    for person in (observer, administrator, superuser, UserFactory(is_active=False)):
        with pytest.raises(InvalidContent) as caught:
            services.assign_record(record.pk, to=person, by=researcher, lock_version=record.lock_version)
        message = f"{person} is no active researcher or editor. Choose somebody else."
        assert caught.value.field_errors == {"assigned_to": [message]}


def test_discarding_keeps_the_record_for_the_files(researcher):
    record = make_station(by=researcher)
    record = services.discard_record(
        record.pk, by=researcher, lock_version=record.lock_version, comment="Logged twice."
    )
    assert (record.state, record.reference) == ("discarded", None)
    assert record.decisions.get(action="discard").comment == "Logged twice."
    with pytest.raises(WrongState):
        edit_draft(record, by=researcher, summary="Once more.")


def test_returning_needs_a_comment_and_clears_the_review(researcher, editor):
    record = bring_to(make_station(by=researcher), "approved")
    with pytest.raises(InvalidContent, match="Say what must change"):
        services.return_to_author(record.pk, by=editor, lock_version=record.lock_version, comment=" ")
    record = services.return_to_author(record.pk, by=editor, lock_version=record.lock_version, comment="When?")
    assert record.decisions.get(action="return").comment == "When?"
    record = fresh(record)
    for step in ("submitted", "verified", "approved"):
        assert (getattr(record, f"{step}_at"), getattr(record, f"{step}_by")) == (None, None)
        assert getattr(record, f"{step}_digest") == ""


def test_withdrawing_is_for_authors(researcher, other_researcher):
    record = bring_to(make_station(by=researcher), "verified")
    with pytest.raises(NotAllowed, match="Only an author"):
        services.withdraw_record(record.pk, by=other_researcher, lock_version=record.lock_version)
    assert services.withdraw_record(record.pk, by=researcher, lock_version=record.lock_version).state == "draft"


def test_commenting(researcher, observer):
    record = make_station(by=researcher)
    comment = services.comment_on_record(record.pk, text="  Who says so? ", field="summary", by=researcher)
    assert (comment.text, comment.field, comment.person) == ("Who says so?", "summary", researcher)
    with pytest.raises(InvalidContent, match="Write something first"):
        services.comment_on_record(record.pk, text="  ", by=researcher)
    with pytest.raises(NotAllowed):
        services.comment_on_record(record.pk, text="Hello", by=observer)


def test_a_comment_on_a_field_that_does_not_exist(researcher):
    record = make_station(by=researcher)
    with pytest.raises(InvalidContent) as caught:
        services.comment_on_record(record.pk, text="Hello", field="no such field", by=researcher)
    assert caught.value.field_errors.keys() == {"field"}


def test_sources_are_logged_with_messages_at_their_fields(researcher, observer):
    with pytest.raises(InvalidContent) as caught:
        make_source(by=researcher, published="yesterday", type="hearsay", url="not a url")
    assert caught.value.field_errors.keys() == {"published", "type", "url"}
    with pytest.raises(NotAllowed):
        make_source(by=observer)
