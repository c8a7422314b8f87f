"""What is written is read as the same, in each format, whatever the texts are."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.core.bibliography.reading import FORMATS
from casetracker.core.bibliography.reference import Name, Reference, tidied
from casetracker.core.bibliography.types import TYPES
from casetracker.core.bibliography.writing import write_references
from casetracker.core.sheet_parsing.mojibake import damage_of
from tests.core.bibliography.reading_here import references

pytestmark = [pytest.mark.no_database, pytest.mark.slow]

# What LaTeX, RIS and JSON give a meaning of their own, among letters of many scripts.
_SIGNS = st.sampled_from(
    [*"\\{}~^%&#$_\"'`-@=,;:.!?/()[]|*+ \n\t", "--", "``", "''", " and ", "ER  - ", "TY  - ", "\\'e", "ß"]
)
_LETTERS = st.characters(categories=("L", "Nd", "Sc", "Sm"))


def _is_sound(text):
    return not damage_of(text) and "<" not in text and unicodedata.is_normalized("NFC", text)


_TEXTS = st.lists(_SIGNS | _LETTERS, max_size=12).map("".join).filter(_is_sound)
# In RIS a comma parts the family from what is given.
_FAMILIES = (
    st.lists(st.sampled_from([*"{}\\&-' ", "van ", " and ", "Ü"]) | _LETTERS, min_size=1, max_size=8)
    .map("".join)
    .filter(_is_sound)
)
_NAMES = st.builds(Name, _FAMILIES, _FAMILIES) | st.builds(Name, _TEXTS)
_YEARS = st.integers(1000, 2999).map(str)
_MONTHS = st.builds("{}-{:02}".format, _YEARS, st.integers(1, 12))
_DAYS = st.builds("{}-{:02}".format, _MONTHS, st.integers(1, 28))
_DATES = st.builds("{}{}".format, _YEARS | _MONTHS | _DAYS, st.sampled_from(["", "?", "~"]))
_SPANS = st.builds("{}/{}".format, _DATES, _DATES | st.just("..")) | _DATES.map("../{}".format)
_ADDRESSES = st.just("") | st.text(string.ascii_letters + string.digits + "~%&#_=?/-.$+", max_size=20).map(
    "https://example.org/{}".format
)
REFERENCES = st.builds(
    Reference,
    id=st.text(string.ascii_letters + string.digits + ":/._+-", min_size=1, max_size=20),
    type=st.sampled_from(sorted(TYPES)),
    title=_TEXTS.map("T{}".format),
    authors=st.lists(_NAMES, max_size=3).map(tuple),
    publisher=_TEXTS,
    container=_TEXTS,
    published=st.just("") | _DATES | _SPANS,
    url=_ADDRESSES,
    language=st.sampled_from(["", "nl", "zh-Hant"]),
    genre=_TEXTS,
    version=st.sampled_from(["", "2", "3.1 rev_4"]),
    note=_TEXTS,
).map(tidied)


@pytest.mark.parametrize("file_format", FORMATS)
@given(written=st.lists(REFERENCES, min_size=1, max_size=3))
def test_what_is_written_is_read(written, file_format):
    assert references(write_references(written, file_format), file_format) == written
