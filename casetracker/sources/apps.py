"""App configuration of sources."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Citable documents and what they derive from."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "casetracker.sources"
