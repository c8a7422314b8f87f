"""The catalogues of translations: complete, with the same placeholders, and compiled as they stand."""

import io
import re
import shutil

import pytest
from babel.messages.mofile import write_mo
from django.core.management import call_command
from django.core.management.base import CommandError

from casetracker.core.management.commands.messages import LANGUAGES, catalogue_of, read

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}")
# Marks of the end that a translation must have too, in the writing of its language.
ENDS = {".": ".。", "?": "?？", ":": ":："}

each_language = pytest.mark.parametrize("locale", LANGUAGES)


def texts(value):
    return [value] if isinstance(value, str) else list(value)


def messages(locale):
    return [message for message in read(catalogue_of(locale)) if message.id]


@each_language
def test_every_text_is_translated(locale):
    lacking = [message.id for message in messages(locale) if message.fuzzy or not all(texts(message.string))]
    assert not lacking


@each_language
def test_every_plural_form_is_there(locale):
    forms = read(catalogue_of(locale)).num_plurals
    wrong = [message.id for message in messages(locale) if message.pluralizable and len(message.string) != forms]
    assert not wrong


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def originals(message, number):
    ids, is_for_one = texts(message.id), number == 0 and len(texts(message.string)) > 1
    return [placeholders(ids[-1]), *([placeholders(ids[0])] if is_for_one else [])]


@each_language
def test_placeholders_are_those_of_the_original(locale):
    """Each form has those of the plural; the form for one may leave the number out where the original does."""
    wrong = {
        message.id: text
        for message in messages(locale)
        for number, text in enumerate(texts(message.string))
        if placeholders(text) not in originals(message, number)
    }
    assert not wrong


@each_language
def test_translations_end_as_the_original_does(locale):
    wrong = {
        message.id: text
        for message in messages(locale)
        for original, text in zip(texts(message.id), texts(message.string), strict=False)
        if original[-1] in ENDS and text[-1] not in ENDS[original[-1]]
    }
    assert not wrong


@each_language
def test_what_the_program_reads_is_what_people_edit(locale):
    compiled = io.BytesIO()
    write_mo(compiled, read(catalogue_of(locale)))
    assert catalogue_of(locale).with_suffix(".mo").read_bytes() == compiled.getvalue(), "run ./run messages"


# Both languages in one test: the command writes its template beside the catalogues of the checkout, where a second one
# in another process would take it away.
@pytest.mark.skipif(not shutil.which("xgettext"), reason="no GNU gettext here: apt-get install gettext")
def test_the_comparison_with_the_code_tells_what_is_lacking(settings, tmp_path):
    shutil.copytree(settings.LOCALE_PATHS[0], tmp_path / "locale")
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    for locale in LANGUAGES:
        catalogue = catalogue_of(locale)
        catalogue.write_text(catalogue.read_text().replace('msgid "What now?"', 'msgid "What then?"'))
    with pytest.raises(CommandError) as refused:
        call_command("messages", "--check", verbosity=0)
    for locale in LANGUAGES:
        assert f"{locale} lacks: ('What now?',)" in str(refused.value)
        assert f"{locale} need not have: ('What then?',)" in str(refused.value)
