"""The types of files that are taken as evidence. All others are refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _

_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


class FileType(models.TextChoices):
    """A type of file, by its content."""

    JPEG = "jpeg", _("JPEG image")
    PNG = "png", _("PNG image")
    WEBP = "webp", _("WebP image")
    GIF = "gif", _("GIF image")
    TIFF = "tiff", _("TIFF image")
    HEIC = "heic", _("HEIC image")
    PDF = "pdf", _("PDF document")
    DOCX = "docx", _("Word document (.docx)")
    XLSX = "xlsx", _("Excel workbook (.xlsx)")
    PPTX = "pptx", _("PowerPoint presentation (.pptx)")
    ODT = "odt", _("OpenDocument text (.odt)")
    ODS = "ods", _("OpenDocument spreadsheet (.ods)")
    MP4 = "mp4", _("MP4 video")
    MOV = "mov", _("QuickTime video")
    WEBM = "webm", _("WebM video")
    MP3 = "mp3", _("MP3 audio")
    M4A = "m4a", _("MPEG-4 audio")
    WAV = "wav", _("WAV audio")
    OGG = "ogg", _("Ogg audio")
    WARC = "warc", _("Web archive (WARC)")

    @property
    def media_type(self) -> str:
        """Return the media type to say when the file is sent."""
        return _MEDIA_TYPES[self]

    @property
    def extension(self) -> str:
        """Return how the name of such a file ends, with the dot."""
        return ".jpg" if self == FileType.JPEG else f".{self.value}"

    @property
    def is_image(self) -> bool:
        """Tell whether there are copies to look at: a preview and a thumbnail."""
        return self in _IMAGES

    @property
    def has_public_copy(self) -> bool:
        """Tell whether a copy for the public can be made, as long as nothing in the file is against it."""
        return self in _WITH_PUBLIC_COPY


_IMAGES = {FileType.JPEG, FileType.PNG, FileType.WEBP, FileType.GIF, FileType.TIFF}
_WITH_PUBLIC_COPY = {FileType.PDF, FileType.DOCX}
_MEDIA_TYPES = {
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.WEBP: "image/webp",
    FileType.GIF: "image/gif",
    FileType.TIFF: "image/tiff",
    FileType.HEIC: "image/heic",
    FileType.PDF: "application/pdf",
    FileType.DOCX: f"{_OOXML}.wordprocessingml.document",
    FileType.XLSX: f"{_OOXML}.spreadsheetml.sheet",
    FileType.PPTX: f"{_OOXML}.presentationml.presentation",
    FileType.ODT: f"{_ODF}.text",
    FileType.ODS: f"{_ODF}.spreadsheet",
    FileType.MP4: "video/mp4",
    FileType.MOV: "video/quicktime",
    FileType.WEBM: "video/webm",
    FileType.MP3: "audio/mpeg",
    FileType.M4A: "audio/mp4",
    FileType.WAV: "audio/wav",
    FileType.OGG: "audio/ogg",
    FileType.WARC: "application/warc",
}


class Purpose(models.TextChoices):
    """What a copy is for."""

    PREVIEW = "preview", _("Preview")
    THUMBNAIL = "thumbnail", _("Thumbnail")
    PUBLIC = "public", _("Public copy")
