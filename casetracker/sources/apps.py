"""App configuration of sources."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """Citable documents and what they derive from."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "casetracker.sources"
    verbose_name = _("Sources")
