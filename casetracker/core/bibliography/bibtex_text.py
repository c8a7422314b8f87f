"""Text of BibTeX: LaTeX read as the text that it prints, and text written so that LaTeX prints it.

Libraries were tried. pylatexenc leaves out what it does not know, takes % for the beginning of a comment (which it is
not within an entry), and calls itself for every brace; latexcodec passes over accents such as \\'{\\i}. Here nothing is
left out, and reading takes as long as the text is. The names of the characters are those of pylatexenc.
"""

import re
import unicodedata
from functools import cache

from casetracker.core.bibliography.reference import one_line

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
_DOTLESS = {"i": "i", "j": "j", "ı": "i", "ȷ": "j"}
_SYMBOLS = {
    "aa": "å",
    "AA": "Å",
    "i": "ı",
    "j": "ȷ",
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textquotedbl": '"',
    "textquotesingle": "'",
    "textasciigrave": "`",
    "ldots": "…",
    "dots": "…",
    "slash": "/",
    "par": "\n",
    "newline": "\n",
    "relax": "",
    "protect": "",
    "noopsort": "",
}
# They say how a text looks. What they are about stays.
_LOOKS = frozenset(
    {
        *(
            "textit",
            "textbf",
            "textrm",
            "textsf",
            "texttt",
            "textsc",
            "textsl",
            "textup",
            "textmd",
            "textnormal",
            "emph",
        ),
        *(
            "enquote",
            "mkbibquote",
            "mkbibemph",
            "mbox",
            "text",
            "underline",
            "uppercase",
            "lowercase",
            "url",
            "nolinkurl",
        ),
        *("it", "bf", "rm", "sf", "tt", "sc", "sl", "em", "itshape", "bfseries", "scshape", "upshape", "normalfont"),
        *("textsuperscript", "textsubscript", "ensuremath", "mathrm", "mathit"),
    }
)
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("?`", "¿"), ("!`", "¡"))
_SPACES = {" ": " ", "\n": " ", ",": "\u202f", ";": " ", ":": " ", "/": "", "-": "", "\\": "\n"}
_TOKEN = re.compile(
    r"\\(?P<name>[A-Za-z]+)[ \t\n]*|\\(?P<sign>.)|(?P<ligature>---?|``|''|\?`|!`)|(?P<other>[~{}$])"
    r"|(?P<text>[^\\~{}$`'?!-]+|.)",
    re.DOTALL,
)
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&#$_"},
}
_SPECIALS = re.compile(r"[\\{}~^%&#$_]|(?<=[-`'?!])(?=[-`'])")


def plain(text: str) -> str:
    """Return the text that LaTeX prints. A command that is not known stays as it is written."""
    if not re.search(r"[\\{}~$`'-]", text):
        return text
    return _Plain().read(text)


class _Plain:
    """Reads a text from left to right; an accent waits for the letter that it stands on."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.accents: list[str] = []

    def read(self, text: str) -> str:
        for token in _TOKEN.finditer(text):
            if name := token["name"]:
                self._command(name, token[0])
            elif sign := token["sign"]:
                self._sign(sign)
            elif ligature := token["ligature"]:
                self._take(dict(_LIGATURES)[ligature])
            elif other := token["other"]:
                self._other(other)
            else:
                self._take(token["text"])
        return unicodedata.normalize("NFC", "".join(self.parts))

    def _command(self, name: str, written: str) -> None:
        if name in _ACCENTS:
            self.accents.append(_ACCENTS[name])
        elif name in _LOOKS:
            return
        elif (symbol := _symbols().get(name)) is not None:
            self._take(symbol)
        else:
            self._take(written)

    def _sign(self, sign: str) -> None:
        if sign in _ACCENTS:
            self.accents.append(_ACCENTS[sign])
        else:
            self._take(_SPACES.get(sign, sign))

    def _other(self, sign: str) -> None:
        """Braces only hold together what they enclose."""
        if sign not in "{}":
            self._take(" " if sign == "~" else sign)

    def _take(self, text: str) -> None:
        """Add a text, with the accents that wait on its first letter."""
        if not self.accents or not text:
            self.parts.append(text)
            return
        text = text.lstrip() or text
        first = _DOTLESS.get(text[0], text[0])
        self.parts += [first, *reversed(self.accents), text[1:]]
        self.accents = []


@cache
def _symbols() -> dict[str, str]:
    """Return the characters by the commands that print them."""
    from pylatexenc.latexencode import get_builtin_uni2latex_dict  # noqa: PLC0415 - large, and only readers need it

    found: dict[str, str] = {}
    for code, latex in get_builtin_uni2latex_dict().items():
        match = re.fullmatch(r"(?:\{)?\\([A-Za-z]{2,}|[oOlLiIjJ])(?:\})?", latex)
        if match:
            found.setdefault(match[1], chr(code))
    return found | _SYMBOLS


def escaped(text: str) -> str:
    """Return LaTeX that prints the text. Letters stay as they are: everything reads UTF-8 by now."""
    return _SPECIALS.sub(lambda match: _SPECIAL.get(match[0], "{}"), text)


def parts_of_names(text: str) -> list[str]:
    """Return the names in a list with “and” between them, outside of braces."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"\\.|[{}]|\s+and\s+", text, re.DOTALL):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif match[0][0].isspace() and depth <= 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [one_line(part) for part in (*parts, text[start:]) if part.strip()]
