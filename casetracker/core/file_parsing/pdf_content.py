"""What a page draws, without remarks: comments, and properties of marked content such as replacement texts."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    rb"""
    (?P<blank>[\x00\t\n\x0c\r ]+)
    | (?P<comment>%[^\r\n]*)
    | (?P<text>\()
    | (?P<open><<) | (?P<close>>>)
    | (?P<hex><[^<>]*>)
    | (?P<name>/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*)
    | (?P<word>[^\x00\t\n\x0c\r ()<>\[\]{}/%]+)
    | (?P<other>[\s\S])
    """,
    re.VERBOSE,
)
_IN_TEXT = re.compile(rb"[()\\]")
# The pixels of a small picture end here, if text follows and not more pixels.
_END_OF_PIXELS = re.compile(rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r ]|$)")
_CONSTANTS = {b"true", b"false", b"null"}
_WITH_PROPERTIES = {b"BDC": b"BMC", b"DP": b"MP"}
_PRINTABLE = re.compile(rb"[\x00\t\n\x0c\r\x20-\x7e]{0,12}")


def without_remarks(content: bytes) -> bytes:
    """Return the operators and operands of a content stream that draw something."""
    kept: list[bytes] = []
    operands = 0  # where the operands of the next operator begin in `kept`
    for kind, token in _tokens(content):
        if kind == "comment":
            kept.append(b"\n")
        elif kind == "word" and token in _WITH_PROPERTIES:
            kept[operands:] = [b" ", _tag(kept[operands:]), b" ", _WITH_PROPERTIES[token]]
            operands = len(kept)
        else:
            kept.append(token)
            if kind == "pixels" or (kind == "word" and _is_operator(token)):
                operands = len(kept)
    return b"".join(kept)


def _tag(operands: list[bytes]) -> bytes:
    return next((one for one in operands if one.startswith(b"/")), b"/Span")


def _is_operator(token: bytes) -> bool:
    return (token[:1].isalpha() and token not in _CONSTANTS) or token in {b"'", b'"'}


def _tokens(content: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at < len(content):
        found = _TOKEN.match(content, at)
        if found is None:  # It fits anything.
            return
        kind, end = found.lastgroup or "other", found.end()
        if kind == "text":
            end = _end_of_text(content, end)
        yield kind, content[at:end]
        at = end
        if kind == "word" and found.group() == b"ID":
            end = _end_of_pixels(content, at)
            yield "pixels", content[at:end]
            at = end


def _end_of_text(content: bytes, at: int) -> int:
    depth = 1
    while found := _IN_TEXT.search(content, at):
        at = found.end()
        if found.group() == b"\\":
            at += 1
        else:
            depth += 1 if found.group() == b"(" else -1
            if not depth:
                return at
    return len(content)


def _end_of_pixels(content: bytes, at: int) -> int:
    while found := _END_OF_PIXELS.search(content, at):
        at = found.end()
        following = content[at : at + 12]
        if _PRINTABLE.fullmatch(following):
            return at
    return len(content)
