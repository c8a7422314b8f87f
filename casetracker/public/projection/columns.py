"""The columns that filters and the status rule use, from snapshots."""

import datetime as dt
from typing import Any

from casetracker.core.dates import bounds_of
from casetracker.public.models import OPEN_END, OPEN_START
from casetracker.public.rendering.records import (
    basis_of,
    render_compact_agreement,
    render_compact_claim,
    render_compact_response,
)
from casetracker.public.rendering.values import Rendered, as_text


def station_columns(snapshot: Rendered) -> dict[str, Any]:
    """Return the columns of a station."""
    return {
        **_shared(snapshot),
        **{
            name: snapshot[name]
            for name in (
                "country",
                "kind",
                "place_precision",
                "locality",
                "latitude",
                "longitude",
                "operator_jurisdiction",
                "operating_status",
                "standing",
            )
        },
        **bound_columns("first_reported", snapshot["first_reported"]),
        **bound_columns("opened", snapshot["opened"]),
        **bound_columns("closed", snapshot["closed"]),
    }


def response_columns(snapshot: Rendered) -> dict[str, Any]:
    """Return the columns of a response, its short form included."""
    return {
        **_shared(snapshot),
        **{
            name: snapshot[name]
            for name in (
                "concerns",
                "responder",
                "kind",
                "level",
                "scope",
                "sets_status",
                "activity_continues",
                "unrelated_offence",
            )
        },
        "basis": basis_of(snapshot),
        **bound_columns("date", snapshot["date"]),
        "order_in_day": snapshot["order_in_day"] or 0,
        "last_known_true_latest": _closed_bounds(snapshot["last_known_true"])[1],
        "compact": as_text(render_compact_response(snapshot)),
    }


def agreement_columns(snapshot: Rendered) -> dict[str, Any]:
    """Return the columns of an agreement, its short form included."""
    return {
        **_shared(snapshot),
        **{name: snapshot[name] for name in ("country", "counterpart", "type", "status")},
        **bound_columns("signed", snapshot["signed"]),
        "ended_by": snapshot["ended_by"] or "",
        "compact": as_text(render_compact_agreement(snapshot)),
    }


def claim_columns(snapshot: Rendered) -> dict[str, Any]:
    """Return the columns of a claim, its short form included."""
    return {
        **_shared(snapshot),
        **{
            name: snapshot[name]
            for name in ("topic", "country", "claimed_by", "epistemic_status", "qualifier", "value", "unit")
        },
        **bound_columns("as_of", snapshot["as_of"]),
        "superseded_by": snapshot["superseded_by"] or "",
        "compact": as_text(render_compact_claim(snapshot)),
    }


def _shared(snapshot: Rendered) -> dict[str, Any]:
    counts_from = snapshot["counts_from"]
    return {
        "counts_from": dt.date.fromisoformat(counts_from) if counts_from else OPEN_START,
        "verification": snapshot["verification"]["level"],
        "disputed": snapshot["verification"]["disputed"],
    }


def bound_columns(name: str, text: str) -> dict[str, dt.date | None]:
    """Return the columns with the first and last day of an EDTF text."""
    earliest, latest = _closed_bounds(text)
    return {f"{name}_earliest": earliest, f"{name}_latest": latest}


def _closed_bounds(text: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day of an EDTF text, an open end as its stand-in; None without a date."""
    if not text:
        return None, None
    earliest, latest = bounds_of(text)
    return earliest or OPEN_START, latest or OPEN_END
