"""What was said before the orders that contradicted claims of closure fall back to."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from casetracker.public.models import OPEN_START, StatusSubject
from casetracker.public.status import facts, rule
from casetracker.public.status.facts import Fact
from casetracker.public.status.rule import Latest
from casetracker.public.view import View

# One search for each subject, in a statement that is ready: it takes several times as long to put into words as
# conditions of Django as to answer.
_BEFORE = """
    SELECT fact.position || fact.level FROM public_statusfact AS fact
    WHERE fact.retracted_seq IS NULL AND {known} AND fact.government = public_statussubject.government
    AND fact.says = public_statussubject.says AND fact.position > %s
    AND fact.position < CASE public_statussubject.government {orders} END
    ORDER BY fact.position DESC LIMIT 1
"""
_KNOWN_NOW = "fact.to_seq IS NULL"
_KNOWN_THEN = "(fact.to_seq IS NULL OR fact.to_seq > %s) AND fact.from_seq <= %s"


def before_orders(
    subjects: QuerySet[StatusSubject], latest: Mapping[str, Latest], view: View
) -> dict[str, dict[str, Fact]]:
    """Return the latest facts before the order of each government whose closure falls back to one.

    One query at most. `latest` has the latest facts of all; `subjects` are of the sorts that are sought.
    """
    closures = {government: rule.decide(its_latest, facts.CLOSED) for government, its_latest in latest.items()}
    orders = {
        government: closure.act.position for government, closure in closures.items() if closure and closure.fell_back
    }
    # An order may be the first of all that is recorded.
    before: dict[str, dict[str, Fact]] = {government: {} for government in orders}
    if orders:
        rows = subjects.filter(government__in=list(orders)).values_list("government", "says", _search(orders, view))
        for government, says, told in rows:
            if told is not None:
                before[government][says] = facts.fact_told(government, says, told)
    return before


def _search(orders: Mapping[str, str], view: View) -> RawSQL:
    """Return the search for what the last fact of a subject tells that stands before the order of its government."""
    known = _KNOWN_NOW if view.known_at is None else _KNOWN_THEN
    known_at = [] if view.known_at is None else [view.known_at, view.known_at]
    floor = "" if view.as_of is None else facts.until(OPEN_START)
    statement = _BEFORE.format(known=known, orders=" ".join(["WHEN %s THEN %s"] * len(orders)))
    bounds = [value for order in orders.items() for value in order]
    return RawSQL(statement, [*known_at, floor, *bounds])  # noqa: S611 - all values are parameters
