"""Responses as the review sees them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casetracker.review.kinds import RecordKind
from responses.models import Response
from responses.snapshots import response_label, response_snapshot


def describe_response(response: Any) -> str:
    """Return what desk lists call a response."""
    return response_label(response.concerns or response.responder, response.date, response.kind)


RESPONSE = RecordKind(
    name="response",
    prefix="R",
    label=_("response"),
    model=Response,
    fields=(
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
        "stations",
        "scope",
        "unrelated_offence",
        "sets_status",
        "closure_basis",
        "no_action_basis",
        "activity_continues",
        "last_known_true",
        "same_act_as",
    ),
    private=("notes",),
    citable=("concerns", "responder", "actor", "person", "kind", "date", "summary", "quote", "stations", "sets_status"),
    complements={
        "actor": ("anonymous", "level"),
        "person": ("party", "cabinet"),
        "kind": ("unrelated_offence", "same_act_as"),
        "date": ("order_in_day",),
        "quote": ("quote_language", "quote_translation"),
        "stations": ("scope",),
        "sets_status": ("closure_basis", "no_action_basis", "scope", "activity_continues", "last_known_true"),
    },
    texts=("summary", "quote_translation"),
    links=("stations", "same_act_as"),
    snapshot=response_snapshot,
    describe=describe_response,
    derive=Response.set_date_bounds,
)
