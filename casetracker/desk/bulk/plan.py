"""The plan of an act on a selection: what will become of each record, or why it is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from casetracker.desk.bulk.acts import BulkAct
from casetracker.review.admin.records import REVIEW_PAGE
from casetracker.review.kinds import kind_named
from casetracker.review.models import Record
from casetracker.review.services.selections import Seen

MOST = 100  # In one selection: a plan of more is read by nobody, and holds the log for long.
_MOST_DIGITS = 9


@dataclass(frozen=True)
class Step:
    """One record of a plan, with what will become of it, or with the reasons why nothing will."""

    record: Record
    outcome: str = ""
    reasons: Sequence[str] = ()

    @property
    def url(self) -> str:
        """The address of its review page."""
        return reverse(f"admin:{REVIEW_PAGE}", args=[self.record.pk])

    @property
    def kind(self) -> str:
        """What kind of record it is."""
        return str(kind_named(self.record.kind).label)

    @property
    def seen(self) -> str:
        """The record and its version as the plan's form sends them back."""
        return f"{self.record.pk}:{self.record.lock_version}"


@dataclass(frozen=True)
class Plan:
    """What will happen to a selection. `unknown` is how many of what was chosen are no records."""

    going: Sequence[Step]
    left_out: Sequence[Step]
    unknown: int = 0

    @property
    def steps(self) -> Sequence[Step]:
        """All of its records."""
        return (*self.going, *self.left_out)


def plan_of(act: BulkAct, chosen: Sequence[str]) -> Plan:
    """Plan an act on the records with these keys, in their order. Writes nothing.

    One query for the records, and for each a number of them that does not depend on the others.
    """
    keys = [key_in(text) for text in chosen]
    found = Record.objects.select_related("assigned_to").in_bulk([key for key in keys if key])
    records = [found[key] for key in dict.fromkeys(keys) if key in found]
    refused = act.refusals(records)
    going = [Step(record, outcome=act.outcome(record)) for record in records if record.pk not in refused]
    left_out = [Step(record, reasons=str(refused[record.pk]).split("\n")) for record in records if record.pk in refused]
    return Plan(going, left_out, unknown=len(set(chosen)) - len(records))


def key_in(text: str) -> UUID | None:
    """Return the key that a text is, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Shown:
    """What the form of a plan sends back: the records that it showed, as key and version each."""

    going_texts: Sequence[str]
    left_out_texts: Sequence[str]

    @property
    def going(self) -> list[Seen]:
        """The records that the plan showed as possible."""
        return [seen for seen in map(_seen_in, self.going_texts) if seen]

    @property
    def left_out(self) -> list[Seen]:
        """The records that the plan refused."""
        return [seen for seen in map(_seen_in, self.left_out_texts) if seen]

    @property
    def keys(self) -> list[str]:
        """The keys of all, as they were sent."""
        return [text.partition(":")[0] for text in (*self.going_texts, *self.left_out_texts)]

    def is_whole(self) -> bool:
        """Tell whether it can be carried out: each names another record, and there is one to act on. One query."""
        known = {key for key, _version in (*self.going, *self.left_out)}
        is_sound = len(known) == len(self.keys) <= MOST and bool(self.going)
        return is_sound and Record.objects.filter(pk__in=known).count() == len(known)


def _seen_in(text: str) -> Seen | None:
    key, _colon, version = text.partition(":")
    known = key_in(key)
    if known is None or not version.isascii() or not version.isdigit() or len(version) > _MOST_DIGITS:
        return None
    return known, int(version)
