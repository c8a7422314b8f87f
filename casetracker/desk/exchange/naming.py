"""How a file calls a record, a source or a citation, so that an import finds it again."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from casetracker.accounts.models import User
from casetracker.desk.exchange.columns import CITATION, SOURCE
from casetracker.review.models import ImportKey, Record
from casetracker.sources.models import Source

# What a link would be taken for instead of an own key: a reference, an identity, an address, or several keys.
_AMBIGUOUS = re.compile(
    r"[A-Z]+-\d+|[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}|.*(;|://).*|\s.*|.*\s", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Names:
    """References and own keys of some things of one kind. Two queries, however many there are."""

    references: dict[UUID, str]
    keys: dict[UUID, str]

    def reference(self, pk: UUID) -> str:
        """Return the public number; empty if it has none yet."""
        return self.references.get(pk, "")

    def key(self, pk: UUID) -> str:
        """Return what the person calls it; its identity if they call it nothing."""
        return self.keys.get(pk) or str(pk)

    def link(self, pk: UUID) -> str:
        """Return what stands for it in the cell of something else."""
        return self.reference(pk) or self.key(pk)


def names_of(kind: str, things: QuerySet, person: User) -> Names:
    """Return how a file of this person calls the things of a kind whose keys the query has in its one column."""
    target = kind if kind in (SOURCE, CITATION) else "record"
    return Names(_references(target, things), _own_keys(target, things, person))


def _references(target: str, things: QuerySet) -> dict[UUID, str]:
    if target == CITATION:
        return {}
    model: Any = Source if target == SOURCE else Record
    return dict(model.objects.filter(pk__in=things, reference__isnull=False).values_list("pk", "reference"))


def _own_keys(target: str, things: QuerySet, person: User) -> dict[UUID, str]:
    """Return the first key that the person gave to each, if no link with it could mean anything else."""
    given = ImportKey.objects.filter(owner=person, **{f"{target}__in": things}).order_by("-pk")
    return {pk: key for pk, key in given.values_list(f"{target}_id", "key") if not _AMBIGUOUS.fullmatch(key)}
