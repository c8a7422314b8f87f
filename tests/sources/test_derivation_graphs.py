"""On any graph of derivations: no circle, origins are roots, and copies add nothing."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casetracker.core.errors import InvalidContent
from casetracker.review import services
from casetracker.review.content import build_content
from casetracker.review.evidence import verification_level
from casetracker.review.models import Citation
from casetracker.sources.choices import AUTHORITY_TYPES, COPY_TYPES, Derivation, SourceType
from casetracker.sources.models import Source
from casetracker.sources.origins import origins_of
from tests.factories.records import make_researcher, make_station

pytestmark = pytest.mark.slow

RANK = {"reported": 0, "corroborated": 1, "officially_confirmed": 2}
SIZE = 6
slowly = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# A forest: each source derives from an earlier one, or from none.
forests = st.lists(st.none() | st.integers(0, 30), min_size=1, max_size=10).map(
    lambda parents: [
        None if parent is None or number == 0 else parent % number for number, parent in enumerate(parents)
    ]
)
# Edits: which source is said to derive from which, or from none.
edits = st.lists(st.tuples(st.integers(0, SIZE - 1), st.none() | st.integers(0, SIZE - 1)), max_size=12)


@pytest.fixture
def researcher(db):
    return make_researcher()


def key_of(number):
    return UUID(int=number + 1)


def plant(parents, types, by):
    """Sources that derive from one another as `parents` say."""
    Citation.objects.all().delete()
    Source.objects.all()._raw_delete("default")  # Each from the one before.
    Source.objects.bulk_create(
        Source(
            pk=key_of(number),
            title=f"Source {number}",
            publisher="P",
            type=types[number],
            created_by=by,
            derived_from_id=None if parent is None else key_of(parent),
            derivation="" if parent is None else "quotes",
        )
        for number, parent in enumerate(parents)
    )


def line(number, parents):
    found = [number]
    while parents[number] is not None:
        number = parents[number]
        found.append(number)
    return found


@slowly
@given(steps=edits)
def test_no_sequence_of_edits_closes_a_circle(researcher, steps):
    parents = [None] * SIZE
    plant(parents, ["newspaper"] * SIZE, researcher)
    for child, parent in steps:
        source = Source.objects.get(pk=key_of(child))
        fields = {
            "derived_from": None if parent is None else Source.objects.get(pk=key_of(parent)),
            "derivation": "" if parent is None else Derivation.QUOTES,
        }
        try:
            services.edit_source(source.pk, fields=fields, by=researcher, lock_version=source.lock_version)
        except InvalidContent:
            assert child in line(parent, parents), "refused, and yet no circle"
        else:
            assert parent is None or child not in line(parent, parents), "a circle was let through"
            parents[child] = parent
    expected = {key_of(number): key_of(line(number, parents)[-1]) for number in range(SIZE)}
    assert origins_of(map(key_of, range(SIZE))) == expected


def level_of(record):
    found = verification_level(build_content(record))
    return RANK[found["level"]], found["independent_origins"]


def cite(record, numbers):
    Citation.objects.filter(record=record).delete()
    Citation.objects.bulk_create(Citation(record=record, source_id=key_of(number)) for number in numbers)


@slowly
@given(parents=forests, data=st.data())
def test_copies_never_raise_the_level(researcher, parents, data):
    types = data.draw(st.lists(st.sampled_from(SourceType), min_size=len(parents), max_size=len(parents)))
    cited = data.draw(st.lists(st.sampled_from(range(len(parents))), min_size=1, unique=True))
    copied = data.draw(st.sampled_from(cited))
    copy_type = data.draw(st.sampled_from(sorted(set(SourceType) - AUTHORITY_TYPES)))
    record = make_station(by=researcher, citations=[])
    plant([*parents, copied], [*types, copy_type], researcher)
    cite(record, cited)
    rank, origins = level_of(record)
    roots = {line(number, parents)[-1] for number in cited}
    assert 1 <= origins <= len(roots)
    assert rank == 2 or (rank == 1) == (origins > 1)
    known = {root for root in roots if types[root] not in COPY_TYPES}
    assert origins == (len(known) or 1)
    cite(record, [*cited, len(parents)])
    assert level_of(record) == (rank, origins)


@slowly
@given(parents=forests, data=st.data())
def test_copies_of_something_unknown_never_raise_the_level(researcher, parents, data):
    cited = data.draw(st.lists(st.sampled_from(range(len(parents))), min_size=1, unique=True))
    unknown = data.draw(st.lists(st.sampled_from(sorted(COPY_TYPES)), min_size=1, max_size=3))
    record = make_station(by=researcher, citations=[])
    plant([*parents, *(None for _ in unknown)], [*("newspaper" for _ in parents), *unknown], researcher)
    cite(record, cited)
    before = level_of(record)
    cite(record, [*cited, *range(len(parents), len(parents) + len(unknown))])
    assert level_of(record) == before
