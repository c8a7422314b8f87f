"""The trap itself: a canary is known in every form."""

import uuid

import pytest

from tests.canary import birds


@pytest.mark.parametrize("form", list(birds.every_form(birds.text("test"))), ids=lambda form: form[:12])
def test_a_text_is_found_in_every_encoding(form):
    assert birds.found_in(f"before{form}after") != []


@pytest.mark.parametrize(
    "value", ["1931-07-19", "19 July 1931", "1931-07-19T05:07:09.471147Z", "52.371593", "1477000012", "gsw-CH"]
)
def test_days_numbers_and_points_are_found(value):
    assert birds.found_in(f'{{"a":"{value}"}}') != []


def test_a_key_is_found_with_and_without_dashes():
    key = uuid.UUID(int=2**100)
    for text in (str(key), key.hex, str(key).upper()):
        assert birds.found_in(f"/{text}/", keys=frozenset({key.hex})) == [text]


def test_ordinary_words_and_hashes_are_not():
    assert birds.found_in("Station S-1 of 2022-10-26, 52.37, " + "0123456789abcdef" * 4) == []
