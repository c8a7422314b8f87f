"""Application set-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The loader of the reference data."""

    name = "casetracker.demo"
    label = "demo"
    verbose_name = _("Demonstration")
