"""Finding out in which encoding a CSV file is, or asking."""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

from casetracker.core.sheet_parsing.findings import Choice, Finding, Refusal, refuse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_USUAL = ("gb18030", "cp950", "cp1252")
# Offered only where Western European reads oddly: nearly every file is valid in these.
_NEIGHBOURS = ("cp1250", "cp1251")
NAMES = ("utf-8", "utf-16", *_USUAL, *_NEIGHBOURS)

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# No text of a table has them; where they turn up, the encoding is another one.
_ABSURD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff\U000f0000-\U0010ffff]")
# Three accented letters in a row, or a sign within a word, are another alphabet read as Western European.
_ODD = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ]{3}|[A-Za-zÀ-ÿ][¡-©«-¶¸¹»-¿†‡‰€‹›ˆ˜][A-Za-zÀ-ÿ]|[A-Za-z]Ÿ")
_SAMPLE = 40
_SAMPLES = 3
_CHANCE = 8
_LOOKED_AT = 100_000
_ASCII = bytes(range(128))


def decoded(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text and the name of its encoding.

    A byte order mark decides; then the encoding that is asked for; then UTF-8, if it is valid. Raises `Refusal`,
    with choices where more than one encoding is possible.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _marked(content, name)
    if encoding:
        return _as_asked(content, encoding), encoding
    if b"\x00" in content:
        raise refuse("nul_bytes")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if _is_damaged_utf8(content):
            raise refuse("damaged_unicode", encoding="utf-8") from None
        return _legacy(content)


def _is_damaged_utf8(content: bytes) -> bool:
    """Tell whether hardly any bytes are wrong: no other encoding looks like UTF-8 by chance for long."""
    wrong = content.decode("utf-8", "replace").count("\ufffd")
    right = len(content.translate(None, _ASCII)) - wrong
    return right > _CHANCE and right > 6 * wrong


def _marked(content: bytes, name: str) -> tuple[str, str]:
    if not name:
        raise refuse("utf_32")
    try:
        text = content.decode(name)
    except UnicodeDecodeError as error:
        raise refuse("damaged_unicode", encoding=name.removesuffix("-sig")) from error
    if "\x00" in text:
        raise refuse("nul_bytes")
    return text.lstrip("\ufeff"), name.removesuffix("-sig")


def _as_asked(content: bytes, encoding: str) -> str:
    if encoding not in NAMES:
        raise refuse("unknown_encoding", encoding=encoding[:40])
    try:
        text = content.decode("utf-16-le" if encoding == "utf-16" else encoding)
    except UnicodeDecodeError as error:
        raise refuse("not_in_encoding", encoding=encoding) from error
    if "\x00" in text:
        raise refuse("nul_bytes")
    return text


def _legacy(content: bytes) -> tuple[str, str]:
    """Decide where a single encoding makes sense; ask otherwise."""
    names = [name for name in _USUAL if _is_sensible(content, name)]
    is_odd = "cp1252" in names and _ODD.search(content.decode("cp1252")) is not None
    if len(names) == 1 and not is_odd:
        return content.decode(names[0]), names[0]
    if is_odd:
        names += [name for name in _NEIGHBOURS if _is_sensible(content, name)]
    if not names:
        raise refuse("no_encoding")
    names.sort(key=lambda name: _unlikelihood(name, content, is_odd))
    raise Refusal([Finding("encoding_unclear")], choices=_choices(content, names))


def _is_sensible(content: bytes, encoding: str) -> bool:
    """Tell whether the bytes mean something in that encoding, and no nonsense."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not _ABSURD.search(text) and not any(unicodedata.category(char) == "Cn" for char in set(text))


def _unlikelihood(name: str, content: bytes, is_odd: bool) -> tuple[int, int]:
    """Order what is offered: Chinese first where whole words are made of common characters, else Western European."""
    place = (*_USUAL, *_NEIGHBOURS).index(name)
    if name in {"gb18030", "cp950"}:
        return (0 if _looks_chinese(content, name) else 3, place)
    return (2 if name == "cp1252" and is_odd else 1, place)


def _looks_chinese(content: bytes, encoding: str) -> bool:
    """Tell whether most of what is not ASCII, as far as one looks, comes in words of common characters."""
    text = content.decode(encoding)
    first = _NOT_ASCII.search(text)
    runs = _NOT_ASCII.findall(text, first.start(), first.start() + _LOOKED_AT) if first else []
    common = sum(len(run) for run in runs if len(run) > 1 and all(_is_common(char, encoding) for char in run))
    return common * 10 > sum(map(len, runs)) * 8


def _is_common(char: str, encoding: str) -> bool:
    code = char.encode(encoding)
    if encoding == "gb18030":  # GB 2312, and within it the signs and the characters of level 1
        return len(code) == 2 and (0xA1 <= code[0] <= 0xA9 or 0xB0 <= code[0] <= 0xD7) and code[1] >= 0xA1
    return 0xA1 <= code[0] <= 0xC6


def _choices(content: bytes, names: Sequence[str]) -> list[Choice]:
    """Show the same places of the file in each encoding."""
    found = re.finditer(rb"[^\x00-\x7f][^\r\n]*", content)
    places = [match.start() for match in islice(found, _SAMPLES)]
    return [Choice(name, " … ".join(_sample(content, place, name) for place in places)) for name in names]


def _sample(content: bytes, place: int, encoding: str) -> str:
    begin = max(content.rfind(byte, 0, place) for byte in (b"\n", b"\r", b",", b";", b"\t")) + 1
    line = content[max(begin, place - _SAMPLE) : place + 2 * _SAMPLE].decode(encoding, "ignore")
    return re.split(r"[,;\t\r\n]", line)[0].strip(' "')[:_SAMPLE]
