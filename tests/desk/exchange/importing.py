"""Importing through the command line, as tests do it."""

import io

from django.core.management import call_command
from django.core.management.base import CommandError


def run(path, *options, kind="station", by="researcher"):
    """Run the command and return what it says."""
    out = io.StringIO()
    call_command("import_records", str(path), "--kind", kind, "--by", by, *options, stdout=out)
    return out.getvalue()


def refused(path, *options, **where):
    """Run the command and return what it said before it refused, and why it did."""
    out = io.StringIO()
    arguments = ["--kind", where.pop("kind", "station"), "--by", where.pop("by", "researcher"), *options]
    try:
        call_command("import_records", str(path), *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}\n{error}"
    raise AssertionError(f"it was not refused: {out.getvalue()}")
