"""Walking through the XML of a part, which may be elements, attributes and text, and nothing else that XML knows."""

from collections.abc import Mapping
from xml.parsers import expat

from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.file_parsing.package import Office, translated
from casetracker.core.sheet_parsing import findings as sheet_findings
from casetracker.core.sheet_parsing.xml_parts import plain_parser

_DEEPEST = 500
_NO_MEMORY = 1


class Walker:
    """What happens at elements and text. Names are "namespace name", or "name" where there is no namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Look at an element that begins."""

    def end(self, name: str) -> None:
        """Look at an element that ends."""

    def text(self, text: str) -> None:
        """Take a piece of text."""

    def prefix(self, prefix: str, namespace: str) -> None:
        """Take the short name that the document uses for a namespace from here on."""


def walk(office: Office, part: str, walker: Walker) -> None:
    """Let the walker see a part from its beginning to its end. Raises `Refusal`."""
    content = office.content_of(part)
    parser = plain_parser(part)
    depth, left = 0, office.limits.elements

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, left
        depth, left = depth + 1, left - 1
        if depth > _DEEPEST or left < 0:
            raise Refusal("unpacks_too_large")
        walker.start(name, attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        walker.end(name)

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.CharacterDataHandler = walker.text
    parser.StartNamespaceDeclHandler = lambda prefix, uri: walker.prefix(prefix or "", uri or "")
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from error
        raise Refusal("damaged") from None
    except sheet_findings.Refusal as refusal:
        raise translated(refusal) from None


def bare(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]
