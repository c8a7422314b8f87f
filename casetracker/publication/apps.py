"""App configuration of publication."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    """The append-only, hash-chained publication log."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "casetracker.publication"
    verbose_name = _("Publication")

    def ready(self) -> None:
        """Let erasures reach the log."""
        from casetracker.publication import erasing  # noqa: PLC0415 - models are ready only now

        erasing.register()
