"""Files that say much about themselves, with the places that they say it in, and what people must be shown of it."""

from dataclasses import dataclass
from functools import cached_property

from casetracker.core.files import FileType
from tests.core.files.making import documents, images, pdfs
from tests.core.files.making.canaries import POSITION, canary

_EXIF = {"make", "model", "software", "artist", "description", "xp-author", "serial", "user-comment", "maker-note"}
_OF_EXIF = {
    "GPS position": POSITION,
    "Camera": "make",
    "Software": "software",
    "Author": "artist",
    "Camera serial number": "serial",
    "Comment": "user-comment",
    "Taken": "2022:10:25 10:20:30",
    "Modified": "2022:10:26 11:22:33",
}


@dataclass(frozen=True)
class Case:
    """A file: its type, its canaries by place, and what is shown: names to places, or to whole texts."""

    file_type: FileType
    make: object
    places: set
    shown: dict

    @cached_property
    def content(self):
        return self.make()

    @property
    def canaries(self):
        return {canary(place) for place in self.places}


CASES = [
    Case(FileType.JPEG, images.jpeg, images.JPEG_PLACES, _OF_EXIF | {"Author": "iptc-author", "Comment": "comment"}),
    Case(
        FileType.PNG,
        images.png,
        _EXIF | {"text-author", "packed-software", "international-comment", "private-chunk", "behind-the-end"},
        _OF_EXIF | {"Author": "text-author", "Software": "packed-software"},
    ),
    Case(FileType.WEBP, images.webp, _EXIF | {"xmp-tool", "xmp-author"}, _OF_EXIF | {"Author": "xmp-author"}),
    Case(FileType.TIFF, images.tiff, _EXIF - {"description"} | {"tiff-description"}, _OF_EXIF),
    Case(FileType.GIF, images.gif, {"gif-comment"}, {"Comment": "gif-comment"}),
    Case(
        FileType.PDF,
        pdfs.telling,
        pdfs.PLACES,
        {
            "Author": "info-author",
            "Software": "info-creator",
            "PDF made by": "info-producer",
            "Title": "info-title",
            "Text “Own”": "info-own",
            "Comments by": "note-author",
            "Files inside": "attachment-name",
            "GPS position": POSITION,
            "Camera": "make",
            "Scripts inside": "yes",
        },
    ),
    Case(
        FileType.DOCX,
        documents.docx,
        documents.PLACES,
        {
            "Author": "core-author",
            "Last saved by": "core-saved-by",
            "Software": "app-software",
            "Company": "app-company",
            "Template": "template-path",
            "Text “Case”": "custom-value",
            "Comments and changes by": "change-author",
            "GPS position": POSITION,
            "Camera serial number": "serial",
            "Created": "2022-10-26T11:22:33Z",
        },
    ),
]
