"""Who does what before a record is public, for the page on method.

What is true of it comes from the table of the workflow: `manage.py render_workflow --public` has written it down, as
the public side cannot ask the table itself, and a test compares the two.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WRITTEN = Path(__file__).parents[1] / "data" / "workflow.json"
_ACTS: dict[str, Promise] = {
    "log": _("Write it down, with its sources"),
    "check": _("Open a source and compare it with what is cited"),
    "verify": _("Confirm that every source was compared"),
    "approve": _("Approve exactly this text"),
    "publish": _("Publish it"),
    "retract": _("Retract it, with a public reason"),
}
_ROLES: dict[tuple[str, ...], Promise] = {
    ("researcher", "editor"): _("A researcher or an editor"),
    ("editor",): _("An editor"),
}
_PEOPLE: dict[str, Promise | str] = {
    "anyone": "",
    "not_author": _("Whoever wrote on it"),
}
_SIDES: dict[str, Promise | str] = {
    "": "",
    "author": _("Can review it no more"),
    "reviewer": _("Can write on it no more"),
}


@dataclass(frozen=True)
class Step:
    """An act: who may do it, who may not, and what they may not do afterwards."""

    act: Promise
    who: Promise
    but: Promise | str
    afterwards: Promise | str


@cache
def steps() -> tuple[Step, ...]:
    """Return the steps in their order. Raises `KeyError` for a rule that has no words yet."""
    return tuple(
        Step(_ACTS[step["action"]], _ROLES[tuple(step["roles"])], _PEOPLE[step["person"]], _SIDES[step["side"]])
        for step in json.loads(WRITTEN.read_text(encoding="utf-8"))
    )
