"""The texts of a workbook: those that its sheets share, and what stands inside a text."""

import re
from collections.abc import Mapping

from casetracker.core.sheet_parsing.findings import refuse
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.sheet_parsing.xml_parts import Elements

_CODED = re.compile("_x([0-9A-Fa-f]{4})_")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def plain(text: str) -> str:
    """Return the text with characters that workbooks write by their code, such as _x000D_, as they are."""
    if "_x" not in text:
        return text
    found = _CODED.sub(lambda match: chr(int(match[1], 16)), text)
    return _PAIR.sub(lambda match: match[0].encode("utf-16", "surrogatepass").decode("utf-16"), found)


class SharedStrings(Elements):
    """The texts that sheets share, without their looks and without the readings of Chinese or Japanese words."""

    def __init__(self, limits: Limits) -> None:
        """Take the limits on all texts together."""
        super().__init__()
        self.texts: list[str] = []
        self._limits = limits
        self._left = limits.text
        self._parts: list[str] = []

    def start(self, attributes: Mapping[str, str]) -> None:
        """Begin a text."""
        if self.path == ["sst", "si"]:
            self._parts = []

    def text(self, text: str) -> None:
        """Take a piece of a text."""
        if self.path[-1] == "t" and self.path[:2] == ["sst", "si"] and is_shown(self.path[2:]):
            self._left -= len(text)
            if self._left < 0:
                raise refuse("too_much_text", most=self._limits.text)
            self._parts.append(text)

    def end(self) -> None:
        """Keep the text that ends."""
        if self.path == ["sst", "si"]:
            if len(self.texts) == self._limits.cells:
                raise refuse("too_many_cells", most=self._limits.cells)
            self.texts.append(plain("".join(self._parts)))


def is_shown(path: list[str]) -> bool:
    """Tell whether a text at this place below its item is shown: alone, or as a run of rich text."""
    return path in (["t"], ["r", "t"])
