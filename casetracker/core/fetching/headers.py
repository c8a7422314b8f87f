"""The headers of a response: what they say, and how they are kept."""

import re

Headers = list[tuple[str, str]]

LEFT_OUT = "[left out]"
# What a server hands out to know a visitor again. It is not kept: it would tell which visit a capture comes from.
_COOKIES = ("set-cookie", "set-cookie2")
# Responses that only say that the response is on its way.
_INTERIM = re.compile(rb"(?:HTTP/1\.[01] 1[0-9][0-9][^\n]*\n(?:[^\r\n][^\n]*\n)*\r?\n)*")
_END = re.compile(rb"\n\r?\n")
# A value may go on in lines that begin with a blank.
_COOKIE_LINES = re.compile(rb"(?im)^(set-cookie2?)[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")
_FRAMING = re.compile(rb"(?im)^transfer-encoding[ \t]*:")
_ABOUT_LENGTH = re.compile(rb"(?im)^(?=(?:transfer-encoding|content-length)[ \t]*:)")
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([a-z0-9_.:-]{1,40})")


def told(raw: list[tuple[bytes, bytes]]) -> Headers:
    """Return headers as text, without the values of cookies."""
    pairs = [(as_text(name), as_text(value)) for name, value in raw]
    return [(name, LEFT_OUT if name.lower() in _COOKIES else value) for name, value in pairs]


def as_text(value: bytes) -> str:
    """Return the bytes of a header as text: UTF-8, or else as the standard says."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def header(headers: Headers, name: str) -> str:
    """Return the value of a header, several of them with commas, or nothing."""
    return ", ".join(value for other, value in headers if other.lower() == name.lower())


def content_type(headers: Headers) -> tuple[str, str]:
    """Return media type and charset as the server tells them, in small letters; either may be missing."""
    value = header(headers, "content-type").lower()
    media_type = value.partition(";")[0].partition(",")[0].strip()
    charset = _CHARSET.search(value)
    return media_type if _MEDIA_TYPE.fullmatch(media_type) else "", charset[1] if charset else ""


def block_to_keep(received: bytes) -> bytes:
    """Return status line and headers as they came, up to the empty line.

    Interim responses go, and so do the values of cookies. The body is kept without the framing of chunks, so where
    there is one, the headers about it get the names that archives use for them.
    """
    start = _INTERIM.match(received)
    block = received[start.end() if start else 0 :]
    end = _END.search(block)
    block = _COOKIE_LINES.sub(rb"\1: " + LEFT_OUT.encode(), block[: end.end() if end else None])
    return _ABOUT_LENGTH.sub(b"X-Archive-Orig-", block) if _FRAMING.search(block) else block
