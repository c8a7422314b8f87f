"""What a backup holds, and the hash of each file in it."""

import json
import re
from dataclasses import asdict, dataclass, field

FORMAT = 1
MANIFEST = "manifest.json"
# The names of a database in a backup, by what wrote it.
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
CAPTURES = "captures/"
_NAMES = re.compile(
    r"database\.(sqlite3|dump)|captures/originals/[0-9a-f]{2}/[0-9a-f]{64}|captures/copies/[0-9a-f]{32}"
)


@dataclass(frozen=True)
class Packed:
    """One file: its size in bytes and its SHA-256 (hexadecimal)."""

    size: int
    sha256: str


@dataclass
class Manifest:
    """What was saved, from what, and how far the publication log had come."""

    made_at: str  # ISO 8601, UTC
    build: str
    engine: str
    head_sequence: int
    head_hash: str
    files: dict[str, Packed] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """Return the manifest as it stands in the archive."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode()


def parse_manifest(content: bytes) -> Manifest:
    """Read a manifest. Raises `ValueError` for what is none, or of another format."""
    try:
        values = json.loads(content)
        if values.pop("format") != FORMAT:
            raise ValueError("another format")
        files = {str(name): Packed(**values_of) for name, values_of in values.pop("files").items()}
        return Manifest(**values, files=files)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("no manifest") from error


def is_name_in_backup(name: str) -> bool:
    """Tell whether a backup may hold a file of this name. Nothing else is ever written to a disk."""
    return _NAMES.fullmatch(name) is not None
