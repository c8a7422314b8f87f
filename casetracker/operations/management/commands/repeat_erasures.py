"""Erase again what a restored backup brought back: `manage.py repeat_erasures FILE`."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from casetracker.core.management.guarded import GuardedCommand
from casetracker.operations.erasures import NotRepeated, parse_lines, repeat


class Command(GuardedCommand):
    """Carry out every erasure of a list that is not in this database."""

    help = "Carry out again what FILE lists (manage.py list_erasures): for a database that was restored from before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the list, and other people than those in it."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--asked-by", metavar="NAME", default="", help="an editor, instead of the one in the list")
        parser.add_argument("--carried-out-by", metavar="NAME", default="", help="another editor, likewise")

    def handle(self, *args: Any, file: Path, asked_by: str, carried_out_by: str, **options: Any) -> None:
        """Exit with an error if one could not be repeated; those before it are."""
        try:
            for erasure in parse_lines(file.read_text(encoding="utf-8").splitlines()):
                asked, carried_out = asked_by or erasure.asked_by, carried_out_by or erasure.carried_out_by
                self.stdout.write(repeat(replace(erasure, asked_by=asked, carried_out_by=carried_out)))
        except (NotRepeated, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
