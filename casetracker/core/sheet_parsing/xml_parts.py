"""Reading the XML of a part piece by piece, without anything that XML can do besides elements and text."""

from collections.abc import Iterator, Mapping
from typing import Never
from xml.parsers import expat

from casetracker.core.sheet_parsing.findings import refuse
from casetracker.core.sheet_parsing.zip_parts import Package

_ENCODINGS = {"utf-8", "utf-16", "us-ascii", "iso-8859-1"}
_DEEPEST = 64
_LONGEST_TAG = 2**20
_NO_MEMORY = 1
MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")


class Elements:
    """What happens at the elements of a part. `path` is where in the tree the parser is, by local names.

    Names outside the namespaces that are known are "?", so that nobody can smuggle a cell in.
    """

    namespaces: tuple[str, ...] = MAIN

    def __init__(self) -> None:
        """Begin outside the root."""
        self.path: list[str] = []

    def start(self, attributes: Mapping[str, str]) -> None:
        """Look at the element that begins: the last of `path`."""

    def end(self) -> None:
        """Look at the element that ends: the last of `path`."""

    def text(self, text: str) -> None:
        """Take a piece of text of the last element of `path`."""


def read_part(package: Package, part: str, elements: Elements, most: int) -> Iterator[None]:
    """Parse a part and pause after each piece. Raises `Refusal` if it is no plain XML, or has too many elements."""
    parser = plain_parser(part)
    _report(parser, elements, most)
    try:
        fed = 0
        for piece in package.pieces(part):
            parser.Parse(piece, False)
            fed += len(piece)
            # The parser goes through a tag or a comment from its beginning again for each piece of it.
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise refuse("too_many_elements")
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from error
        raise refuse("part_damaged", part=part[:80]) from error
    yield


def plain_parser(part: str) -> expat.XMLParserType:
    """Return a parser to which everything but elements and text is forbidden."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise refuse("part_damaged", part=part[:80])

    def forbidden(*_arguments: object) -> Never:
        raise refuse("xml_declarations", part=part[:80])

    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = forbidden
    parser.ExternalEntityRefHandler = parser.UnparsedEntityDeclHandler = forbidden
    return parser


def _report(parser: expat.XMLParserType, elements: Elements, most: int) -> None:
    """Let the parser report to `elements`."""
    path, left = elements.path, most
    local: dict[str, str] = {}

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0 or len(path) > _DEEPEST:
            raise refuse("too_many_elements")
        known = local.get(name)
        if known is None:
            known = local[name] = _local(name, elements.namespaces)
        path.append(known)
        elements.start(attributes)

    def ended(_name: str) -> None:
        elements.end()
        path.pop()

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.CharacterDataHandler = elements.text


def _local(name: str, namespaces: tuple[str, ...]) -> str:
    namespace, _blank, bare = name.rpartition(" ")
    return bare if namespace in namespaces else "?"


def read_whole(package: Package, part: str, elements: Elements, most: int) -> None:
    """Parse a part from its beginning to its end."""
    for _pause in read_part(package, part, elements, most):
        pass
