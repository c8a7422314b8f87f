"""What stands in the database: its tables, the log, archived copies, releases."""

import datetime as dt
from collections.abc import Iterator

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from casetracker.operations.doctor.findings import Asked, Finding, fail, ok, warn
from casetracker.publication.models import Checkpoint
from casetracker.publication.reading import current_head
from casetracker.publication.verifying import verified_head
from casetracker.review.models import Release
from casetracker.sources.models import Capture
from casetracker.sources.storage import capture_storage, digest_of, original_name

# The latest entries of the log and the latest archived copies: what a quick look is at.
LATEST_ENTRIES = 200
_LATEST_CAPTURES = 5
_SIGNED_WITHIN = dt.timedelta(hours=1)
_RELEASED_WITHIN = dt.timedelta(minutes=5)


def check_migrations(_asked: Asked) -> Iterator[Finding]:
    """See that the database is that of this version."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield fail(
            f"{len(waiting)} migrations are not applied.", "Run manage.py migrate, then manage.py rebuild_public."
        )
    else:
        yield ok("All migrations are applied.")


def check_log(asked: Asked) -> Iterator[Finding]:
    """Verify the log, all of it or its latest entries."""
    problem, head = verified_head(last=None if asked.full else LATEST_ENTRIES)
    if head is None:
        yield fail(
            f"The log was changed: {problem}.",
            "Take the site off the net, keep a copy of the database as it is, and compare with a backup.",
        )
    else:
        what = "The log" if asked.full else f"The log, as far as its latest {LATEST_ENTRIES} entries,"
        yield ok(f"{what} is whole: {head.sequence} entries, head {head.entry_hash or '(empty)'}.")


def check_checkpoints(_asked: Asked) -> Iterator[Finding]:
    """See that the head is signed, by whatever machine has the key."""
    head, last = current_head(), Checkpoint.objects.order_by("-sequence").first()
    if not head.sequence or head.published_at is None:
        return
    if last is None:
        yield warn(
            "Nobody has signed the log: readers cannot prove that it was not rewritten.",
            "Make a key (manage.py make_checkpoint_key) and sign by a timer (manage.py sign_checkpoint).",
        )
    elif last.sequence < head.sequence and timezone.now() - head.published_at > _SIGNED_WITHIN:
        yield warn(
            f"The log is signed up to entry {last.sequence} of {head.sequence} only.",
            "See why manage.py sign_checkpoint did not run: it refuses a log that was changed.",
        )
    else:
        yield ok(f"The log is signed up to entry {last.sequence}.")


def check_captures(_asked: Asked) -> Iterator[Finding]:
    """See that the latest archived copies are where they should be, and what came in."""
    storage, looked_at = capture_storage(), 0
    for digest in Capture.objects.order_by("-pk").values_list("digest", flat=True)[:_LATEST_CAPTURES]:
        try:
            with storage.open(original_name(digest)) as file:
                same = digest_of(file)[0] == digest
        except OSError:
            same = False
        if not same:
            yield fail(
                "An archived copy cannot be read, or is not what came in.",
                "Run manage.py verify_captures, which names each; restore them from a backup.",
            )
            return
        looked_at += 1
    yield ok(f"The latest archived copies are what came in ({looked_at} looked at).")


def check_releases(_asked: Asked) -> Iterator[Finding]:
    """See that what was to go out is out."""
    late = Release.objects.due(timezone.now() - _RELEASED_WITHIN).count()
    if late:
        yield fail(
            f"{late} releases should have gone out: their embargo is over.",
            "Start the worker, or run manage.py publish_due_releases.",
        )
    else:
        yield ok("No release is late.")
