"""Language tags."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from casetracker.core.languages import LanguageField, language_name, validate_language_tag

GOOD = ["nl", "en-GB", "zh-Hant", "zh-Hans-CN", "zh-Hant-TW", "pt-BR", "sr-Latn", "yue", "ug", "es-419"]
BAD = [
    "",
    "Dutch",
    "nl_NL",
    "en GB",
    "xx",
    "q",
    "english",
    "en-",
    "-en",
    "en--GB",
    "en.UTF-8",
    "nl@euro",
    "../en",
    "zh-Hant-zh",
]


@pytest.mark.parametrize("tag", GOOD)
def test_a_tag_is_taken(tag):
    validate_language_tag(tag)
    assert language_name(tag) not in ("", tag)


@pytest.mark.parametrize("tag", BAD)
def test_anything_else_is_refused_with_examples(tag):
    with pytest.raises(ValidationError, match="Write a BCP 47 tag such as nl, en-GB or zh-Hant"):
        validate_language_tag(tag)


@given(st.text(max_size=12) | st.text("abzhHANT-_@.0129", max_size=12))
def test_no_text_does_worse_than_being_refused(tag):
    try:
        validate_language_tag(tag)
    except ValidationError:
        pass
    else:
        assert set(tag) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
    assert isinstance(language_name(tag), str)


def test_names_come_in_the_language_of_the_reader():
    assert language_name("nl") == "Dutch"
    assert language_name("nl", "nl") == "Nederlands"
    assert language_name("zh-Hant", "zh-hans") == "中文 (繁体)"


def test_an_unknown_tag_is_its_own_name():
    assert language_name("qqq") == "qqq"


def test_the_field_checks_the_tag():
    assert LanguageField().clean("zh-Hant", None) == "zh-Hant"
    assert LanguageField(blank=True).clean("", None) == ""
    with pytest.raises(ValidationError, match="“Dutch” is not a language tag"):
        LanguageField().clean("Dutch", None)
