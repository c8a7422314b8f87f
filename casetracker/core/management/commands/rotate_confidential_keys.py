"""`manage.py rotate_confidential_keys`: wrap everything that is sealed by the newest key."""

from collections import Counter
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from casetracker.core.errors import DomainError
from casetracker.core.management.guarded import GuardedCommand
from casetracker.core.sealed_rows import rewrap_row, rows_to_rewrap
from casetracker.core.sealing import key_id_of, require_on


class Command(GuardedCommand):
    """Rewrap the data keys, row by row. What is sealed stays as it is, and so do seals and checks."""

    help = (
        "Wraps the data key of every confidential row by the newest of the keys. May be stopped and run again: it "
        "goes on where it was. The old keys can be taken away once it says that nothing is left."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Show how far it is, and say how many rows were done and how many are left."""
        try:
            newest = key_id_of(require_on()[0])
            rows = rows_to_rewrap()
        except DomainError as error:
            raise CommandError(str(error)) from error
        done = 0
        refused: Counter[str] = Counter()
        for model, key in tqdm(rows, desc="rotating", unit="row", disable=not rows, file=self.stderr):
            try:
                done += rewrap_row(model, key)
            except DomainError as error:
                refused[str(error)] += 1
        for message, number in refused.items():
            self.stderr.write(f"{number} not done: {message}")
        left = len(rows) - done
        self.stdout.write(f"{done} wrapped by the newest key ({newest}), {left} left.")
        if left:
            raise CommandError("Some rows are left: keep the old keys, mend what is said above, and run this again.")
