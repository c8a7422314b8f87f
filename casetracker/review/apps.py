"""App configuration of review."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """Records on their way from a researcher's draft to publication: the only door."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "casetracker.review"
    verbose_name = _("Review")

    def ready(self) -> None:
        """Let erasures reach the desk."""
        from casetracker.review.erasing import register  # noqa: PLC0415 - models are ready only now

        register()
