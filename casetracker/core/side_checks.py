"""System checks of what keeps the sides apart: the roles of the database, and the secrets in the environment."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections

from casetracker.core.append_only import protected_tables

_ROLE = """
SELECT rolname, rolsuper, EXISTS (
    SELECT 1 FROM pg_class WHERE relkind = 'r' AND relname = ANY(%s) AND pg_has_role(pg_roles.oid, relowner, 'MEMBER')
) FROM pg_roles WHERE rolname = CURRENT_USER
"""
_HINT = "Give the application a role of its own, and keep that of the owner for migrate: see docs/operations.md."


@checks.register(checks.Tags.database)
def check_roles_apart(*, databases: Sequence[str] | None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Report that the application could remove the triggers of the log. Warnings, because migrate must be able to."""
    if not settings.ROLES_APART:
        return []
    return [
        problem for alias in databases or () if connections[alias].vendor == "postgresql" for problem in _of_role(alias)
    ]


def _of_role(alias: str) -> Iterator[checks.CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute(_ROLE, [protected_tables()])
        ((name, is_superuser, is_owner),) = cursor.fetchall()
    if is_superuser:
        yield checks.Warning(f"The database role {name} is a superuser.", hint=_HINT, id="casetracker.W020")
    elif is_owner:
        yield checks.Warning(
            f"The database role {name} owns the tables of the log and can remove what protects them.",
            hint=_HINT,
            id="casetracker.W021",
        )


@checks.register(checks.Tags.security, deploy=True)
def check_secrets(*, app_configs: Any, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Report secrets of the desk in the environment of the public side. It does not use them; who breaks in might."""
    return [
        checks.Warning(
            f"{name} is in the environment of the public side.",
            hint="Take it out: the public side needs none of the desk's secrets.",
            id="casetracker.W022",
        )
        for name in settings.SECRETS_OUT_OF_PLACE
    ]
