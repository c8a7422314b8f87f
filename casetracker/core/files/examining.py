"""What a file is, and what it says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from casetracker.core.file_parsing.answering import EXAMINE, IDENTIFY
from casetracker.core.file_parsing.limits import Limits
from casetracker.core.files.process import Readable, ask
from casetracker.core.files.types import FileType
from casetracker.core.text import with_invisible_shown

_MOST = 80
_LONGEST_NAME = 80
_LONGEST_VALUE = 400


@dataclass(frozen=True)
class Examined:
    """What was found out about a file.

    `metadata` is what it says about itself, which may be wrong or invented: names in English (`metadata_label` has them
    in the reader's language) to texts on one line, few and short ones. Width and height are those of an image, before
    it is turned.
    """

    file_type: FileType
    metadata: Mapping[str, str]
    width: int | None = None
    height: int | None = None
    pages: int | None = None

    @property
    def media_type(self) -> str:
        """Return the media type to say when the file is sent."""
        return self.file_type.media_type


def identify(file: Readable, *, limits: Limits | None = None) -> FileType:
    """Return the type of the file by its content; its name is not asked. Raises `FileRefused`."""
    return ask(IDENTIFY, file, limits).file_type


def examine(file: Readable, *, limits: Limits | None = None) -> Examined:
    """Return what the file is and says about itself. Raises `FileRefused`."""
    told = ask(EXAMINE, file, limits)
    metadata = {
        with_invisible_shown(name)[:_LONGEST_NAME]: with_invisible_shown(value)[:_LONGEST_VALUE]
        for name, value in list(told.notes.items())[:_MOST]
    }
    size = told.size
    return Examined(told.file_type, metadata, size.get("width"), size.get("height"), size.get("pages"))
