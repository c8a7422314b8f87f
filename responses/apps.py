"""App configuration of responses."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResponsesConfig(AppConfig):
    """What governments did about the stations, and what their police agreed."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "responses"
    verbose_name = _("Responses")

    def ready(self) -> None:
        """Make the kinds of record known to the review."""
        from casetracker.review.kinds import register  # noqa: PLC0415 - needs the app registry
        from responses.kind import AGREEMENT, RESPONSE  # noqa: PLC0415 - needs the app registry

        register(RESPONSE)
        register(AGREEMENT)
