"""Good files with random damage: each is a table or refused, and never anything else."""

import random
import re
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest

from casetracker.core.spreadsheets import Limits, Table, UnreadableFile, write_csv, write_xlsx
from casetracker.core.spreadsheets.reading import read_table_here
from tests.core.spreadsheets.corpus import CASES
from tests.core.spreadsheets.corpus.plain import FILES
from tests.core.spreadsheets.making import HEADER, archive, book_of, cell, entries_of, number, row, text

TIMES = 1_000
HARMFUL = [b"\x00", b'"', b"\n", b"\xff", b"<", b">", b"9" * 30, b"=1", b"&x;", b"\xe2\x80\xae"]
NUMBERS = [b"", b"0", b"-1", b"2", b"60", b"1e400", b"99999999", b"9" * 5000, b"x", "٣".encode()]
SMALL = Limits(unpacked=2**22, elements=50_000, text=10**6)
COLUMNS = ["Name", "名称", "Since"]
ROWS = [["Zürich, “Büro”", "青田同乡会", "2022-10"], ["=1+1", 'a "b"\nc', "44860"], ["", "x;y\tz", "’t"]]
RICH = book_of(
    HEADER,
    row(text("A"), number("44860", 1)),
    row(cell("s", "0"), cell("str", "x", formula="A1")),
    row(cell("b", "1"), number("0.1")),
    before='<cols><col min="5" max="5" hidden="1"/></cols>',
    formats=["yyyy-mm-dd"],
    strings="<si><r><t>rich</t></r></si>",
)
GOOD = {
    "UTF-8": write_csv(COLUMNS, ROWS),
    "GBK": "名称,城市\n青田同乡会,普拉托\n".encode("gbk") * 3,
    "UTF-16": "名称\t城市\n青田同乡会\t普拉托\n".encode("utf-16"),
    "Windows-1252": "Name;City\nCafé;Orléans\n".encode("cp1252"),
    "workbook": write_xlsx("Stations", COLUMNS, ROWS, [("More", ["x"], [["y"]])]),
    "rich workbook": RICH.packed(),
}


def damaged(content, chance):
    """Return the content with some bytes changed, taken away, doubled, or put where others are."""
    for _time in range(chance.choice([1, 1, 1, 2, 4, 8])):
        content = chance.choice(DAMAGES)(content, chance.randrange(len(content) + 1), chance)
    return content


def flipped(content, at, chance):
    return content[:at] + bytes(byte ^ 1 << chance.randrange(8) for byte in content[at : at + 1]) + content[at + 1 :]


def overwritten(content, at, chance):
    return content[:at] + chance.randbytes(4) + content[at + 4 :]


def inserted(content, at, chance):
    return content[:at] + chance.choice(HARMFUL) + content[at:]


def shortened(content, at, chance):
    return content[:at] + content[at + chance.randrange(20) :]


def cut(content, at, chance):
    return content[:at] if chance.random() < 0.2 else content


def doubled(content, at, chance):
    return content[:at] + content[at : at + chance.randrange(200)] + content[at:]


def renumbered(content, at, chance):
    return replaced(content, rb"[0-9]+", chance.choice(NUMBERS), at)


def untagged(content, at, chance):
    return replaced(content, rb'<[^<>]*>|"[^"]*"', b"", at)


def replaced(content, pattern, by, at):
    """Return the content with the next that fits the pattern replaced: damage that XML survives."""
    found = re.compile(pattern).search(content, at)
    return content[: found.start()] + by + content[found.end() :] if found else content


DAMAGES = [flipped, overwritten, inserted, shortened, cut, doubled, renumbered, renumbered, untagged]


def is_read_or_refused(content):
    with suppress(UnreadableFile):
        check(read_table_here(content, "stations", limits=SMALL))


def check(table):
    assert isinstance(table, Table)
    assert table.rows
    assert all(len(one.cells) == len(table.columns) for one in table.rows)
    assert not any("\ufffd" in one or "\x00" in one for line in table.rows for one in line.cells)


def seeded(name):
    return random.Random(name)  # noqa: S311 - the same damage every time


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("name", GOOD)
def test_damaged_bytes(name):
    chance = seeded(name)
    for _time in range(TIMES):
        is_read_or_refused(damaged(GOOD[name], chance))


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("name", ["workbook", "rich workbook"])
def test_damaged_parts_in_a_sound_archive(name):
    chance = seeded(name)
    with zipfile.ZipFile(BytesIO(GOOD[name])) as package:
        files = {one: package.read(one) for one in package.namelist()}
    for _time in range(TIMES):
        part = chance.choice(list(files))
        is_read_or_refused(archive(entries_of(files | {part: damaged(files[part], chance)})))


@pytest.mark.slow
@pytest.mark.long
def test_parts_in_the_place_of_others():
    chance = seeded("swapped")
    donors = [FILES, RICH.files()]
    for _time in range(TIMES):
        files = {name: chance.choice(donors).get(name, b"") for name in FILES}
        one, other = chance.sample(list(files), 2)
        files[one], files[other] = files[other], files[one]
        del files[chance.choice([*files])]
        is_read_or_refused(archive(entries_of(files)))


@pytest.mark.parametrize("name", GOOD)
def test_some_damage_each_time(name):
    chance = seeded(f"quick {name}")
    for _time in range(50):
        is_read_or_refused(damaged(GOOD[name], chance))


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("case", [case for case in CASES if not case.is_bomb], ids=lambda case: case.name)
def test_the_corpus_damaged_further(case):
    chance = seeded(case.name)
    content = case.content() or b"x"
    for _time in range(20):
        is_read_or_refused(damaged(content, chance))
