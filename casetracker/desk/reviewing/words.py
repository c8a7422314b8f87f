"""What differs between two texts, word by word."""

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

# Chinese, Japanese and Korean text has no spaces: each sign is a word.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORDS = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+|\s+|[^\w\s]")
# Comparing takes the product of both lengths: longer texts are shown as a whole.
_MOST_WORDS = 3000


class Piece(NamedTuple):
    """A stretch of text: `kind` is kept, removed or added."""

    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """Return both texts as one, with what was removed before what was added in its place."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if not before or not after or max(len(old), len(new)) > _MOST_WORDS:
        return [piece for piece in (Piece("removed", before), Piece("added", after)) if piece.text]
    found: list[Piece] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        if tag == "equal":
            found.append(Piece("kept", removed))
            continue
        found += [piece for piece in (Piece("removed", removed), Piece("added", added)) if piece.text]
    return _joined(found)


def _joined(found: list[Piece]) -> list[Piece]:
    """Join changes that only a space parts: two marked words read better than four."""
    spaces = [
        index
        for index, (left, piece) in enumerate(pairwise(found), start=1)
        if piece.kind == "kept" and piece.text.isspace() and left.kind != "kept" and index + 1 < len(found)
    ]
    joined: list[Piece] = []
    removed = added = ""
    for index, piece in enumerate(found):
        if piece.kind != "kept" or index in spaces:
            removed += piece.text if piece.kind != "added" else ""
            added += piece.text if piece.kind != "removed" else ""
            continue
        joined += _both(removed, added)
        removed = added = ""
        joined.append(piece)
    return [*joined, *_both(removed, added)]


def _both(removed: str, added: str) -> list[Piece]:
    return [piece for piece in (Piece("removed", removed), Piece("added", added)) if piece.text]
