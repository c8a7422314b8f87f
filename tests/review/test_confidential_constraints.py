"""What the database keeps of confidential sources, whatever the code above it does."""

import pytest
from django.db import DatabaseError, transaction

from casetracker.core.append_only import AppendOnlyError
from casetracker.review.models import ConfidentialCheck, ConfidentialEvent
from tests.factories.confidential import check_in_confidence, cite_in_confidence, make_cleared
from tests.factories.records import bring_to, make_station
from tests.raw_writes import raw_copy, raw_update, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cited():
    author = make_cleared()
    cited = cite_in_confidence(make_station(by=author), by=author)
    bring_to(cited.record, "submitted", author=author)
    check_in_confidence(cited, by=make_cleared())
    return cited


def test_only_support_is_shown(cited):
    refused(raw_update(cited, stance="denies", shown=True), "review_only_support_is_shown")


def test_only_known_stances_and_verdicts(cited):
    refused(raw_update(cited, stance="likes"), "review_confidential_stance_known")
    refused(raw_copy(cited.checks.get(), verdict="perhaps"), "review_confidential_verdict_known")


@pytest.mark.parametrize(("act", "reason"), [("opened", ""), ("opened", "curiosity"), ("cited", "check")])
def test_a_reading_has_a_reason_and_nothing_else_has(cited, act, reason):
    event = cited.events.filter(act="opened").get()
    refused(raw_copy(event, act=act, reason=reason), "review_confidential_reading_for_a_reason")


def test_who_read_what_is_never_changed(cited):
    for rows in (ConfidentialEvent.objects, ConfidentialCheck.objects):
        with pytest.raises(AppendOnlyError):
            rows.update(person=make_cleared())
        change = raw_update(rows.first(), person_id=make_cleared().pk)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
