"""Restore a backup into an empty place: `manage.py restore FILE --key KEYFILE`, or try whether it could be."""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from casetracker.operations.backups import BackupRefused, restore


class Command(BaseCommand):
    """Restore, and verify the log and every archived copy of what was restored."""

    help = "Restore the backup FILE into the empty database and storage of the settings, and verify all of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, the key and the trial."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--key",
            metavar="KEYFILE",
            type=Path,
            required=True,
            help="holds the private key, as age-keygen or make_backup_key wrote it",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="only try: restore into a temporary folder, verify, and remove it again",
        )
        parser.add_argument(
            "--scratch",
            metavar="URL",
            default="",
            help="with --check of a PostgreSQL backup: an empty database, which then holds everything in clear",
        )

        parser.add_argument(
            "--erasures",
            metavar="LIST",
            type=Path,
            help="what was erased since (manage.py list_erasures): it is erased again, from the files too",
        )

    def handle(self, *args: Any, file: Path, key: Path, check: bool, scratch: str, **options: Any) -> None:
        """Exit with an error unless everything is what was saved."""
        with tempfile.TemporaryDirectory(prefix="casetracker-restore-") as private:
            if check:
                self._try_out(file.absolute(), key.absolute(), Path(private), scratch)
            else:
                self._restore(file, key, Path(private))
                self._erase_again(options["erasures"])

    def _restore(self, file: Path, key: Path, private: Path) -> None:
        Path(settings.DATA_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            manifest = restore(file, identity=key.read_text(), private=private)
        except (BackupRefused, OSError) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self.stdout.write(
            f"Restored: {len(manifest.files)} files, made at {manifest.made_at} by build {manifest.build}, "
            f"log at {manifest.head_sequence}. Now run manage.py migrate."
        )
        for command in ("verify_log", "verify_captures"):
            options = {"only_look": True, "no_progress": True} if command == "verify_captures" else {}
            call_command(command, stdout=self.stdout, stderr=self.stderr, **options)

    def _erase_again(self, erasures: Path | None) -> None:
        if erasures is None:
            self.stdout.write("If anything was erased since: manage.py repeat_erasures, then manage.py vacuum_erased.")
            return
        call_command("migrate", verbosity=0)
        call_command("repeat_erasures", str(erasures), stdout=self.stdout, stderr=self.stderr)
        call_command("vacuum_erased", stdout=self.stdout, stderr=self.stderr)

    def _try_out(self, file: Path, key: Path, private: Path, scratch: str) -> None:
        if connection.vendor == "postgresql" and not scratch:
            raise CommandError("Name an empty PostgreSQL database to try it in: --scratch postgres://…")
        environment = {**os.environ, "CASETRACKER_DATA": str(private / "data"), "CAPTURES_S3_BUCKET": ""}
        environment.pop("DATABASE_URL", None)
        environment |= {"DATABASE_URL": scratch} if scratch else {}
        command = [sys.executable, "manage.py", "restore", str(file), "--key", str(key)]
        done = subprocess.run(  # noqa: S603 - this very program
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
        )
        self.stdout.write(done.stdout, ending="")
        if done.returncode:
            raise CommandError(done.stderr.strip().removeprefix("CommandError: "))
        self.stdout.write("The backup can be restored.")
        if scratch:
            self.stdout.write("The scratch database holds everything in clear now: drop it.")
