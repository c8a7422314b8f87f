"""System checks that look into the database (`manage.py check --database default`, `migrate`)."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from casetracker.core.append_only import REMEDY, missing_triggers, protected_tables


@checks.register(checks.Tags.database)
def check_append_only_triggers(*, databases: Sequence[str] | None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Report append-only tables that stand there without their triggers."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        tables = set(connections[alias].introspection.table_names())
        if not set(protected_tables()) <= tables:
            continue  # Not migrated yet.
        found += [
            checks.Error(
                f"The trigger {name} is missing in the database “{alias}”.",
                hint=REMEDY,
                id="casetracker.E001",
            )
            for name in missing_triggers(alias)
        ]
    return found
