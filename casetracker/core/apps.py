"""App configuration of the shared ground."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Canonical forms, dates, domain errors and append-only tables."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "casetracker.core"

    def ready(self) -> None:
        """Reinstall the append-only triggers after each migration, which may have dropped them."""
        from casetracker.core import (  # noqa: PLC0415 - needs the app registry
            append_only,
            checks,  # noqa: F401
            sealing_checks,  # noqa: F401
            side_checks,  # noqa: F401
        )

        post_migrate.connect(append_only.install_after_migrate, dispatch_uid="core.append_only")
