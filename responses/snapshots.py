"""What the public sees of responses and agreements."""

from typing import Any

from casetracker.places.countries import name_of
from casetracker.review.kinds import Content, Links
from responses.choices import AgreementType, ResponseKind

_RESPONSE_FIELDS = (
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
_AGREEMENT_FIELDS = (
    "country",
    "counterpart",
    "parties",
    "type",
    "title",
    "title_language",
    "signed",
    "in_force_from",
    "in_force_to",
    "places",
    "status",
    "status_as_of",
    "summary",
)


def response_snapshot(content: Content, links: Links) -> dict[str, Any]:
    """Return the public fields of a response."""
    fields = content["fields"]
    return {
        "label": response_label(fields["concerns"] or fields["responder"], fields["date"], fields["kind"]),
        **{name: fields[name] for name in _RESPONSE_FIELDS},
        "stations": [links.records[key] for key in fields["stations"] if key in links.records],
        "same_act_as": links.records.get(fields["same_act_as"] or ""),
    }


def response_label(government: str, date: str, kind: str) -> str:
    """Return what lists call a response, such as “Netherlands, 2022-11-01: closure ordered”."""
    return f"{name_of(government, 'en')}, {date}: {ResponseKind(kind).label}"


def agreement_snapshot(content: Content, links: Links) -> dict[str, Any]:
    """Return the public fields of an agreement."""
    fields = content["fields"]
    date = fields["signed"] or fields["in_force_from"]
    return {
        "label": agreement_label(fields["country"], fields["counterpart"], date, fields["type"]),
        **{name: fields[name] for name in _AGREEMENT_FIELDS},
        "ended_by": links.records.get(fields["ended_by"] or ""),
    }


def agreement_label(country: str, counterpart: str, date: str, agreement_type: str) -> str:
    """Return what lists call an agreement, such as “Italy and China, 2015: agreement on joint patrols”."""
    states = f"{name_of(country, 'en')} and {name_of(counterpart, 'en')}"
    return f"{', '.join(filter(None, (states, date)))}: {AgreementType(agreement_type).label}"
