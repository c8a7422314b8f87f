"""Queries that were put into SQL once."""

import pytest

from casetracker.core.prepared import Prepared
from casetracker.publication.models import LogEntry
from tests.factories.publications import publish_station

pytestmark = pytest.mark.django_db

COLUMNS = ("sequence", "published_at")


def test_the_same_query_is_asked_again_for_other_texts_and_later_rows():
    publish_station(1)
    rows = LogEntry.objects.filter(version=1).filter(reference="")
    query = Prepared(rows.values_list(*COLUMNS), "default")
    first = query.fetch("S-1")
    publish_station(2)
    assert query.fetch("S-1") == first != []
    assert [tuple(row) for row in query.fetch("S-2")] == [
        *LogEntry.objects.filter(reference="S-2").values_list(*COLUMNS)
    ]
    assert query.fetch("S-3") == []


def test_what_nothing_can_fit_is_not_asked(django_assert_num_queries):
    query = Prepared(LogEntry.objects.filter(sequence__in=[]).values_list("sequence"), "default")
    with django_assert_num_queries(0):
        assert query.fetch() == []
