"""Who can work at the desk. Counted, never named."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, QuerySet

from casetracker.accounts.models import User
from casetracker.accounts.roles import GROUP_PERMISSIONS, Role
from casetracker.operations.doctor.findings import Asked, Finding, fail, ok, warn

# Nobody approves what they wrote, and a lost second factor takes two.
_FEWEST = {Role.EDITOR: 2, Role.ADMINISTRATOR: 1}
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def check_roles(_asked: Asked) -> Iterator[Finding]:
    """See that the roles are there, with the permissions that they should have and no others."""
    found = {
        group.name: {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}
        for group in Group.objects.prefetch_related("permissions__content_type")
        for permissions in [group.permissions.all()]
    }
    wrong = [role.value for role, wanted in GROUP_PERMISSIONS.items() if found.get(role.value) != set(wanted)]
    if wrong:
        yield fail(
            f"The role is missing, or holds other permissions than it should: {', '.join(wrong)}.",
            "Run manage.py migrate, which sets it right, and find out who changed it.",
        )
    else:
        yield ok("The roles are what they should be.")


def check_people(_asked: Asked) -> Iterator[Finding]:
    """See that there are enough people who can sign in with a second factor, and nobody too mighty."""
    for role, fewest in _FEWEST.items():
        able = _with_factor(_active(role), present=True).count()
        if able < fewest:
            yield fail(
                f"{role.value}: {able} can sign in with a second factor; at least {fewest} must.",
                "Invite people, and let them set one up. The first one: manage.py create_first_administrator.",
            )
        else:
            yield ok(f"{role.value}: {able} can sign in with a second factor.")
    if _active(Role.ADMINISTRATOR).count() == 1:
        yield warn(
            "There is one administrator only: with their phone the site loses its last one.",
            "Give a second one the role.",
        )
    without = _with_factor(_active(*Role), present=False).count()
    if without:
        yield warn(
            f"{without} with a role have no second factor yet.",
            "They are asked for one when they sign in. Take the role from whoever does not come.",
        )
    superusers = User.objects.filter(is_superuser=True, is_active=True).count()
    if superusers:
        yield warn(
            f"{superusers} active superusers can change every account.",
            "They are not needed: take the tick “active” away once there are two administrators.",
        )


def _active(*roles: Role) -> QuerySet[User]:
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in roles])
    return people.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).distinct()


def _with_factor(people: QuerySet[User], *, present: bool) -> QuerySet[User]:
    has_one = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=_FACTORS))
    return people.filter(has_one if present else ~has_one)
