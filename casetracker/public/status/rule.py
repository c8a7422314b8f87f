"""The status of a government, decided from the latest of what each sort of act says.

The rule itself: no query is made here, and every question about a status ends here.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from casetracker.public.labels import INQUIRY_STATES, NO_STATUS, status_words
from casetracker.public.status.facts import CLAIMED, CONTINUES, DECIDING, ORDERED, RUNNING, Fact, day_of

Reason = Literal["", "no_response", "responded", "accused_state"]
State = Literal["", "running", "ended"]


# The latest fact of each sort about one government.
Latest = Mapping[str, Fact]


class Run(NamedTuple):
    """An unbroken run of acts about a government that say the same: those after one position, up to another."""

    government: str
    says: tuple[str, ...]
    after: str
    until: str


@dataclass(frozen=True)
class Line:
    """A line of events beside the status: the inquiry or the closure.

    `state` is running or ended for an inquiry, and empty for a closure. `since` is the day from which the
    first act of the unbroken run that says the same counts; `ended_on` is that of the end of an inquiry.
    """

    state: State
    basis: str
    label: str
    since: dt.date | None
    set_by: str
    activity_continues: bool = False
    ended_on: dt.date | None = None


@dataclass(frozen=True)
class Possibly:
    """What the status may already have been: an act with a vague date, which surely counts only later."""

    value: str
    basis: str
    label: str
    reference: str


@dataclass(frozen=True)
class Status:
    """A government's response status. Either `value` or `reason` is set; `label` says both in words.

    `since` is the day from which the first act of the unbroken run with this value and basis counts; None
    if its day is not known. `last_confirmed` is the last day on which the acts of that run show it, and
    `last_looked_on` the UTC day on which a response about the government was published last.
    `set_by` is the reference of the response that sets the status.
    """

    value: str = ""
    basis: str = ""
    label: str = ""
    since: dt.date | None = None
    last_confirmed: dt.date | None = None
    last_looked_on: dt.date | None = None
    set_by: str = ""
    activity_continues: bool = False
    reason: Reason = ""
    possibly: Possibly | None = None
    inquiry: Line | None = None
    closure: Line | None = None


@dataclass(frozen=True)
class Decision:
    """The act that decides, and whether activity is reported to continue in spite of it.

    `fell_back` tells that a later claim of closure was contradicted, so that the order before it stands.
    """

    act: Fact
    activity_continues: bool
    fell_back: bool = False

    @property
    def value(self) -> str:
        """The status that it sets."""
        return DECIDING[self.act.says][0]

    @property
    def basis(self) -> str:
        """On what that rests."""
        return DECIDING[self.act.says][1]

    @property
    def label(self) -> str:
        """Both in words."""
        return status_words(self.value, self.basis, self.act.level)


def without(reason: Reason) -> Status:
    """Return a status without a value, and why."""
    return Status(reason=reason, label=NO_STATUS[reason])


NO_RESPONSE = without("no_response")


def decide(latest: Latest, codes: Iterable[str] = tuple(DECIDING)) -> Decision | None:
    """Return what the latest act that says one of `codes` decides; None without any.

    A report that activity continues contradicts what came before it, or came with it. A closure that was
    only claimed then gives way to the order before it, if there was one.
    """
    act = last_of(latest, codes)
    if act is None:
        return None
    report = latest.get(CONTINUES)
    contradicted = report is not None and report.position >= act.position
    if contradicted and act.says == CLAIMED and ORDERED in latest:
        return Decision(latest[ORDERED], activity_continues=True, fell_back=True)
    return Decision(act, contradicted)


def last_of(latest: Latest, codes: Iterable[str]) -> Fact | None:
    """Return the last of the facts with these codes."""
    return max((latest[says] for says in codes if says in latest), key=lambda fact: fact.position, default=None)


def run_of(act: Fact, says: Iterable[str], among: Iterable[str], before: Latest) -> Run:
    """Return the unbroken run that ends with an act: what says the same, after the last that says otherwise.

    `before` has the latest facts up to the act, `among` the codes of which those not in `says` break the run.
    """
    same = tuple(says)
    other = last_of(before, (code for code in among if code not in same))
    after = other.position if other else ""
    # A code that no act in the run says needs no search.
    said = (code for code in same if code == act.says or (code in before and before[code].position > after))
    return Run(act.government, tuple(said), after, act.position)


def inquiry_line(act: Fact, start: str) -> Line:
    """Return the line of the inquiry from its last act; `start` is where the run of that act begins.

    A closure does not end an inquiry: only what says that it is over does.
    """
    state: State = "running" if act.says in RUNNING else "ended"
    since = day_of(start)
    return Line(
        state=state,
        basis=DECIDING[act.says][1] if act.says in DECIDING else "inquiry_ended",
        label=INQUIRY_STATES[state],
        since=since,
        set_by=act.reference,
        ended_on=since if state == "ended" else None,
    )


def closure_line(decision: Decision, start: str) -> Line:
    """Return the line of the closure from what decides about it; `start` is where its run begins."""
    return Line(
        state="",
        basis=decision.basis,
        label=decision.label,
        since=day_of(start),
        set_by=decision.act.reference,
        activity_continues=decision.activity_continues,
    )
