"""Who says it independently: copies never count as more than what they copy."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casetracker.sources.choices import COPY_TYPES, SourceType
from casetracker.sources.models import Source
from casetracker.sources.origins import count_origins, derives_from, origins_of
from tests.factories.records import make_researcher, make_source

ORIGINAL_TYPES = sorted(set(SourceType) - COPY_TYPES)


@pytest.fixture
def researcher(db):
    return make_researcher()


def derived(parent, by, **fields):
    return make_source(by=by, derived_from=parent, **{"derivation": "reports_on", **fields})


def count(sources):
    """Count origins as the content of a record does: by the type of the document at the root."""
    origins = origins_of([source.pk for source in sources])
    types = dict(Source.objects.values_list("pk", "type"))
    return count_origins([(str(origin), types[origin]) for origin in origins.values()])


def test_ten_articles_on_one_report_are_one_origin(researcher, django_assert_num_queries):
    report = make_source(by=researcher, type="ngo_report")
    articles = [derived(report, researcher) for _ in range(10)]
    with django_assert_num_queries(2):
        assert set(origins_of(article.pk for article in articles).values()) == {report.pk}
    assert count(articles) == 1
    assert count([report, *articles]) == 1


def test_a_translation_of_an_article_on_a_report_has_the_report_as_origin(researcher):
    report = make_source(by=researcher)
    translation = derived(derived(report, researcher), researcher, derivation="machine_translation")
    assert origins_of([translation.pk]) == {translation.pk: report.pk}


def test_an_article_of_its_own_is_a_second_origin(researcher):
    report = make_source(by=researcher)
    assert count([derived(report, researcher), make_source(by=researcher)]) == 2


@pytest.mark.parametrize("copy_type", sorted(COPY_TYPES))
def test_copies_of_unknown_documents_add_nothing(researcher, copy_type):
    copies = [make_source(by=researcher, type=copy_type) for _ in range(3)]
    assert count(copies) == 1, "they may all copy the same"
    assert count([*copies, make_source(by=researcher)]) == 1, "they may copy this one"


def test_a_copy_of_a_known_document_counts_as_that(researcher):
    article = make_source(by=researcher)
    copy = derived(article, researcher, type="republished_copy", derivation="copy")
    assert count([copy]) == 1
    assert count([copy, make_source(by=researcher)]) == 2


def test_nothing_has_no_origin(db):
    assert origins_of([]) == {}
    assert count_origins([]) == 0


def test_a_source_derives_from_itself_and_from_all_above(researcher):
    top = make_source(by=researcher)
    middle = derived(top, researcher)
    low = derived(middle, researcher)
    assert derives_from(low.pk, top.pk)
    assert derives_from(low.pk, low.pk)
    assert not derives_from(top.pk, low.pk)


# A forest: each source derives from an earlier one, or from none.
forests = st.lists(st.none() | st.integers(0, 30), min_size=1, max_size=14).map(
    lambda parents: [
        None if parent is None or number == 0 else parent % number for number, parent in enumerate(parents)
    ]
)


def root_of(number, parents):
    while parents[number] is not None:
        number = parents[number]
    return number


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parents=forests, data=st.data())
def test_origins_of_any_graph(researcher, parents, data):
    Source.objects.all()._raw_delete("default")  # Each from the one before.
    ids = [UUID(int=number + 1) for number in range(len(parents))]
    Source.objects.bulk_create(
        Source(
            pk=ids[number],
            title="T",
            publisher="P",
            type="newspaper",
            created_by=researcher,
            derived_from_id=None if parent is None else ids[parent],
            derivation="" if parent is None else "quotes",
        )
        for number, parent in enumerate(parents)
    )
    wanted = data.draw(st.sets(st.sampled_from(range(len(parents)))))
    expected = {ids[number]: ids[root_of(number, parents)] for number in wanted}
    assert origins_of([ids[number] for number in wanted]) == expected
    assert count_origins([(str(origin), "newspaper") for origin in expected.values()]) == len(set(expected.values()))


@given(
    known=st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(ORIGINAL_TYPES))),
    copies=st.lists(st.tuples(st.sampled_from("wxyz"), st.sampled_from(sorted(COPY_TYPES)))),
)
def test_more_copies_never_raise_the_count(known, copies):
    count = count_origins([*known, *copies])
    if known:
        assert count == len({origin for origin, _type in known})
    else:
        assert count == min(1, len(copies))
