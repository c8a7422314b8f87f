"""Who gets what at each address, in one table. `docs/permissions.md` is made of it; a test asks every cell by HTTP.

The rules themselves stand where they are kept: `review.policies`, `review.transitions`, `accounts.policies`. This table
says what must come of them. An address that is not in it fails the test.
"""

from casetracker.operations.permissions import accounts, confidential, desk, reading
from casetracker.operations.permissions.model import Answer, Of, Person, Rule

PARTS: dict[str, tuple[Rule, ...]] = {
    "The public side": reading.RULES,
    "Accounts": accounts.RULES,
    "The desk": desk.RULES,
    "Confidential sources": confidential.RULES,
}
RULES = tuple(rule for rules in PARTS.values() for rule in rules)

__all__ = ["PARTS", "RULES", "Answer", "Of", "Person", "Rule"]
