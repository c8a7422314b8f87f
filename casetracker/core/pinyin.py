"""Chinese words in Latin letters, so that 福州, 福州 in traditional characters and Fuzhou compare equal."""

from functools import lru_cache

from pypinyin import lazy_pinyin

from casetracker.core.text import fold


@lru_cache(maxsize=4096)
def romanised(text: str) -> str:
    """Return a text folded and without blanks, its Chinese characters as pinyin without tones.

    For comparing, not for reading: a character with several readings gets the usual one.
    """
    return fold("".join(lazy_pinyin(fold(text), v_to_u=True))).replace(" ", "")
