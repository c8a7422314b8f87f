"""The people who try acts: every role, and accounts that have none."""

from typing import Any

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role

# The people who try: their roles, and what else is special about the account.
CANDIDATES: dict[str, tuple[set[Role], dict[str, bool]]] = {
    "researcher": ({Role.RESEARCHER}, {}),
    "editor": ({Role.EDITOR}, {}),
    "both": ({Role.RESEARCHER, Role.EDITOR}, {}),
    "administrator": ({Role.ADMINISTRATOR}, {}),
    "observer": ({Role.OBSERVER}, {}),
    "cleared for confidential sources and nothing else": ({Role.CLEARED}, {}),
    "no role": (set(), {}),
    "superuser": (set(), {"is_superuser": True}),
    "editor who left": ({Role.EDITOR}, {"is_active": False}),
}


def dress(person: User, candidate: str) -> User:
    """Give a person the roles and the account of a candidate."""
    roles, account = CANDIDATES[candidate]
    User.objects.filter(pk=person.pk).update(is_superuser=False, is_active=True)
    User.objects.filter(pk=person.pk).update(**account)
    person = User.objects.get(pk=person.pk)
    set_roles(person, roles)
    return person


def set_roles(person: User, roles: set[Role]) -> None:
    person.groups.clear()
    for role in roles:
        person.groups.add(_group(role))


def _group(role: Role) -> Any:
    return User.groups.rel.model.objects.get(name=role.value)
