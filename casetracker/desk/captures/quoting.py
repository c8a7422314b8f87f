"""Where a quote stands in the text of a copy."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LEFT_OUT = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?)\s*")
_SHORTEST = 12  # characters: shorter pieces stand everywhere
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


@dataclass(frozen=True)
class Stretch:
    """A part of a text; `quoted` if it is what the quote says. `first` is the first of those."""

    text: str
    quoted: bool = False
    first: bool = False


def stretches(text: str, quote: str) -> list[Stretch]:
    """Cut a text where the quote begins and ends. Spaces, case and the form of quotation marks make no difference.

    A quote with an omission is looked for piece by piece. What is not found is not marked.
    """
    spans = sorted(span for piece in _pieces(quote) if (span := _find(text, piece)))
    found: list[Stretch] = []
    at = 0
    for start, end in spans:
        if start < at:
            continue
        first = not any(stretch.quoted for stretch in found)
        found += [Stretch(text[at:start]), Stretch(text[start:end], quoted=True, first=first)]
        at = end
    return [stretch for stretch in (*found, Stretch(text[at:])) if stretch.text]


def _pieces(quote: str) -> Iterator[str]:
    parts = [part.strip(" \"'“”„«»‘’.") for part in _LEFT_OUT.split(quote.strip())]
    for part in parts:
        if len(part) >= _SHORTEST or (part and len(parts) == 1):
            yield part


def _find(text: str, piece: str) -> tuple[int, int] | None:
    words = piece.translate(_SAME).split()
    pattern = r"\s+".join(re.escape(word) for word in words)
    match = re.search(pattern, text.translate(_SAME), re.IGNORECASE)
    return match.span() if match else None
