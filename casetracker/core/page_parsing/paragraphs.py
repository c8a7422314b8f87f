"""The text of a page, paragraph by paragraph."""

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

_Attributes = list[tuple[str, str | None]]

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tr", "ul"),
    }
)
# Nobody reads these, or they are not part of what the page says.
_SKIPPED = frozenset(
    {
        *("audio", "button", "canvas", "dialog", "iframe", "math", "menu", "noscript", "object", "script"),
        *("select", "style", "svg", "template", "textarea", "video"),
        *("aside", "footer", "nav"),
    }
)
_SKIPPED_ROLES = frozenset({"banner", "complementary", "contentinfo", "dialog", "menu", "navigation", "search"})
_MAIN = frozenset({"article", "main"})
_CELLS = frozenset({"td", "th"})
# Less is a teaser beside what the page is about.
_LEAST_OF_MAIN = 200
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True)
class Page:
    """What a page says."""

    title: str
    text: str  # paragraphs, an empty line between them
    language: str  # as the page tells it, or nothing


@dataclass(frozen=True)
class _Open:
    tag: str
    is_skipped: bool
    is_main: bool


def page_of(html: str) -> Page:
    """Return title, paragraphs and language of a page, without what is around its main part where that is marked."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    main = [text for text, is_main in reader.paragraphs if is_main]
    enough = sum(map(len, main)) >= _LEAST_OF_MAIN
    paragraphs = main if enough else [text for text, _is_main in reader.paragraphs]
    return Page(reader.title, "\n\n".join(paragraphs), reader.language)


class _Reader(HTMLParser):
    """Collects paragraphs. Of the tree it keeps only which elements are open; a closed one closes all in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[tuple[str, bool]] = []
        self.title = ""
        self.language = ""
        self._open: list[_Open] = []
        self._tags: Counter[str] = Counter()
        self._skipped = 0
        self._main = 0
        self._words: list[str] = []
        self._title: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        if tag in _BLOCKS:
            self.end_paragraph()
        if tag == "br":
            self._words.append("\n")
        elif tag in _CELLS:
            self._words.append(" ")
        elif tag == "li":
            self._words.append("- ")
        if tag == "html":
            told = (dict(attrs).get("lang") or "").strip()
            self.language = self.language or (told if _LANGUAGE.fullmatch(told) else "")
        if tag == "title" and not self.title and not self._skipped:
            self._title = []
        if tag not in _VOID:
            self._push(_Open(tag, self._is_skipped(tag, dict(attrs)), _is_main(tag, dict(attrs))))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_paragraph()
        if tag == "title" and self._title is not None:
            self.title = _on_one_line("".join(self._title))
            self._title = None
        if self._tags[tag]:
            while self._pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)
        elif not self._skipped:
            self._words.append(_BLANKS.sub(" ", data))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over <![…]>, which the parser of the standard library fails at if it does not know the word in it."""
        return self.parse_bogus_comment(i, report)

    def end_paragraph(self) -> None:
        """Let what comes next stand by itself."""
        lines = (_on_one_line(line) for line in "".join(self._words).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text and text != "-":
            self.paragraphs.append((text, self._main > 0))
        self._words = []

    def _is_skipped(self, tag: str, attributes: dict[str, str | None]) -> bool:
        """Tell whether to pass over the element. The header of a page is passed over, that of an article is read."""
        role = (attributes.get("role") or "").lower()
        hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
        return tag in _SKIPPED or hidden or role in _SKIPPED_ROLES or (tag == "header" and not self._main)

    def _push(self, element: _Open) -> None:
        self._open.append(element)
        self._tags[element.tag] += 1
        self._skipped += element.is_skipped
        self._main += element.is_main

    def _pop(self) -> str:
        element = self._open.pop()
        self._tags[element.tag] -= 1
        self._skipped -= element.is_skipped
        self._main -= element.is_main
        return element.tag


def _is_main(tag: str, attributes: dict[str, str | None]) -> bool:
    return tag in _MAIN or (attributes.get("role") or "").lower() == "main"


def _on_one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
