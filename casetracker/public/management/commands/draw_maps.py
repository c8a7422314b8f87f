"""`manage.py draw_maps`: draw the shapes of countries, whenever shapes, frames or the drawing change."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casetracker.public.maps.drawings import DRAWN, draw_all


class Command(BaseCommand):
    """Write the maps that pages show."""

    help = "Draw the maps of the world and its regions from the shapes of countries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to compare only."""
        parser.add_argument("--check", action="store_true", help="Only tell whether the stored maps are up to date.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, and write or compare."""
        drawn = draw_all()
        if not options["check"]:
            DRAWN.write_text(drawn, encoding="utf-8")
            self.stdout.write(f"{DRAWN.name}: {len(drawn):,} bytes")
        elif drawn != DRAWN.read_text(encoding="utf-8"):
            raise CommandError("The stored maps are not what would be drawn now. Run: manage.py draw_maps")
