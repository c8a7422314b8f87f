"""Which format a bibliography is in."""

import codecs
import re

BIBTEX, RIS, CSL = "bibtex", "ris", "csl"
ENDINGS = {"bib": BIBTEX, "bibtex": BIBTEX, "ris": RIS, "json": CSL}

_START = 65_536
_RIS = re.compile(r"TY {1,2}-(?: |$)", re.MULTILINE)
_BIBTEX = re.compile(r"@[ \t]*[A-Za-z]+[ \t\r\n]*[{(]")
_LINE_OF_RIS = re.compile(rf"^[ \t]*{_RIS.pattern}", re.MULTILINE)
_LINE_OF_BIBTEX = re.compile(rf"^[ \t]*{_BIBTEX.pattern}", re.MULTILINE)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def format_of(content: bytes, name: str = "") -> str:
    """Return the format of a bibliography; empty for what is none.

    What it begins with decides. Only where it begins with something else, such as a comment, the name is asked too.
    """
    head = content[:_START]
    text = head.decode("utf-16" if head.startswith(_WIDE) else "latin-1", "ignore")
    start = text.lstrip("\ufeffï»¿ \t\r\n")
    if start.startswith(("[", "{")):
        return CSL
    if _RIS.match(start):
        return RIS
    if _BIBTEX.match(start):
        return BIBTEX
    named = ENDINGS.get(name.rpartition(".")[2].lower(), "")
    lines = text.replace("\r", "\n")
    found = {RIS: _LINE_OF_RIS, BIBTEX: _LINE_OF_BIBTEX}.get(named)
    return named if found and (found.search(lines) or len(content) > _START) else ""
