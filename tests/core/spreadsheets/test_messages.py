"""What is wrong is said in words, with its place and with what to do."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from casetracker.core import sheet_parsing
from casetracker.core.errors import DomainError
from casetracker.core.sheet_parsing.encodings import NAMES
from casetracker.core.sheet_parsing.findings import Finding, Refusal
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.sheet_parsing.parse import events
from casetracker.core.spreadsheets import EncodingUnclear, Problem, UnreadableFile
from casetracker.core.spreadsheets.message_texts import ENCODINGS, KINDS, MESSAGES
from casetracker.core.spreadsheets.messages import problems_of
from casetracker.core.spreadsheets.reading import read_table_here
from tests.core.spreadsheets.corpus import CASES

PARSERS = sorted(Path(sheet_parsing.__file__).parent.glob("*.py"))
CODE = re.compile(r'"([a-z0-9]+(?:_[a-z0-9]+)*)"')
# Told by the process around the parser, or only where memory ends.
BY_BOMBS = {"beyond_all_programs", "piled_marks", "too_large", "too_many_cells", "too_much_text", "unpacks_too_large"}
ELSEWHERE = {"needs_too_much_memory", "takes_too_long", "unreadable", "not_now"}


def refusal_of(content, **options):
    with pytest.raises(UnreadableFile) as refused:
        read_table_here(content, "stations.csv", **options)
    return refused.value


def test_every_code_of_the_parsers_has_a_message():
    raised = {
        code
        for path in PARSERS
        for found in re.findall(r'(?:refuse|Finding|Unclear|\.add|add_sheet)\(\s*"([a-z0-9_]+)"', path.read_text())
        for code in [found]
    }
    assert len(raised) > 30
    assert raised <= set(MESSAGES)


def test_every_message_is_of_a_code():
    words = {word for path in PARSERS for word in CODE.findall(path.read_text())}
    assert set(MESSAGES) - ELSEWHERE <= words
    assert set(KINDS) <= words


def codes_of(case):
    try:
        for _event in events(case.content(), encoding=case.encoding, sheet=case.sheet, limits=Limits()):
            pass
    except Refusal as refusal:
        return {finding.code for finding in refusal.findings}
    return set()


def test_the_corpus_has_every_message():
    seen = {code for case in CASES if not case.is_bomb for code in codes_of(case)}
    assert set(MESSAGES) - seen - ELSEWHERE == BY_BOMBS


def test_every_problem_of_the_corpus_says_what_to_do():
    for case in CASES:
        if not case.message or case.is_bomb:
            continue
        with pytest.raises(UnreadableFile) as refused:
            read_table_here(case.content(), case.file_name, encoding=case.encoding, sheet=case.sheet)
        for problem in refused.value.problems:
            assert "%(" not in problem.message
            assert problem.message.endswith(".")
            assert len(problem.value) <= 80
            assert not {"\n", "\r", "\t", "\x00", "\u202e"} & set(problem.value + problem.message + problem.column)


def test_a_refusal_is_a_domain_error_that_names_the_places():
    refused = refusal_of(b"Name,City\nA,B,C\nD,\xef\xbf\xbd\n")
    assert isinstance(refused, DomainError)
    assert [(one.row, one.column, one.value) for one in refused.problems] == [(2, "C", "C"), (3, "City", "\ufffd")]
    first, second = str(refused).split("\n")
    assert first.startswith("Row 2, Column C: This cell stands beside the table")
    assert second.startswith("Row 3, Column City: Characters have been lost")


def test_the_place_of_a_problem():
    assert str(Problem("Wrong.")) == "Wrong."
    assert str(Problem("Wrong.", "Old", 3, "City", "x")) == "Sheet Old, Row 3, Column City: Wrong."


def test_what_is_shown_of_a_cell():
    [problem] = refusal_of(("Name,City\nA,B,\u202e" + "long " * 100 + "\n").encode()).problems
    assert problem.value.startswith("[U+202E]long long")
    assert len(problem.value) == 80
    assert problem.value.endswith("…")


def test_the_rest_is_counted():
    problems = refusal_of(b"Name,City\n" + b"A,B,C\n" * 101).problems
    assert len(problems) == 101
    assert problems[-1].message == "… and one more like these."
    assert refusal_of(b"Name,City\n" + b"A,B,C\n" * 150).problems[-1].message == "… and 50 more like these."


def test_a_name_of_a_file_is_text_and_nothing_else():
    with pytest.raises(UnreadableFile) as refused:
        read_table_here(b"%PDF-1.7", "%(kind)s\u202e\n" + "x" * 300)
    [problem] = refused.value.problems
    assert problem.message.startswith("“%(kind)s[U+202E] xxx")
    assert "…” is a PDF document" in problem.message


def test_encodings_are_named_in_words_and_by_their_texts():
    refused = refusal_of("Name,City\n青田同乡会,普拉托\n\nx,温州\n".encode("gbk"))
    assert isinstance(refused, EncodingUnclear)
    first = refused.choices[0]
    assert (first.name, first.label) == ("gb18030", "Chinese, simplified (GB 18030, GBK)")
    assert first.sample == "青田同乡会 … 温州"
    table = read_table_here("Name,City\n青田,普\n".encode("gbk"), "x.csv", encoding=first.name)
    assert table.rows[0].cells == ("青田", "普")
    western = refusal_of("Name,City\nBüro,x\n".encode("cp1252"))
    assert [(choice.name, choice.sample) for choice in western.choices] == [("cp1252", "Büro"), ("gb18030", "B黵o")]


def test_every_encoding_has_a_label():
    assert set(NAMES) == set(ENCODINGS)


def test_a_code_without_words_is_no_error():
    [problem] = problems_of(Refusal([Finding("something_new")]), "x")
    assert problem.message.startswith("This cannot be read.")


def test_messages_are_made_in_the_language_of_the_reader():
    with translation.override("nl"):
        assert refusal_of(b"").problems[0].message == str(MESSAGES["empty"])
