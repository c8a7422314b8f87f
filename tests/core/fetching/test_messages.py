"""There are words for everything that may go wrong."""

import itertools

import pytest

from casetracker.core.fetching import CaptureCode, FailureCode, RefusalCode, describe

CODES = [*RefusalCode, *FailureCode, *CaptureCode]


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_words_that_say_what_to_do(code):
    assert describe(code).endswith(".")
    assert describe(code.value) == describe(code)


def test_no_two_codes_are_alike():
    for one, other in itertools.combinations(CODES, 2):
        assert one.value != other.value
        assert describe(one) != describe(other)
