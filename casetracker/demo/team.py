"""The people of the demonstration. Their password is public: only demo settings may have them."""

from dataclasses import dataclass, fields

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role

PASSWORD = "demonstration-only"  # noqa: S105 - printed at every start, for demo settings alone


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in to the demonstration."""

    username: str
    name: str
    role: Role
    is_cleared: bool = False  # for confidential sources


ACCOUNTS = (
    Account("researcher1", "First researcher", Role.RESEARCHER, is_cleared=True),
    Account("researcher2", "Second researcher", Role.RESEARCHER, is_cleared=True),
    Account("editor1", "First editor", Role.EDITOR, is_cleared=True),
    Account("editor2", "Second editor", Role.EDITOR),
    Account("administrator", "Administrator", Role.ADMINISTRATOR),
)


@dataclass(frozen=True)
class Team:
    """The two researchers and two editors who write, check and publish the reference data."""

    researcher1: User
    researcher2: User
    editor1: User
    editor2: User


def make_team() -> Team:
    """Make the accounts that do not exist yet, and give each its role."""
    hashed = make_password(PASSWORD)  # Once for all: a hash takes half a second, and this one protects nothing.
    people = {account.username: _make(account, hashed) for account in ACCOUNTS}
    return Team(**{field.name: people[field.name] for field in fields(Team)})


def _make(account: Account, hashed: str) -> User:
    user, _created = User.objects.get_or_create(
        username=account.username,
        defaults={
            "name": account.name,
            "email": f"{account.username}@casetracker.example",  # Its e-mails are printed where the worker runs.
            "password": hashed,
        },
    )
    roles = [account.role, *([Role.CLEARED] if account.is_cleared else [])]
    user.groups.add(*Group.objects.filter(name__in=roles))
    return user


def existing_accounts() -> list[Account]:
    """Return the accounts of the demonstration that are there."""
    wanted = [account.username for account in ACCOUNTS]
    names = set(User.objects.filter(username__in=wanted).values_list("username", flat=True))
    return [account for account in ACCOUNTS if account.username in names]
