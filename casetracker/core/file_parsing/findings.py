"""What is wrong with a file, in codes, and what it says about itself: this side has no translations."""

from collections.abc import Iterable

_MOST_NOTES = 80
_LONGEST_NAME = 60
_LONGEST_VALUE = 300
_MOST_VALUES = 10


class Refusal(Exception):
    """The file is refused; the other side makes a message of `code` and `details`."""

    def __init__(self, code: str, **details: str | int) -> None:
        """Take the reason and what its message needs."""
        super().__init__(code)
        self.code = code
        self.details = details


class Notes:
    """What a file says about itself: names to values, few and short ones. A value that comes twice is kept once."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._values: dict[str, list[str]] = {}

    def add(self, name: str, *values: object) -> None:
        """Note these values under the name, as far as they say anything."""
        name = plain(name)[:_LONGEST_NAME]
        for value in values:
            text = plain(value)[:_LONGEST_VALUE]
            if not text or not name or (name not in self._values and len(self._values) == _MOST_NOTES):
                continue
            known = self._values.setdefault(name, [])
            if text not in known and len(known) < _MOST_VALUES:
                known.append(text)

    def add_known(self, names: dict[str, str], found: Iterable[tuple[str, object]]) -> None:
        """Note what was found under those names that are known."""
        for key, value in found:
            if key in names:
                self.add(names[key], value)

    def as_dict(self) -> dict[str, str]:
        """Return one text for each name."""
        return {name: "; ".join(values)[:_LONGEST_VALUE] for name, values in self._values.items()}


def plain(value: object) -> str:
    """Return text of any kind on one line; bytes are read as UTF-8, else as Latin-1."""
    text = _decoded(value.strip(b"\x00")) if isinstance(value, bytes) else str(value)
    text = text[: 4 * _LONGEST_VALUE].encode("utf-8", "replace").decode()
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _decoded(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
