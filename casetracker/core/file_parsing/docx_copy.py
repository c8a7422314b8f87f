"""A copy of a Word document that has its text and its look, and not who wrote it, when, where and with whom.

It is a new archive: parts are taken over when the text needs them and they are of a kind that is named here, each
under a new name. Changes are accepted, comments are gone, fields have become text.
"""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from casetracker.core.file_parsing import images, kinds
from casetracker.core.file_parsing.docx_cleaning import Cleaner
from casetracker.core.file_parsing.docx_rules import RELATION
from casetracker.core.file_parsing.docx_survey import Survey
from casetracker.core.file_parsing.embedded import clean_jpeg, clean_png
from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.file_parsing.limits import Limits
from casetracker.core.file_parsing.markup import walk
from casetracker.core.file_parsing.package import Office

_MAIN, _IMAGE, _SETTINGS = "officeDocument", "image", "settings"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawingml."
# Relations that are followed, with the media types of what they lead to.
_FOLLOWED = {
    _MAIN: f"{_WORD_TYPE}document.main+xml",
    "styles": f"{_WORD_TYPE}styles+xml",
    "numbering": f"{_WORD_TYPE}numbering+xml",
    _SETTINGS: f"{_WORD_TYPE}settings+xml",
    "fontTable": f"{_WORD_TYPE}fontTable+xml",
    "footnotes": f"{_WORD_TYPE}footnotes+xml",
    "endnotes": f"{_WORD_TYPE}endnotes+xml",
    "header": f"{_WORD_TYPE}header+xml",
    "footer": f"{_WORD_TYPE}footer+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "chart": f"{_DRAWING_TYPE}chart+xml",
    "diagramData": f"{_DRAWING_TYPE}diagramData+xml",
    "diagramLayout": f"{_DRAWING_TYPE}diagramLayout+xml",
    "diagramQuickStyle": f"{_DRAWING_TYPE}diagramStyle+xml",
    "diagramColors": f"{_DRAWING_TYPE}diagramColors+xml",
}
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_BITMAP = b"BM"


def copied(office: Office) -> bytes:
    """Return the copy. Raises `Refusal`."""
    main = next(one for one in office.relations("") if one.kind == _MAIN)
    if main.is_strict:
        raise Refusal("strict_document")
    return _Copy(office).written(main.target)


class _Copy:
    """The parts of the copy, by their new names."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._names: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._parts: dict[str, bytes] = {}
        self._waiting: list[tuple[str, str]] = []

    def written(self, main: str) -> bytes:
        """Return the archive."""
        name = self._named(main, _MAIN)
        while self._waiting:
            self._take_over(*self._waiting.pop())
        root = _relations({"rId1": (_MAIN, name)})
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in {"[Content_Types].xml": self._types(), "_rels/.rels": root, **self._parts}.items():
                entry = zipfile.ZipInfo(part, _LONG_AGO)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                archive.writestr(entry, content)
        return file.getvalue()

    def _named(self, source: str, kind: str) -> str:
        """Return the new name of a part, which will be taken over."""
        if source not in self._names:
            number = len(self._names) + 1
            if kind == _IMAGE:
                content, suffix = clean_picture(self._office.content_of(source), self._office.limits)
                self._names[source] = name = f"word/media/image{number}.{suffix}"
                self._parts[name] = content
            else:
                # Many programs know a Word document by the name of this part.
                self._names[source] = name = "word/document.xml" if kind == _MAIN else f"word/{kind}{number}.xml"
                self._kinds[name] = kind
                self._parts[name] = b""
                self._waiting.append((source, kind))
        return self._names[source]

    def _take_over(self, source: str, kind: str) -> None:
        keys: dict[str, str] = {}
        relations: dict[str, tuple[str, str]] = {}
        for one in self._office.relations(source):
            is_followed = one.kind in _FOLLOWED or one.kind == _IMAGE
            if not one.is_outside and is_followed and one.target in self._office.package:
                keys[one.key] = f"rId{len(keys) + 1}"
                relations[keys[one.key]] = (one.kind, self._named(one.target, one.kind))
        survey = Survey()
        walk(self._office, source, survey)
        cleaner = Cleaner(survey, keys, is_settings=kind == _SETTINGS)
        walk(self._office, source, cleaner)
        name = self._names[source]
        self._parts[name] = cleaner.content
        if relations:
            folder, _slash, last = name.rpartition("/")
            self._parts[f"{folder}/_rels/{last}.rels"] = _relations(relations)

    def _types(self) -> bytes:
        defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
        defaults |= {"png": "image/png", "jpeg": "image/jpeg"}
        lines = [f'<Default Extension="{suffix}" ContentType="{one}"/>' for suffix, one in defaults.items()]
        lines += [
            f'<Override PartName="/{name}" ContentType="{_FOLLOWED[kind]}"/>' for name, kind in self._kinds.items()
        ]
        return f'{_XML}<Types xmlns="{_TYPES}">{"".join(lines)}</Types>'.encode()


def _relations(relations: Mapping[str, tuple[str, str]]) -> bytes:
    lines = [
        f'<Relationship Id="{key}" Type="{RELATION}/{kind}" Target={quoteattr("/" + name)}/>'
        for key, (kind, name) in relations.items()
    ]
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'.encode()


def clean_picture(content: bytes, limits: Limits) -> tuple[bytes, str]:
    """Return a picture without metadata, and what it is now. Drawings that are programs become a grey square."""
    try:
        kind = "bmp" if content.startswith(_BITMAP) else kinds.kind_of(content[: kinds.HEAD])
    except Refusal:
        kind = ""
    if kind == "jpeg":
        return clean_jpeg(content), "jpeg"
    if kind == "png":
        return clean_png(content), "png"
    if kind == "bmp" or kind in kinds.IMAGES:
        return images.as_png(content, kind, limits), "png"
    return images.placeholder(), "png"
