"""Finding equal texts among very many without keeping them."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from hashlib import blake2b


class TextIndex:
    """Which of many numbers have the same text.

    Twelve bytes are kept for each text, whatever its length: its hash and the number. Different texts have the same
    hash once in 2 to the 64th: who must be sure compares the texts. Call `sort` between adding and asking.
    """

    def __init__(self) -> None:
        """Begin without a text."""
        self._hashes, self._numbers = array("Q"), array("i")

    def add(self, text: str, number: int) -> None:
        """Note that a number has a text, one of several perhaps."""
        self._hashes.append(_hash(text))
        self._numbers.append(number)

    def sort(self) -> None:
        """Make it possible to ask. Numbers with the same text stay in the order in which they came."""
        order = array("L", sorted(range(len(self._hashes)), key=self._hashes.__getitem__))
        self._hashes = array("Q", (self._hashes[place] for place in order))
        self._numbers = array("i", (self._numbers[place] for place in order))

    def numbers_of(self, text: str) -> list[int]:
        """Return the numbers that have this text."""
        wanted = _hash(text)
        start = bisect_left(self._hashes, wanted)
        return list(self._numbers[start : bisect_right(self._hashes, wanted, lo=start)])

    def __contains__(self, text: str) -> bool:
        return bool(self.numbers_of(text))

    def groups(self) -> Iterator[list[int]]:
        """Yield the numbers that have the same text, wherever several have."""
        start = 0
        while start < len(self._hashes):
            end = bisect_right(self._hashes, self._hashes[start], lo=start)
            if end - start > 1:
                yield list(self._numbers[start:end])
            start = end


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
