"""Responses and agreements as the review sees them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casetracker.review.kinds import RecordKind
from responses.choices import AgreementStatus
from responses.models import Agreement, Response
from responses.snapshots import agreement_label, agreement_snapshot, response_label, response_snapshot


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
    dates=("date",),
    snapshot=response_snapshot,
    describe=describe_response,
    derive=Response.set_date_bounds,
)


def describe_agreement(agreement: Any) -> str:
    """Return what desk lists call an agreement."""
    date = agreement.signed or agreement.in_force_from
    return agreement_label(agreement.country, agreement.counterpart, date, agreement.type)


AGREEMENT = RecordKind(
    name="agreement",
    prefix="A",
    label=_("agreement"),
    model=Agreement,
    fields=(
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
        "ended_by",
    ),
    private=("notes",),
    citable=(
        "country",
        "parties",
        "type",
        "title",
        "signed",
        "in_force_from",
        "in_force_to",
        "places",
        "status",
        "summary",
        "ended_by",
    ),
    assumed={"status": AgreementStatus.UNKNOWN},
    complements={
        "country": ("counterpart",),
        "title": ("title_language",),
        "status": ("status_as_of",),
    },
    texts=("summary",),
    links=("ended_by",),
    dates=("signed", "in_force_from"),
    snapshot=agreement_snapshot,
    describe=describe_agreement,
)
