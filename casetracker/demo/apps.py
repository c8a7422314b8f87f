"""Application set-up."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The loader of the reference data."""

    name = "casetracker.demo"
    label = "demo"
    verbose_name = "Demonstration"
