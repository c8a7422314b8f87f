"""Fields for codes of countries and governments."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from casetracker.places.fields import CountryField, GovernmentField
from responses.models import Agreement, Response
from stations.models import Station


@pytest.mark.parametrize(
    ("field", "code", "message"),
    [
        (CountryField(), "EU", "“EU” is not a country. Write an ISO 3166-1 code such as NL."),
        (CountryField(), "xx", "“xx” is not a country. Write an ISO 3166-1 code such as NL."),
        (GovernmentField(), "nl", "“nl” is not a government. Write an ISO 3166-1 code such as NL, or EU."),
    ],
)
def test_another_code_is_refused_with_the_remedy(field, code, message):
    with pytest.raises(ValidationError) as refusal:
        field.clean(code, None)
    assert refusal.value.messages == [message]


def test_good_codes_are_taken():
    assert CountryField().clean("NL", None) == "NL"
    assert GovernmentField().clean("EU", None) == "EU"
    assert GovernmentField(blank=True).clean("", None) == ""


def test_the_length_stands_in_the_class_and_not_in_migrations():
    _name, path, args, kwargs = CountryField("country", blank=True).deconstruct()
    assert (path, list(args)) == ("casetracker.places.fields.CountryField", [])
    assert kwargs == {"verbose_name": "country", "blank": True}
    assert CountryField(*args, **kwargs).max_length == 2


def test_a_form_offers_names_in_the_language_of_the_page():
    field = Station._meta.get_field("country").formfield()
    assert isinstance(field, forms.ChoiceField)
    assert field.required
    assert dict(field.choices)["NL"] == "Netherlands"
    assert "EU" not in dict(field.choices)
    with translation.override("nl"):
        assert dict(field.choices)["NL"] == "Nederland"
    assert field.clean("NL") == "NL"
    with pytest.raises(ValidationError):
        field.clean("EU")


def test_an_optional_code_may_be_left_out():
    field = Response._meta.get_field("concerns").formfield()
    assert not field.required
    assert field.clean("") == ""
    assert dict(field.choices)["EU"] == "European Union"
    assert field.label == "Concerns"


def test_a_form_begins_with_the_default():
    assert Agreement._meta.get_field("counterpart").formfield().initial == "CN"
    assert Agreement._meta.get_field("country").formfield().initial is None


def test_a_code_is_chosen_from_a_list_whatever_widget_texts_get():
    """The desk gives its own text box to every column of text, and a code is one."""
    field = GovernmentField().formfield(widget=forms.TextInput)
    assert isinstance(GovernmentField(), models.CharField)
    assert isinstance(field.widget, forms.Select)
