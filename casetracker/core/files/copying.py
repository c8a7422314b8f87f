"""Copies to look at and to give out, without what the original says about people, places and machines."""

from dataclasses import dataclass

from casetracker.core.file_parsing.answering import COPY
from casetracker.core.file_parsing.limits import Limits
from casetracker.core.files.process import Readable, ask
from casetracker.core.files.types import FileType, Purpose


@dataclass(frozen=True)
class Copy:
    """A copy, made anew: `preview` and `thumbnail` of an image, `public` of a document."""

    purpose: Purpose
    file_type: FileType
    content: bytes

    @property
    def media_type(self) -> str:
        """Return the media type to say when the copy is sent."""
        return self.file_type.media_type

    @property
    def extension(self) -> str:
        """Return how the name of the copy ends, with the dot."""
        return self.file_type.extension


def working_copies(file: Readable, file_type: FileType, *, limits: Limits | None = None) -> list[Copy]:
    """Return the copies of a file of this type; none for types of which none are made (see `what_copies_lack`).

    Raises `FileRefused` where none can be made of this file; it may be kept as evidence all the same.
    """
    if not (file_type.is_image or file_type.has_public_copy):
        return []
    told = ask(COPY, file, limits)
    return [Copy(*copy) for copy in told.copies]
