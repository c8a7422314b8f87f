"""App configuration of publication."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """The append-only, hash-chained publication log."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "casetracker.publication"
