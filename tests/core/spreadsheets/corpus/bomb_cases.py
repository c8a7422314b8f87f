"""Files that are small and want to be large, or that want to take very long."""

import random
import zlib
from collections.abc import Callable
from functools import partial

from tests.core.spreadsheets.corpus.case import NAMES, Case
from tests.core.spreadsheets.corpus.plain import FILE, FILES, PLAIN, SHEET, A
from tests.core.spreadsheets.making import HEADER, MAIN, Entry, archive, cell, entries_of, row, sheet

MEGABYTE = 2**20
START, END = sheet("\0").encode().split(b"\0")


def squeezed(*pieces: tuple[bytes, int]) -> bytes:
    """Return a stream of deflate in which each piece comes that many times; whole, it never exists."""
    found = b""
    for piece, times in pieces:
        packer = zlib.compressobj(wbits=-15)
        found += (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)) * times
    return found + zlib.compressobj(wbits=-15).flush()


def with_stream(part: str, *pieces: tuple[bytes, int]) -> bytes:
    """Return the plain workbook with such a stream as one of its parts. What it says of its size and sum is false."""
    entries = [one for one in entries_of(FILES) if one.name != part.encode()]
    stream = Entry(part.encode(), squeezed(*pieces), method=0, size=1_000, crc=1)
    made = archive([*entries, stream])
    at = made.rfind(b"PK\x03\x04", 0, made.rfind(stream.content))
    directory = made.rfind(b"PK\x01\x02")
    # It was put in as it is, and is called packed now, at both places.
    return made[: at + 8] + b"\x08" + made[at + 9 : directory + 10] + b"\x08" + made[directory + 11 :]


def noise(size: int) -> bytes:
    """Return text that hardly packs, so that nothing looks like a bomb."""
    return random.Random(size).randbytes(size // 2).hex().encode()  # noqa: S311


def blanks() -> bytes:
    return with_stream(SHEET, (START, 1), (b" " * MEGABYTE, 2_000), (END, 1))


def comments() -> bytes:
    piece = b"<!--" + noise(2**14) + b"-->" + b" " * MEGABYTE
    return with_stream(SHEET, (START, 1), (piece, 900), (END, 1))


def one_comment() -> bytes:
    return with_stream(SHEET, (START + b"<!--", 1), (noise(2**14) + b" " * MEGABYTE, 380), (b"-->" + END, 1))


def one_attribute() -> bytes:
    piece = noise(2**14) + b" " * MEGABYTE
    return with_stream(SHEET, (START + b'<row r="', 1), (piece, 380), (b'"/>' + END, 1))


def many_attributes() -> bytes:
    listed = " ".join(f'a{i}=""' for i in range(1_500_000))
    return with_stream(SHEET, (START + f"<row {listed}/>".encode() + END, 1))


def elements() -> bytes:
    return with_stream(
        SHEET, (START, 1), (b"<row/>" * 10_000 + noise(2**10), 101), (b"<c/>" * 20_000 + noise(2**10), 1_300)
    )


def shared_texts() -> bytes:
    piece = b"<si><t>" + noise(2**11) + b"x" * 2**17 + b"</t></si>"
    links = f'<sst xmlns="{MAIN}">'.encode()
    return with_stream("xl/sharedStrings.xml", (links, 1), (piece, 300), (b"</sst>", 1))


def one_shared_text() -> bytes:
    links = f'<sst xmlns="{MAIN}"><si><t>'.encode()
    piece = noise(2**11) + b"x" * 2**17
    return with_stream("xl/sharedStrings.xml", (links, 1), (piece, 300), (b"</t></si></sst>", 1))


def text_that_many_share() -> bytes:
    shared = cell("s", "0")
    files = FILES | {
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{"x" * 49_000}</t></si></sst>'.encode(),
        SHEET: sheet(HEADER, *[row(shared, shared)] * 19_000).encode(),
    }
    return archive(entries_of(files))


def empty_rows(count: int) -> bytes:
    """Return a table with formatting far below it, as programs leave it behind when whole columns are formatted."""
    far = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(3, count + 3))
    return archive(entries_of(FILES | {SHEET: sheet(HEADER, A, far).encode()}))


def formatted_cells() -> bytes:
    return archive(entries_of(FILES | {SHEET: sheet(HEADER, A, *[row("<c s='1'/>" * 50)] * 20_000).encode()}))


def bomb(name: str, make: Callable[[], bytes], message: str = "", file_name: str = FILE, **others: object) -> Case:
    return Case(name, file_name, make, message, is_bomb=True, **others)


UNPACKS = "unpacks to much more than it seems"
FORMATTING = "too much formatting"
CHARACTERS = "more than 20000000 characters"
GUESSES = ["gb18030", "cp1250", "cp1251", "cp1252", "cp950"]
READ = {"columns": NAMES, "rows": [(2, ("A", "Prato"))]}


def lines(line: bytes, times: int) -> Callable[[], bytes]:
    return lambda: b"Name,City\n" + line * times


def csv_bomb(name: str, make: Callable[[], bytes], message: str = "", **others: object) -> Case:
    return bomb(name, make, message, "stations.csv", **others)


def read_as(name: str, cell: str, times: int) -> Case:
    """Return a CSV file with many rows of this cell."""
    rows = [(number, (cell, "x")) for number in range(2, times + 2)]
    return csv_bomb(name, lines(f"{cell},x\n".encode(), times), columns=NAMES, rows=rows)


WORKBOOKS = [
    bomb("two gigabytes of blanks", blanks, UNPACKS),
    bomb("bomb that packs badly", comments, UNPACKS),
    bomb("comment of many megabytes", one_comment, FORMATTING),
    bomb("attribute of many megabytes", one_attribute, FORMATTING),
    bomb("million attributes", many_attributes, FORMATTING),
    bomb("millions of elements", elements, FORMATTING),
    bomb("shared texts without end", shared_texts, CHARACTERS),
    bomb("shared text without end", one_shared_text, CHARACTERS),
    bomb("text that all cells share", text_that_many_share, CHARACTERS),
    bomb("million formatted rows", partial(empty_rows, 1_000_000), **READ),
    bomb("million formatted cells", formatted_cells, **READ),
    bomb("more than a million rows", partial(empty_rows, 1_048_576), "is damaged"),
    bomb("larger than allowed as a workbook", lambda: PLAIN.packed() + bytes(21 * MEGABYTE), "larger than 20 MB"),
]

PLAIN_TEXTS = [
    csv_bomb("commas alone", lines(b",", 19 * MEGABYTE), "more rows or columns"),
    csv_bomb("lines alone", lines(b"\n", 19 * MEGABYTE), "more rows or columns"),
    csv_bomb(
        "one cell of many megabytes", lines(b"x" * (19 * MEGABYTE) + b",y\n", 1), "more than 50000 characters", row=2
    ),
    csv_bomb("one header of many megabytes", lambda: b"N" * (19 * MEGABYTE) + b",City\nA,B\n", "longer than 200"),
    csv_bomb("quotes without end", lambda: b'Name,City\nA,"' + b'""' * (9 * MEGABYTE), "never closes", row=2),
    csv_bomb("quotes everywhere", lines(b'"A" B,"C" D\n', MEGABYTE // 2), "amid the text", row=2, problems=101),
    csv_bomb("piled accents", lines(("a" + "\u0301\u0323" * 20_000 + ",x\n").encode(), 200), "are piled", problems=101),
    csv_bomb(
        "Chinese in an old encoding", lines("青田同乡会,x\n".encode("gbk"), 1_400_000), "reads right", choices=GUESSES
    ),
    csv_bomb("larger than allowed", lines(b"A,B\n", 6 * MEGABYTE), "larger than 20 MB"),
    read_as("four bytes for each character", "😀" * 200, 19_000),
    read_as("apostrophes without end", "'" * 40_000 + "x", 400),
]

CASES: list[Case] = [*WORKBOOKS, *PLAIN_TEXTS]
