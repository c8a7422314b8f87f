"""Application set-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Commands for whoever runs a site."""

    name = "casetracker.operations"
    label = "operations"
    verbose_name = _("Operations")
