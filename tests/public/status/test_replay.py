"""What is read by index is what a replay of the whole log gives, whatever was published, corrected and retracted."""

import datetime as dt

import hypothesis
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from casetracker.public.filters import ResponseFilter
from casetracker.public.keyset import Ordering, page_of
from casetracker.public.models import ResponseDocument
from casetracker.public.status import NO_RESPONSE, status_history, status_of, statuses
from casetracker.public.view import View
from casetracker.publication.registry import Publication, project
from tests.factories.publications import closed, investigating, no_action, response_snapshot
from tests.public.status import replay

pytestmark = pytest.mark.django_db

GOVERNMENTS = ("NL", "DE")
# Each with the days from which something of that date can count.
DATES = (
    ("2022-10-01", ["2022-10-01"]),
    ("2022-10-02", ["2022-10-02"]),
    ("2022-10-02", ["2022-10-02"]),
    ("2022-10-04", ["2022-10-04"]),
    ("2022-10", ["2022-10-31", "2022-10-03"]),
    ("2022", ["2022-12-31", "2022-10-02"]),
    ("2020/2022", ["2022-12-31"]),
    ("2022/..", ["2022-10-05", None]),
)
# Acts that contradict one another come often, because most of the rule is about them.
SAYS = (
    {},
    *[{"kind": "activity_continues"}] * 3,
    {"kind": "investigation_ended"},
    *[investigating()] * 2,
    *[closed("ordered")] * 4,
    *[closed("claimed")] * 4,
    closed("confirmed"),
    closed("ordered", activity_continues=True),
    no_action("none_announced"),
    no_action("inquiry_ended"),
    no_action("nothing_found", last_known_true="2022-10-06"),
)
SPEAKERS = (
    *[{}] * 8,
    {"responder": "CN", "level": "embassy"},
    {"level": "press"},
    {"level": "operator"},
    {"scope": "stations"},
    {"unrelated_offence": True},
)
GOVERNMENTS_OF_ACTS = ("NL", "NL", "NL", "DE")
ORDERINGS = (Ordering("number", ("number",)), Ordering("-date", ("date_earliest", "number")))
DAYS = [None, *(dt.date(2022, 10, day) for day in (1, 2, 3, 4, 30)), dt.date(2022, 1, 15), dt.date(2022, 12, 31)]


@st.composite
def acts(draw):
    date, counts_from = draw(st.sampled_from(DATES))
    return {
        "concerns": draw(st.sampled_from(GOVERNMENTS_OF_ACTS)),
        "responder": draw(st.sampled_from(GOVERNMENTS_OF_ACTS)),
        "date": date,
        "counts_from": draw(st.sampled_from(counts_from)),
        "order_in_day": draw(st.sampled_from([None, 1, 2])),
        **draw(st.sampled_from(SAYS)),
        **draw(st.sampled_from(SPEAKERS)),
    }


# A number of a response, and what is published of it; None retracts it. A later act of the same number corrects it,
# its date and its government included.
STEPS = st.tuples(st.integers(1, 7), st.one_of(acts(), acts(), acts(), acts(), st.none()))
HISTORIES = st.lists(STEPS, min_size=3, max_size=8)


def told_on(number, date, says):
    return number, {"concerns": "NL", "responder": "NL", "date": date, "counts_from": date, **says}


# The way to a contradicted claim of closure, published in any order, with other acts between.
CONTRADICTED = (
    told_on(7, "2022-10-02", closed("ordered")),
    told_on(8, "2022-10-03", closed("claimed")),
    told_on(9, "2022-10-04", {"kind": "activity_continues"}),
)
CONTRADICTIONS = st.lists(STEPS, max_size=4).flatmap(lambda steps: st.permutations([*CONTRADICTED, *steps]))
VIEWS = st.lists(st.tuples(st.sampled_from(DAYS), st.one_of(st.none(), st.integers(0, 9))), min_size=1, max_size=2)


def publish(steps):
    """Publish a history past the review, and return its log."""
    log, versions, live = [], {}, set()
    for number, act in steps:
        reference = f"R-{number}"
        if act is None and reference not in live:
            continue
        sequence = len(log) + 1
        if act is None:
            live.discard(reference)
            snapshot = {"schema": 1, "record_kind": "response", "reference": reference, "reason": "error"}
        else:
            live.add(reference)
            versions[reference] = versions.get(reference, 0) + 1
            snapshot = response_snapshot(number, version=versions[reference], citations=[], **act)
        published_at = dt.datetime(2022, 12, 1 + sequence // 2, 12, tzinfo=dt.UTC)
        action, version = ("publish", versions[reference]) if act else ("retract", None)
        log.append(Publication(sequence, "response", reference, version, action, published_at, snapshot, note=""))
        project(log[-1:])
    return log


def check(log, view):
    records = replay.known(log, view.known_at)
    shown = replay.counted(records, view.as_of)
    together = statuses(view)
    for government in GOVERNMENTS:
        status = together.get(government, NO_RESPONSE)
        expected = replay.status(shown, government, view.as_of)
        assert expected == (
            status.value,
            status.basis,
            status.reason,
            status.activity_continues,
            status.set_by,
            status.since,
            status.last_confirmed,
        )
        inquiry, closure, possibly = status.inquiry, status.closure, status.possibly
        assert replay.inquiry(shown, government) == (inquiry and (inquiry.state, inquiry.since, inquiry.set_by))
        assert replay.closure(shown, government) == (
            closure and (closure.basis, closure.activity_continues, closure.since, closure.set_by)
        )
        assert replay.possibly(records, government, view.as_of, expected) == (
            possibly and (possibly.value, possibly.basis, possibly.reference)
        )
        assert replay.looked_on(log, government, view.known_at) == status.last_looked_on
        check_history(records, government, view)
    assert status_of("NL", view) == together.get("NL", NO_RESPONSE)
    check_lists(shown, view)


def check_history(records, government, view):
    segments = status_history(government, view)
    assert replay.history(records, government, view.as_of) == [
        (
            segment.from_,
            segment.status.value,
            segment.status.basis,
            segment.status.reason,
            segment.status.activity_continues,
        )
        for segment in segments
    ]
    ends = [segment.to for segment in segments]
    assert ends == [segment.from_ - dt.timedelta(days=1) for segment in segments[1:]] + [None] * bool(segments)


def check_lists(shown, view):
    rows = ResponseDocument.objects.seen(view)
    for found, concerns in ((rows, GOVERNMENTS), (ResponseFilter.narrow(rows, {"concerns": ["DE"]}), ("DE",))):
        kept = sorted((act["reference"], act["version"]) for act in shown if act["concerns"] in concerns)
        for ordering in ORDERINGS:
            assert sorted(pages(found, ordering)) == kept


def pages(rows, ordering):
    """What all pages of a list show."""
    cursor = ""
    while True:
        page = page_of(rows, ordering, ("reference", "version"), limit=4, cursor=cursor)
        yield from page.rows
        cursor = page.next_cursor
        if not cursor:
            return


def compare(steps, asked):
    with transaction.atomic():
        log = publish(steps)
        for as_of, known_at in asked:
            check(log, View(as_of, known_at))
        transaction.set_rollback(True)


many = hypothesis.settings(suppress_health_check=list(HealthCheck), max_examples=1000, database=None)
few = hypothesis.settings(many, max_examples=100)


@pytest.mark.slow
@pytest.mark.both
@few
@given(steps=st.one_of(HISTORIES, CONTRADICTIONS), asked=VIEWS)
def test_a_hundred_histories_agree_with_their_replay(steps, asked):
    compare(steps, asked)


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.both
@many
@given(steps=st.one_of(HISTORIES, CONTRADICTIONS), asked=VIEWS)
def test_a_thousand_histories_agree_with_their_replay(steps, asked):
    compare(steps, asked)
