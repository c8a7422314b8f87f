"""What the public sees of a response."""

from typing import Any

from casetracker.places.countries import name_of
from casetracker.review.kinds import Content, Links
from responses.choices import ResponseKind
from responses.status import counts_from

_FIELDS = (
    "concerns",
    "responder",
    "actor",
    "person",
    "party",
    "cabinet",
    "anonymous",
    "level",
    "kind",
    "date",
    "order_in_day",
    "summary",
    "quote",
    "quote_language",
    "quote_translation",
    "scope",
    "unrelated_offence",
    "sets_status",
    "closure_basis",
    "no_action_basis",
    "activity_continues",
    "last_known_true",
)


def response_snapshot(content: Content, links: Links) -> dict[str, Any]:
    """Return the public fields of a response, and the day from which it counts."""
    fields = content["fields"]
    first_day = counts_from(content)
    return {
        "label": response_label(fields["concerns"] or fields["responder"], fields["date"], fields["kind"]),
        **{name: fields[name] for name in _FIELDS},
        "stations": [links.records[key] for key in fields["stations"] if key in links.records],
        "same_act_as": links.records.get(fields["same_act_as"] or ""),
        "counts_from": first_day.isoformat() if first_day else None,
    }


def response_label(government: str, date: str, kind: str) -> str:
    """Return what lists call a response, such as “Netherlands, 2022-11-01: closure ordered”."""
    return f"{name_of(government, 'en')}, {date}: {ResponseKind(kind).label}"
