"""App configuration of places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Codes and names of countries and governments; precision of places."""

    name = "casetracker.places"
