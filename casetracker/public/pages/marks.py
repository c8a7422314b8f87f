"""What stands beside a word that says how things are: a shape and a tone, so that no colour speaks alone."""

from typing import NamedTuple


class Mark(NamedTuple):
    """A shape and a tone. Both are names that template and style sheet know."""

    shape: str
    tone: str


STATUSES = {
    ("investigating", ""): Mark("circle-half", "investigating"),
    ("closed", "ordered"): Mark("square-half", "closed"),
    ("closed", "claimed"): Mark("square-dashed", "closed"),
    ("closed", "confirmed"): Mark("square-full", "closed"),
    ("no_action", "declined"): Mark("diamond-bar", "no-action"),
    ("no_action", "none_announced"): Mark("diamond-open", "no-action"),
    ("no_action", "nothing_found"): Mark("diamond-half", "no-action"),
    ("no_action", "inquiry_ended"): Mark("diamond-full", "no-action"),
}
# For a group of statuses with several bases.
STATUS_VALUES = {
    "investigating": Mark("circle-half", "investigating"),
    "closed": Mark("square-half", "closed"),
    "no_action": Mark("diamond-open", "no-action"),
}
NO_STATUS = {
    "no_response": Mark("circle-dotted", "none"),
    "responded": Mark("circle-dot", "none"),
    "accused_state": Mark("bar", "none"),
}
OPERATING_STATUSES = {
    "reported_active": Mark("triangle-full", "alleged"),
    "closure_claimed": Mark("square-dashed", "closed"),
    "closure_confirmed": Mark("square-full", "closed"),
    "unknown": Mark("circle-dotted", "none"),
}
STANDINGS = {
    "alleged": Mark("triangle-open", "alleged"),
    "confirmed_by_authority": Mark("triangle-full", "alleged"),
    "inquiry_ended_without_charges": Mark("diamond-full", "no-action"),
}
AGREEMENT_STATUSES = {
    "announced": Mark("circle-dotted", "plain"),
    "in_force": Mark("square-full", "plain"),
    "in_force_not_used": Mark("square-dashed", "plain"),
    "continuing": Mark("square-full", "plain"),
    "completed": Mark("diamond-full", "plain"),
    "suspended": Mark("diamond-half", "no-action"),
    "ended": Mark("diamond-full", "no-action"),
    "disputed": Mark("unequal", "denied"),
    "ratified": Mark("square-half", "plain"),
    "unknown": Mark("circle-dotted", "none"),
}
EPISTEMIC_STATUSES = {
    "reported_finding": Mark("triangle-full", "alleged"),
    "alleged": Mark("triangle-open", "alleged"),
    "denied": Mark("unequal", "denied"),
    "claimed_by_accused": Mark("diamond-open", "denied"),
    "admission": Mark("diamond-full", "alleged"),
    "legal_assessment": Mark("square-half", "plain"),
    "caveat": Mark("diamond-bar", "plain"),
    "asserted": Mark("circle-dot", "plain"),
    "opinion": Mark("circle-half", "plain"),
}
VERIFICATION_LEVELS = {
    "reported": Mark("bars-1", "plain"),
    "corroborated": Mark("bars-2", "plain"),
    "officially_confirmed": Mark("bars-3", "plain"),
}
DISPUTED = Mark("unequal", "denied")
