"""What is wrong with a bibliography: all of it at once, with entry, line and remedy. No bytes crash it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.core.bibliography.formats import BIBTEX, CSL, RIS
from casetracker.core.bibliography.reading import FORMATS, read_bibliography
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.spreadsheets import EncodingUnclear, UnreadableFile
from tests.core.bibliography.reading_here import entries, references

pytestmark = pytest.mark.no_database


def problems(text, file_format):
    with pytest.raises(UnreadableFile) as refused:
        entries(text, file_format)
    return [problem.message for problem in refused.value.problems]


def test_all_that_is_wrong_with_bibtex_is_said_at_once():
    text = (
        "@misc{good, title = {x}}\n"
        "@misc{\n  title = {x}}\n"
        "@misc{second title = {x}}\n"
        "@misc{third, title {x}}\n"
        "@misc{fourth, title = {x}, year = soon}\n"
        "@misc{fifth, title = {x}, Title = {y}, title = {y}}\n"
        "@misc{sixth, title = {x,\n\n"
        "@misc{seventh, title = {x"
    )
    said = problems(text, BIBTEX)
    expected = (
        ("“title” in line 2", "has no key"),
        ("“second” in line 4", "no comma behind it"),
        ("“third”, which begins in line 5", "name = {value}"),
        ("“fifth” in line 7", "two fields “title”"),
        ("“sixth”, which begins in line 8", "is not closed"),
        ("“seventh”, which begins in line 10", "is not closed"),
        ("“fourth” in line 6", "“soon” without braces"),
    )
    assert len(said) == len(expected)
    for name, why in expected:
        assert any(name in message and why in message for message in said), (name, said)


def test_all_that_is_wrong_with_ris_is_said_at_once():
    said = problems("AU  - Nobody\nER  - \nTY  - NEWS\nTI  - First\nTY  - NEWS\nTI  - Second\n", RIS)
    assert [message.partition(".")[0] for message in said] == [
        "In line 1 stands “AU” outside of any entry",
        "The entry “First”, which begins in line 3, does not end",
        "The entry “Second”, which begins in line 5, does not end",
    ]
    assert "Add the line “ER  - ” behind it." in said[1]


def test_all_that_is_wrong_with_csl_json_is_said_at_once():
    said = problems('[{"title":"x"},\n7,\n{"itemType":"book","title":"y"},\n{"title":"\\u0000z","id":"a"}]', CSL)
    assert len(said) == 3
    assert "at place 2 of the list, in line 2" in said[0]
    assert "choose “CSL JSON”" in said[1]
    assert "The entry “z” in line 4 has characters that are no text." in said[2]


@pytest.mark.parametrize(
    ("text", "file_format", "why"),
    [
        ("[" * 100_000, CSL, "nested deeper"),
        ('[{"title":"x","note":' + '{"a":' * 100_000, CSL, "nested deeper"),
        ('[{"title":"x"},\n{"title" "y"}]', CSL, "no valid JSON from line 2 on"),
        ('[{"title":"x"}', CSL, "no valid JSON"),
        ('{"title":"x"} rest', CSL, "no valid JSON"),
        ("[]", CSL, "no entry in this file"),
        ("TY", RIS, "no entry in this file"),
        ("@comment{x}", BIBTEX, "no entry in this file"),
        ('@misc{a, title = "' + "x" * 60_000 + '"}', BIBTEX, "much longer"),
        (f'[{{"title":"{"x" * 60_000}"}}]', CSL, "more than 50000 characters"),
        ("TY  - NEWS\nTI  - PolizeimÃ¼ller\nER  - \n", RIS, "garbled"),
        (b"TY  - NEWS\nTI  - \x00\nER  - \n", RIS, "no text (NUL)"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_remedy(text, file_format, why):
    assert any(why in message for message in problems(text, file_format))


def test_macros_made_of_macros_do_not_fill_the_memory():
    macros = ['@string{a0 = "laugh"}', *(f"@string{{a{step + 1} = a{step} # a{step}}}" for step in range(60))]
    assert "much longer" in problems("\n".join([*macros, "@misc{x, title = a60}"]), BIBTEX)[0]


def test_deep_braces_are_read_without_calling_oneself():
    text = f"@misc{{a, title = {{{'{' * 20_000}x{'}' * 20_000}}}}}"
    assert [reference.title for reference in references(text, BIBTEX)] == ["x"]


def test_a_number_of_any_length_is_no_number():
    (reference,) = references('[{"id":' + "1" * 10_000 + ',"title":"x","issued":{"date-parts":[[1e999,NaN]]}}]', CSL)
    assert reference.title == "x"


def test_an_encoding_that_is_not_clear_is_asked_for():
    content = "@misc{a, title = {Müller}}".encode("cp1252")
    with pytest.raises(EncodingUnclear) as asked:
        entries(content, BIBTEX)
    assert "cp1252" in [choice.name for choice in asked.value.choices]
    ((_line, reference),) = entries(content, BIBTEX, "cp1252")
    assert reference.title == "Müller"


def test_entries_on_one_line_are_numbered_by_their_place():
    assert [number for number, _reference in entries('[{"title":"x"},{"title":"y"}]', CSL)] == [1, 2]


_PIECES = st.sampled_from(
    [*'@{}(),=#"\\[]:\n \t-~$%', "TY  - ", "ER  - ", "AU  - ", "@misc{a,", "title", "date-parts", "issued", "1", "null"]
)


@pytest.mark.parametrize("file_format", FORMATS)
@given(pieces=st.lists(_PIECES))
def test_nothing_that_people_send_crashes(pieces, file_format):
    with suppress(UnreadableFile):
        entries("".join(pieces), file_format)


# --- In a process of its own -----------------------------------------------------


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_process_reads_and_tells(file_format):
    text = {
        BIBTEX: r"@misc{a, title = {M{\"u}ller \ss}}",
        RIS: "TY  - GEN\nID  - a\nTI  - Müller ß\nER  - \n",
        CSL: '[{"id":"a","title":"Müller ß"}]',
    }[file_format]
    found = read_bibliography(text.encode(), "library", file_format)
    assert [(entry.number, entry.reference.id, entry.reference.title) for entry in found.entries] == [
        (1, "a", "Müller ß")
    ]
    assert (found.encoding, found.file_format) == ("utf-8", file_format)


def test_the_process_is_kept_within_bounds():
    many = "".join(f"@misc{{k{number}, title = {{x}}}}\n" for number in range(20))
    with pytest.raises(UnreadableFile, match="more than 10 entries"):
        read_bibliography(many.encode(), "x.bib", BIBTEX, limits=Limits(rows=10))
    with pytest.raises(UnreadableFile, match="larger than 0 MB"):
        read_bibliography(many.encode(), "x.bib", BIBTEX, limits=Limits(bytes=100))
    with pytest.raises(UnreadableFile, match="too much memory"):
        read_bibliography(many.encode(), "x.bib", BIBTEX, limits=Limits(memory=1 << 20))
