"""Folding text."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.core.text import fold, readings, with_invisible_shown


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("  Two   words ", "two words"),
        ("Straße", "strasse"),
        ("Ørsted Æble Đà Nẵng", "orsted aeble da nang"),
        ("Łódź — Pańska 1", "lodz panska 1"),
        ("İstanbul", "istanbul"),
        ("Ｔｏｋｙｏ　１２", "tokyo 12"),
        ("𝐃𝐚𝐦 ℡", "dam tel"),
        ("青田同乡会", "青田同乡会"),
        ("한국", "한국"),
        ("a_b-c/d", "a b c d"),
        ("%E9%9D%92%E7%94%B0", "青田"),
        ("Dam%20square+1", "dam square 1"),
        ("Dam%2520square", "dam square"),
        ("da\u00admrak", "damrak"),
        ("da\u200bmrak", "damrak"),
        ("a\u3164b\uffa0c\u1160d\u2065e\U000e0080f", "a b cdef"),
        ("華人聯誼會 髮 發 薴", "华人联谊会 发 发 苎"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


# Without escapes of URLs: in "%0¼" another form of ¼ would complete one.
@given(st.text().filter(lambda text: "%" not in text))
def test_case_and_form_of_composition_do_not_matter(text):
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)
    assert fold(text.casefold()) == fold(text)


@pytest.mark.parametrize("text", ["%25" + "25" * 20_000, "&" + "amp;" * 10_000, "%" * 40_000, "&#" + "9" * 40_000])
def test_long_escapes_are_read_in_little_time(text):
    start = time.process_time()
    readings(text)
    assert time.process_time() - start < 1


def test_what_cannot_be_seen_or_stored_is_shown_as_its_code():
    assert with_invisible_shown("a\u202eb\x00c\ud83dd\ne") == "a[U+202E]b[U+0000]c[U+D83D]d\ne"
