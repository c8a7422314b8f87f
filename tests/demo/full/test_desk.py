"""What waits on the desk, and why it is not public."""

import pytest

from casetracker.core.errors import InvalidContent
from casetracker.demo.loader import load_reference_data
from casetracker.demo.unfinished import STORIES
from casetracker.demo.unfinished_claims import CLAIM_STORIES
from casetracker.review.choices import Action, PublicStatus, State, SuggestionState
from casetracker.review.content import build_content
from casetracker.review.evidence import problems_before_review
from casetracker.review.models import Comment, Decision, Record, Suggestion
from casetracker.review.services import approve_record, submit_record

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("demo")]

NOTHING = "Nothing supports this record"
FORUM = "A forum quote or a machine translation carries no publication alone"
REFUSED = {
    "ua-odesa-1": FORUM,
    "rs-belgrade-1": FORUM,
    "mn-ulaanbaatar-1": FORUM,
    "uz-sirdaryo-1": FORUM,
    "bn-unplaced-1": NOTHING,
    "kh-unplaced-1": NOTHING,
    "de-2": FORUM,
}


def test_six_stations_and_a_claim_stay_drafts(desk):
    assert desk.refused.keys() == REFUSED.keys()
    hidden = [key for key, record in desk.records.items() if record.public_status != PublicStatus.LIVE]
    assert set(hidden) == REFUSED.keys()


@pytest.mark.parametrize(("key", "reason"), REFUSED.items())
def test_the_rules_themselves_refuse_them(desk, key, reason):
    record = Record.objects.get(pk=desk.records[key].pk)
    assert problems_before_review(build_content(record))[0].startswith(reason)
    with pytest.raises(InvalidContent, match=reason):
        submit_record(record.pk, by=desk.team.researcher1, lock_version=record.lock_version)


@pytest.mark.parametrize(
    ("state", "count"),
    [(State.DRAFT, 13), (State.SUBMITTED, 3), (State.VERIFIED, 3), (State.APPROVED, 3), (State.DISCARDED, 1)],
)
def test_every_queue_has_something_in_it(state, count):
    assert Record.objects.filter(state=state).count() == count


@pytest.mark.parametrize("name", ["researcher1", "researcher2", "editor1", "editor2"])
def test_something_waits_for_everybody(desk, name):
    person = getattr(desk.team, name)
    is_editor = name.startswith("editor")
    assert Record.objects.waiting_for(person, is_reviewer=True, is_editor=is_editor).exists()


def test_returned_records_say_what_to_change():
    returns = Decision.objects.filter(action=Action.RETURN).select_related("record")
    assert len(returns) == 3
    assert all(act.comment and act.record.state == State.DRAFT for act in returns)


def test_there_are_a_comment_an_assignment_and_a_suggestion():
    assert Comment.objects.count() == 1
    assert Record.objects.filter(assigned_to__isnull=False).count() == 2
    assert Suggestion.objects.filter(state=SuggestionState.OPEN).count() == 1


def test_no_story_is_public():
    assert len([*STORIES, *CLAIM_STORIES]) == 17
    assert set(Record.objects.live().values_list("published_version", flat=True)) == {1}
    assert not Record.objects.filter(public_status=PublicStatus.RETRACTED).exists()


def test_a_private_address_in_a_url_keeps_a_revision_back(desk):
    record = Record.objects.get(pk=desk.records["ie-dublin-1"].pk)
    assert record.state == State.VERIFIED
    with pytest.raises(InvalidContent, match=r"“Capel Street” .* stands in “citations 3 source url”"):
        approve_record(record.pk, by=desk.team.editor1, lock_version=record.lock_version)


def test_loading_again_changes_nothing():
    before = list(Record.objects.order_by("pk").values())
    assert load_reference_data() is None
    assert list(Record.objects.order_by("pk").values()) == before
