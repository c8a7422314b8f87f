"""Application set-up: the roles are seeded after every migration."""

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Colleagues and roles."""

    name = "casetracker.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Keep the groups in step with the roles; a flush sends the signal too, so tests find them."""
        from casetracker.accounts import checks  # noqa: F401, PLC0415 - registers them

        post_migrate.connect(seed_after_migrate, sender=self, dispatch_uid="accounts.seed_roles")


def seed_after_migrate(*, using: str, apps: Apps = installed_apps, **_kwargs: object) -> None:
    """Seed the roles in the database that was just migrated, unless its groups were migrated away."""
    from casetracker.accounts.roles import seed_roles  # noqa: PLC0415 - models load after the app is configured

    try:
        apps.get_model("auth", "Group")
        apps.get_model("accounts", "User")
    except LookupError:
        return
    seed_roles(using=using)
