"""Queries that were put into SQL once."""

import pytest

from casetracker.core.prepared import ANY_TEXT, Prepared
from casetracker.publication.models import LogEntry
from tests.factories.publications import publish_station

pytestmark = pytest.mark.django_db


def test_the_same_query_is_asked_again_for_other_texts_and_later_rows():
    publish_station(1)
    query = Prepared(LogEntry.objects.filter(reference=ANY_TEXT).values_list("sequence", "published_at"), "default")
    first = query.fetch("S-1")
    publish_station(2)
    assert query.fetch("S-1") == first
    assert [list(row) for row in query.fetch("S-2")] == [
        list(row) for row in LogEntry.objects.filter(reference="S-2").values_list("sequence", "published_at")
    ]
    assert query.fetch("S-3") == []


def test_what_nothing_can_fit_is_not_asked(django_assert_num_queries):
    query = Prepared(LogEntry.objects.filter(sequence__in=[]).values_list("sequence"), "default")
    with django_assert_num_queries(0):
        assert query.fetch() == []
