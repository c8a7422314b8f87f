"""Canonical JSON and hashing: anybody must arrive at the same bytes."""

import hashlib
import json
import struct

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from casetracker.core.canonical import canonical_json, length_prefixed, salted_hash, sha256_hex

# RFC 8785, section 3.2.2 and 3.2.3: input and its canonical form.
RFC_DOCUMENT = r"""
{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}
"""
RFC_CANONICAL = (
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
    r'"string":"€$\u000f\nA' + "'" + r'B\"\\\\\"/"}'
)
# RFC 8785, appendix B: the bits of a double and how it is written.
RFC_NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}

# Whole numbers beyond 2^53 are no JSON numbers that everybody reads alike, so they are refused.
numbers = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-(2.0**52), 2.0**52)
texts = st.text(st.characters(exclude_categories=["Cs"]))
json_values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def test_the_document_of_the_standard():
    assert canonical_json(json.loads(RFC_DOCUMENT)).decode() == RFC_CANONICAL


@pytest.mark.parametrize(("bits", "text"), RFC_NUMBERS.items())
def test_the_numbers_of_the_standard(bits, text):
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical_json(number).decode() == text


def test_keys_are_sorted_by_their_utf16_units():
    """RFC 8785, section 3.2.3: 😀 stands before ﬃ, because its first half is a surrogate."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    order = list(json.loads(canonical_json(dict.fromkeys(keys, ""))))
    assert order == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@given(json_values)
def test_parsing_and_writing_again_changes_nothing(value):
    text = canonical_json(value)
    assert canonical_json(json.loads(text)) == text


@given(st.dictionaries(texts, numbers, min_size=2), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(value, random):
    items = list(value.items())
    random.shuffle(items)
    assert canonical_json(dict(items)) == canonical_json(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, {1: "a number as key"}, object()])
def test_what_json_cannot_carry_is_refused(value):
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical_json(value)


def test_a_salted_hash_is_that_of_salt_and_data():
    assert salted_hash("00ff", b"data") == hashlib.sha256(b"\x00\xffdata").hexdigest() == sha256_hex(b"\x00\xffdata")


@given(st.lists(st.binary(max_size=20)), st.lists(st.binary(max_size=20)))
def test_other_parts_never_join_to_the_same_bytes(one, other):
    assert (length_prefixed(*one) == length_prefixed(*other)) == (one == other)


def test_the_lengths_stand_before_the_parts():
    assert length_prefixed(b"ab", b"") == b"\0\0\0\0\0\0\0\2ab" + b"\0" * 8
