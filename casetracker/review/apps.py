"""App configuration of review."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Records on their way from a researcher's draft to publication: the only door."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "casetracker.review"
