"""The rule once more, for comparison: the log is replayed from its first entry, and everything is sorted anew.

Written from docs/status.md alone, without anything of `casetracker.public.status`.
"""

import datetime as dt

from casetracker.core.dates import bounds_of

MOST_OPEN = dt.timedelta(days=366)


def known(log, known_at):
    """Return the records that were public after an entry, without what was retracted at any time."""
    records = {}
    for number, entry in enumerate(log):
        later = [other for other in log[number + 1 :] if other.reference == entry.reference]
        hidden = entry.action == "retract" or any(other.action == "retract" for other in later)
        if not hidden and (known_at is None or entry.sequence <= known_at):
            records[entry.reference] = entry
    return records


def counted(records, as_of):
    """Return the snapshots that surely happened by a day, in the order of the rule."""
    acts = [entry.snapshot for entry in records.values()]
    kept = [act for act in acts if as_of is None or (act["counts_from"] and act["counts_from"] <= as_of.isoformat())]
    return sorted(kept, key=place)


def place(act):
    return act["counts_from"] or "", act["order_in_day"] or 0, int(act["reference"][2:])


def speaks(act):
    """Whether it says anything about the country."""
    return (
        act["scope"] == "country" and not act["unrelated_offence"] and act["level"] not in ("operator", "private_party")
    )


def said(act):
    return act["sets_status"], act["closure_basis"] or act["no_action_basis"]


def decides(act):
    return speaks(act) and bool(act["sets_status"])


def continues(act):
    return speaks(act) and (act["activity_continues"] or act["kind"] == "activity_continues")


def day(text):
    return dt.date.fromisoformat(text) if text else None


def run_back(acts, same):
    """Return the last acts that are alike."""
    run = []
    for act in reversed(acts):
        if not same(act):
            break
        run.insert(0, act)
    return run


def standing(acts, chosen):
    """Return the acts up to that which stands among the chosen ones, and whether activity is said to continue."""
    own = [act for act in acts if chosen(act)]
    if not own:
        return [], False
    contradicted = any(continues(act) and place(act) >= place(own[-1]) for act in acts)
    ordered = [act for act in own if said(act) == ("closed", "ordered")]
    if contradicted and said(own[-1]) == ("closed", "claimed") and ordered:
        own = own[: own.index(ordered[-1]) + 1]
    return own, contradicted


def confirmed(run, as_of):
    days = [day(act["counts_from"]) for act in run] + [bounds_of(act["last_known_true"])[1] for act in run]
    last = max(filter(None, days), default=None)
    return min(last, as_of) if last and as_of else last


def status(acts, government, as_of):
    """Return (value, basis, reason, activity continues, set by, since, last confirmed)."""
    mine = [act for act in acts if act["concerns"] == government]
    own, contradicted = standing(mine, decides)
    if not own:
        answers = [
            act
            for act in mine
            if act["responder"] == government and act["level"] not in ("operator", "press", "private_party")
        ]
        return "", "", "responded" if answers else "no_response", False, "", None, None
    run = run_back(own, lambda act: said(act) == said(own[-1]))
    since = day(run[0]["counts_from"])
    return *said(own[-1]), "", contradicted, own[-1]["reference"], since, confirmed(run, as_of)


def inquiry(acts, government):
    """Return (state, since, set by) of the inquiry, or None."""

    def state(act):
        if not speaks(act) or act["concerns"] != government:
            return ""
        if act["sets_status"] == "investigating":
            return "running"
        over = act["no_action_basis"] in ("inquiry_ended", "nothing_found") or act["kind"] == "investigation_ended"
        return "ended" if over else ""

    own = [act for act in acts if state(act)]
    if not own:
        return None
    run = run_back(own, lambda act: state(act) == state(own[-1]))
    return state(own[-1]), day(run[0]["counts_from"]), own[-1]["reference"]


def closure(acts, government):
    """Return (basis, activity continues, since, set by) of the closure, or None."""
    mine = [act for act in acts if act["concerns"] == government]
    own, contradicted = standing(mine, lambda act: decides(act) and act["sets_status"] == "closed")
    if not own:
        return None
    run = run_back(own, lambda act: said(act) == said(own[-1]))
    return own[-1]["closure_basis"], contradicted, day(run[0]["counts_from"]), own[-1]["reference"]


def possibly(records, government, as_of, present):
    """Return (value, basis, reference) of what the status may already have been, or None."""
    if as_of is None:
        return None
    vague = []
    for act in (entry.snapshot for entry in records.values()):
        earliest, counts_from = bounds_of(act["date"])[0], day(act["counts_from"])
        if act["concerns"] != government or not decides(act) or not earliest or not counts_from:
            continue
        if earliest <= as_of < counts_from and counts_from - earliest <= MOST_OPEN:
            vague.append(act)
    last = max(vague, key=place, default=None)
    return None if last is None or said(last) == present[:2] else (*said(last), last["reference"])


def looked_on(log, government, known_at):
    """Return the day of the last publication about a government, superseded versions included."""
    retracted = {entry.reference: entry.sequence for entry in log if entry.action == "retract"}
    looks = [
        entry.published_at.date()
        for entry in log
        if entry.action != "retract"
        and entry.snapshot["concerns"] == government
        and (known_at is None or entry.sequence <= known_at)
        and entry.sequence > retracted.get(entry.reference, 0)
    ]
    return looks[-1] if looks else None


def history(records, government, as_of):
    """Return (first day, value, basis, reason, activity continues) of each stretch of days with one status."""
    dated = [act for act in counted(records, as_of) if act["counts_from"]]
    stretches = []
    for first in sorted({act["counts_from"] for act in dated}):
        then = [act for act in dated if act["counts_from"] <= first]
        present = status(then, government, day(first))[:4]
        before = stretches[-1][1:] if stretches else ("", "", "no_response", False)
        if present != before:
            stretches.append((day(first), *present))
    return stretches
