"""Who may do what. A role is membership in the group of that name, and nothing else."""

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.utils.translation import gettext_lazy as _

CACHE_ATTRIBUTE = "_casetracker_roles"


class Role(models.TextChoices):
    """The roles. The values are the names of the groups, so they must not be translated.

    `CLEARED` is given beside another one and opens nothing by itself; see `review.policies.may_read_confidential`.
    """

    RESEARCHER = "Researcher", _("Researcher")
    EDITOR = "Editor", _("Editor")
    ADMINISTRATOR = "Administrator", _("Administrator")
    OBSERVER = "Observer", _("Observer")
    CLEARED = "Cleared for confidential sources", _("Cleared for confidential sources")


# Administrators keep accounts and see no records. The other roles hold no Django permission:
# the apps that own the records decide by role.
GROUP_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.RESEARCHER: (),
    Role.EDITOR: (),
    Role.ADMINISTRATOR: ("accounts.add_user", "accounts.change_user", "accounts.view_user", "auth.view_group"),
    Role.OBSERVER: (),
    Role.CLEARED: (),
}


def role_label(group: Group) -> str:
    """Return the role of a group in the language of the page; the group's own name if it is no role."""
    return str(Role(group.name).label) if group.name in Role.values else group.name


def roles_of(user: AbstractBaseUser | AnonymousUser) -> frozenset[Role]:
    """Give the roles of an active person; nobody else has any, and being a superuser gives none.

    Costs one query per user instance. A change of groups shows on a freshly loaded instance,
    which every request gets.
    """
    if not user.is_active or not isinstance(user, models.Model):
        return frozenset()
    if CACHE_ATTRIBUTE not in user.__dict__:
        names = Group.objects.filter(user=user.pk, name__in=Role.values).values_list("name", flat=True)
        user.__dict__[CACHE_ATTRIBUTE] = frozenset(Role(name) for name in names)
    roles: frozenset[Role] = user.__dict__[CACHE_ATTRIBUTE]
    return roles


@transaction.atomic
def seed_roles(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the groups exist with exactly their permissions. May run any number of times."""
    for label in ("accounts", "auth"):
        # Django makes permissions after migrations too, but perhaps later than this is called.
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    for role, names in GROUP_PERMISSIONS.items():
        group, _created = Group.objects.using(using).get_or_create(name=role.value)
        wanted = [_permission(name, using) for name in names]
        group.permissions.set(wanted)


def _permission(name: str, using: str) -> Permission:
    """Look up a permission by its dotted name, such as `accounts.add_user`."""
    label, codename = name.split(".")
    return Permission.objects.using(using).get(content_type__app_label=label, codename=codename)
