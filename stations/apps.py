"""App configuration of stations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StationsConfig(AppConfig):
    """Reported overseas police service stations, and what is claimed about them."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "stations"
    verbose_name = _("Stations")

    def ready(self) -> None:
        """Make the kinds of record known to the review."""
        from casetracker.review.kinds import register  # noqa: PLC0415 - needs the app registry
        from stations.kind import CLAIM, STATION  # noqa: PLC0415 - needs the app registry

        register(STATION)
        register(CLAIM)
