"""Lists of texts in one column."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from casetracker.core.text_list import TextListField, TextListFormField

texts = st.text(min_size=1, max_size=10).map(lambda text: text.replace(";", "").strip()).filter(bool)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("", []),
        (None, []),
        (" ; ;", []),
        ("110 Overseas", ["110 Overseas"]),
        ("110 Overseas; Patrol and Persuade ;110 Overseas", ["110 Overseas", "Patrol and Persuade"]),
    ],
)
def test_a_line_becomes_a_list(line, texts):
    assert TextListFormField(required=False).clean(line) == texts


@given(st.lists(texts, unique=True))
def test_a_list_survives_the_form(values):
    field = TextListField().formfield()
    assert field.clean(field.prepare_value(values)) == values
    assert not field.has_changed(values, field.prepare_value(values))


def test_a_line_that_was_typed_is_shown_as_it_was_typed():
    assert TextListFormField().prepare_value("a;  b") == "a;  b"


def test_only_another_list_is_a_change():
    field = TextListFormField()
    assert not field.has_changed(["a", "b"], " a ;b")
    assert not field.has_changed(None, "")
    assert field.has_changed(["a", "b"], "b; a")


def test_a_list_is_empty_by_default():
    assert TextListField().get_default() == []
    assert TextListField().clean([], None) == []


@pytest.mark.parametrize("value", ["a", ["a", ""], ["a", "  "], [1], {"a": 1}, [["a"]], 3])
def test_what_is_no_list_of_texts_is_refused(value):
    with pytest.raises(ValidationError, match="Give texts with semicolons between them"):
        TextListField().clean(value, None)
