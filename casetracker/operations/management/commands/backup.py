"""Write an encrypted backup of everything: `manage.py backup FOLDER`, while the site is running."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from casetracker.operations.backups import NotBackedUp, make_backup


class Command(BaseCommand):
    """Write one file that the owners of BACKUP_RECIPIENTS alone can open."""

    help = "Write the database and all archived copies into one encrypted file in FOLDER, while the site is running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the folder."""
        parser.add_argument("folder", metavar="FOLDER", type=Path, help="where the file goes; best on another disk")
        parser.add_argument("--no-progress", action="store_true", help="no progress bar, for logs")

    def handle(self, *args: Any, folder: Path, no_progress: bool, **options: Any) -> None:
        """Exit with an error and leave no file if there is no whole backup."""
        with tqdm(unit="B", unit_scale=True, disable=no_progress or None) as bar:
            try:
                file = make_backup(folder, recipients=settings.BACKUP_RECIPIENTS, bar=bar.update)
            except NotBackedUp as error:
                raise CommandError(str(error)) from error
            except OSError as error:
                raise CommandError(
                    f"No backup was written: {error}. Is there room, and may this user write?"
                ) from error
        self.stdout.write(f"Written: {file} ({file.stat().st_size:,} bytes).")
