"""What a file from a stranger is, what it says about itself, and copies that do not say it.

The original is never changed here. Everything that takes it apart runs in a process of its own
(`casetracker.core.file_parsing`), within limits: whatever the bytes, there is an answer or a `FileRefused`.
"""

from casetracker.core.file_parsing.limits import Limits
from casetracker.core.files.copying import Copy, working_copies
from casetracker.core.files.examining import Examined, examine, identify
from casetracker.core.files.process import Readable
from casetracker.core.files.refusals import FileRefused
from casetracker.core.files.types import FileType, Purpose
from casetracker.core.files.words import metadata_label, what_copies_lack

__all__ = [
    "Copy",
    "Examined",
    "FileRefused",
    "FileType",
    "Limits",
    "Purpose",
    "Readable",
    "examine",
    "identify",
    "metadata_label",
    "what_copies_lack",
    "working_copies",
]
