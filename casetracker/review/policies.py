"""Who may do what in which state: each rule as a check that raises, and as a question for pages.

Roles come from groups alone. Being a superuser counts for nothing here.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role, roles_of
from casetracker.core.errors import DomainError, NotAllowed, WrongState
from casetracker.review.choices import Action, ParticipationRole, State
from casetracker.review.models import Participation, Record
from casetracker.review.transitions import TRANSITIONS, Merging, Relation

_SIDES = "_casetracker_sides"
_JUDGED = frozenset({State.VERIFIED, State.APPROVED})
DESK_ROLES = frozenset({Role.RESEARCHER, Role.EDITOR, Role.OBSERVER})


def may_read_desk(person: User) -> bool:
    """Tell whether this person may see working records at all."""
    return bool(roles_of(person) & DESK_ROLES)


def may_read_confidential(person: User) -> bool:
    """Tell whether this person may know of confidential sources: a researcher or editor who is cleared for them.

    Not an administrator: whoever gives the clearance does not read with it. Whoever may not know must not learn that
    there are any: pages answer them as if nothing were there.
    """
    roles = roles_of(person)
    return Role.CLEARED in roles and Role.ADMINISTRATOR not in roles and bool(roles & {Role.RESEARCHER, Role.EDITOR})


def may_show_confidential(person: User) -> bool:
    """Tell whether this person may decide that the public learns of a confidential source: a cleared editor."""
    return may_read_confidential(person) and Role.EDITOR in roles_of(person)


def cleared_people() -> QuerySet[User]:
    """Return everybody who may know of confidential sources."""
    cleared = User.objects.filter(is_active=True, groups__name=Role.CLEARED.value)
    writers = User.objects.filter(groups__name__in=[Role.RESEARCHER.value, Role.EDITOR.value])
    administrators = User.objects.filter(groups__name=Role.ADMINISTRATOR.value)
    return cleared.filter(pk__in=writers.values("pk")).exclude(pk__in=administrators.values("pk"))


def readers_of_desk() -> QuerySet[User]:
    """Return everybody who may see working records."""
    return User.objects.filter(is_active=True, groups__name__in=[role.value for role in DESK_ROLES]).distinct()


def may_keep_register(person: User) -> bool:
    """Tell whether this person deals with requests by law, and so learns who asked: editors and administrators."""
    return bool(roles_of(person) & {Role.EDITOR, Role.ADMINISTRATOR})


def keepers_of_register() -> QuerySet[User]:
    """Return everybody who deals with requests by law."""
    names = [Role.EDITOR.value, Role.ADMINISTRATOR.value]
    return User.objects.filter(is_active=True, groups__name__in=names).distinct()


def may_log(person: User) -> bool:
    """Tell whether this person may log new records and sources."""
    return has_role_for(Action.LOG, person)


def has_role_for(action: Action, person: User) -> bool:
    """Tell whether this person has a role that the action needs, whatever the record."""
    return bool(roles_of(person) & set(TRANSITIONS[action].roles))


def may_take_out_private_terms(person: User) -> bool:
    """Tell whether this person may have private terms in a file that leaves the desk. Observers only read them."""
    return may_log(person)


def may_open_originals(person: User) -> bool:
    """Tell whether this person may have an original: it may hold what betrays whoever made it. Observers read texts."""
    return may_log(person)


def may_release(person: User) -> bool:
    """Tell whether this person may put releases together: whoever may publish their records may."""
    return bool(roles_of(person) & set(TRANSITIONS[Action.PUBLISH].roles))


def side_of(record: Record, person: User) -> ParticipationRole | None:
    """Return on which side of the four eyes this person stands in the record's present round.

    Asked once for each version of the record: who takes part changes with it, or is told to `forget_sides`.
    """
    sides = record.__dict__.setdefault(_SIDES, {})
    key = (record.round, record.lock_version, person.pk)
    if key not in sides:
        role = (
            Participation.objects.filter(record=record, round=record.round, person=person)
            .values_list("role", flat=True)
            .first()
        )
        sides[key] = ParticipationRole(role) if role else None
    side: ParticipationRole | None = sides[key]
    return side


def forget_sides(record: Record) -> None:
    """Ask anew on which side people stand: somebody has just joined one."""
    record.__dict__.pop(_SIDES, None)


def check_state(record: Record, action: Action) -> None:
    """Raise `WrongState` unless the record's state allows the action."""
    rule = TRANSITIONS[action]
    if record.state not in rule.sources or record.public_status not in rule.public:
        raise WrongState(
            _("“%(action)s” is not possible: the record is %(state)s and %(public)s.")
            % {
                "action": action.label,
                "state": record.get_state_display(),
                "public": record.get_public_status_display(),
            }
        )
    _check_merging(record, action)


def _check_merging(record: Record, action: Action) -> None:
    rule, target = TRANSITIONS[action].merging, record.merged_into
    if target is None:
        if rule is Merging.REQUIRED:
            raise WrongState(_("The record is not to be merged into another any more. Reload the page."))
        return
    if record.is_merged:
        raise WrongState(_("The record was merged into “%(target)s”. Go on there.") % {"target": target})
    if rule is Merging.REFUSED:
        raise WrongState(
            _(
                "“%(action)s” is not possible: the record is to be merged into “%(target)s”. "
                "Drop the merge first if it should not be."
            )
            % {"action": action.label, "target": target}
        )


def check_person(record: Record, action: Action, person: User) -> None:
    """Raise `NotAllowed` unless this person's roles and side allow the action."""
    roles = roles_of(person)
    _check_roles(action, roles)
    if _needs_side(action):
        _check_side(record, action, person, roles, side_of(record, person))


def _check_roles(action: Action, roles: frozenset[Role]) -> None:
    rule = TRANSITIONS[action]
    if not roles & set(rule.roles):
        needed = _(" or ").join(str(role.label) for role in rule.roles)
        raise NotAllowed(
            _("“%(action)s” needs the role %(roles)s. Ask an administrator if you should have it.")
            % {"action": action.label, "roles": needed}
        )


def _needs_side(action: Action) -> bool:
    rule = TRANSITIONS[action]
    return bool(rule.participation) or rule.relation is not Relation.ANYONE


def _check_side(
    record: Record, action: Action, person: User, roles: frozenset[Role], side: ParticipationRole | None
) -> None:
    rule = TRANSITIONS[action]
    problem = _relation_problem(record, rule.relation, person, roles, side)
    if problem:
        raise NotAllowed(problem)
    if rule.participation and not rule.starts_round and side not in (None, rule.participation):
        raise NotAllowed(_two_sides(rule.participation))


def _relation_problem(
    record: Record, relation: Relation, person: User, roles: frozenset[Role], side: ParticipationRole | None
) -> str:
    if relation is Relation.ANYONE:
        return ""
    is_author = side == ParticipationRole.AUTHOR
    allowed = {
        Relation.AUTHOR: is_author,
        Relation.AUTHOR_OR_ASSIGNED: is_author or record.assigned_to_id == person.pk,
        Relation.AUTHOR_OR_EDITOR: is_author or Role.EDITOR in roles,
        Relation.NOT_AUTHOR: not is_author,
        Relation.NOT_REVIEWER: side != ParticipationRole.REVIEWER,
        Relation.REVIEWER_OR_EDITOR: not is_author
        and (record.state not in _JUDGED or side == ParticipationRole.REVIEWER or Role.EDITOR in roles),
    }
    if allowed[relation]:
        return ""
    if is_author and relation is Relation.REVIEWER_OR_EDITOR:
        return _two_sides(ParticipationRole.REVIEWER)
    return _REFUSALS[relation]()


def _two_sides(wanted: ParticipationRole) -> str:
    if wanted == ParticipationRole.AUTHOR:
        return _("You reviewed this record in this round, so you cannot write it. Suggest the wording instead.")
    return _("You wrote on this record in this round, so somebody else must review it.")


_REFUSALS = {
    Relation.AUTHOR: lambda: _("Only an author of this round can do this."),
    Relation.AUTHOR_OR_ASSIGNED: lambda: _(
        "Only an author of this round, or the person it is assigned to, can do this. Assign it to yourself first."
    ),
    Relation.AUTHOR_OR_EDITOR: lambda: _("Only an author of this round or an editor can do this."),
    Relation.NOT_AUTHOR: lambda: _two_sides(ParticipationRole.REVIEWER),
    Relation.NOT_REVIEWER: lambda: _two_sides(ParticipationRole.AUTHOR),
    Relation.REVIEWER_OR_EDITOR: lambda: _(
        "Only a reviewer of this round or an editor sends back what was verified. Leave a comment instead."
    ),
}


def check(record: Record, action: Action, person: User) -> None:
    """Raise the `DomainError` that forbids the action to this person now, if there is one."""
    check_person(record, action, person)
    check_state(record, action)


def can(record: Record, action: Action, person: User) -> bool:
    """Tell whether this person may do this now, as far as person and state go (guards come later)."""
    try:
        check(record, action, person)
    except DomainError:
        return False
    return True


def available_actions(record: Record, person: User) -> list[Action]:
    """Return what this person may do with the record now, in the order of the workflow. Two queries at most."""
    roles, side = roles_of(person), side_of(record, person)
    return [action for action in TRANSITIONS if _is_available(record, action, person, roles, side)]


def _is_available(
    record: Record, action: Action, person: User, roles: frozenset[Role], side: ParticipationRole | None
) -> bool:
    if action is Action.LOG:
        return False
    try:
        check_state(record, action)
        _check_roles(action, roles)
        if _needs_side(action):
            _check_side(record, action, person, roles, side)
    except DomainError:
        return False
    return True
