"""Codes and names of countries and governments."""

import pytest
from django.utils import translation

from casetracker.places.countries import (
    alpha3,
    country_choices,
    government_choices,
    government_codes,
    is_country,
    is_government,
    name_of,
)


def test_all_codes_of_the_standard_are_there():
    codes = government_codes()
    assert len(codes) == len(set(codes)) == 249 + 1  # ISO 3166-1 and the European Union.
    assert all(len(code) == 2 and code.isupper() and code.isascii() for code in codes)
    assert codes == sorted(codes)


def test_the_three_letter_codes_are_unique():
    codes = [alpha3(code) for code in government_codes() if is_country(code)]
    assert len(set(codes)) == 249
    assert all(len(code) == 3 and code.isupper() for code in codes)


@pytest.mark.parametrize(("code", "three", "name"), [("NL", "NLD", "Netherlands"), ("CN", "CHN", "China")])
def test_a_country(code, three, name):
    assert is_country(code)
    assert is_government(code)
    assert alpha3(code) == three
    assert name_of(code, "en") == name


def test_the_european_union_is_a_government_and_no_country():
    assert is_government("EU")
    assert not is_country("EU")
    assert alpha3("EU") == ""
    assert name_of("EU", "en") == "European Union"
    assert "EU" in dict(government_choices("en"))
    assert "EU" not in dict(country_choices("en"))


@pytest.mark.parametrize("code", ["", "nl", "XX", "NLD", "ZZ", "UK", "XK", None])
def test_what_is_no_code(code):
    assert not is_country(code)
    assert not is_government(code)


@pytest.mark.parametrize(
    ("language", "name"), [("nl", "Nederland"), ("zh-hans", "荷兰"), ("zh-hant", "荷蘭"), ("de", "Niederlande")]
)
def test_names_come_in_every_language(language, name):
    assert name_of("NL", language) == name
    assert len(government_choices(language)) == 250


def test_names_come_in_the_language_of_the_page():
    with translation.override("nl"):
        assert name_of("NL") == "Nederland"
    with translation.override(None):
        assert name_of("NL") == "Netherlands"


def test_an_unknown_code_is_its_own_name():
    assert name_of("XX", "en") == "XX"


def test_choices_are_sorted_by_name():
    names = [name for _code, name in country_choices("en")]
    assert names == sorted(names)
    assert len(names) == 249
