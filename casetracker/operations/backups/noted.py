"""When the last backup was made, for whoever watches over the site. In a file, so that no backup waits for a writer."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class LastBackup:
    """The last backup that was written whole."""

    made_at: dt.datetime
    size: int  # bytes
    head_sequence: int


def note_backup(backup: LastBackup) -> None:
    """Write down that a backup was made."""
    partial = _file().with_suffix(".partial")
    partial.write_text(
        json.dumps({"made_at": backup.made_at.isoformat(), "size": backup.size, "head_sequence": backup.head_sequence})
    )
    partial.replace(_file())


def last_backup() -> LastBackup | None:
    """Return the last backup that was noted here; None if there was none, or the note cannot be read."""
    try:
        values = json.loads(_file().read_text())
        return LastBackup(
            dt.datetime.fromisoformat(values["made_at"]), int(values["size"]), int(values["head_sequence"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file() -> Path:
    return Path(settings.DATA_DIR) / "last-backup.json"
