"""Who may do what with accounts."""

from casetracker.accounts.models import FactorRecovery, User
from casetracker.accounts.roles import Role, roles_of


def may_keep_accounts(person: User) -> bool:
    """Tell whether this person adds and changes accounts: administrators, and whoever set the site up."""
    return person.is_active and (person.is_superuser or Role.ADMINISTRATOR in roles_of(person))


def may_keep(account: User, by: User) -> bool:
    """Tell whether a person may change this account. A superuser's is for superusers: it opens all others."""
    return may_keep_accounts(by) and (by.is_superuser or not account.is_superuser)


def may_change_access(account: User, by: User) -> bool:
    """Tell whether a person may give this account roles, or switch it off: not one's own."""
    return may_keep(account, by) and (by.is_superuser or account.pk != by.pk)


def may_see_recoveries(person: User) -> bool:
    """Tell whether a person may be the second of two: an administrator or an editor."""
    return may_keep_accounts(person) or Role.EDITOR in roles_of(person)


def may_agree(recovery: FactorRecovery, by: User) -> bool:
    """Tell whether a person may agree to this proposal: neither who proposed it nor whom it is about."""
    return may_see_recoveries(by) and by.pk not in {recovery.proposed_by_id, recovery.person_id}


def may_drop(recovery: FactorRecovery, by: User) -> bool:
    """Tell whether a person may drop this proposal: whoever could agree, and who proposed it."""
    return may_agree(recovery, by) or by.pk == recovery.proposed_by_id
