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
VERIFICATION_LEVELS = {
    "reported": Mark("bars-1", "plain"),
    "corroborated": Mark("bars-2", "plain"),
    "officially_confirmed": Mark("bars-3", "plain"),
}
DISPUTED = Mark("unequal", "denied")
