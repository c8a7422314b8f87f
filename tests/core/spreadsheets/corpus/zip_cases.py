"""Archives with every trick that archives know."""

from dataclasses import replace

from tests.core.spreadsheets.corpus.case import Case, bad, good
from tests.core.spreadsheets.corpus.plain import FILE, FILES, SHEET
from tests.core.spreadsheets.making import (
    HEADER,
    Entry,
    archive,
    entries_of,
    packed,
    row,
    sheet,
    text,
)

OTHER = "packed in a way that no spreadsheet program uses"
GOOD = packed(FILES)
EVIL = sheet(HEADER, row(text("evil"))).encode()
ENTRIES = entries_of(FILES)


def named(name: bytes, **others: object) -> bytes:
    return archive([*ENTRIES, Entry(name, b"<x/>", **others)])


def nested() -> bytes:
    """Return an archive in which an entry lies within another, as in the best of zip bombs."""
    inner = Entry(b"xl/inner.xml", b"<x/>")
    local = archive([inner]).partition(b"PK\x01\x02")[0]
    made = archive([*ENTRIES, Entry(b"xl/outer.xml", b"<!--" + local, method=0)])
    return archive(
        [*ENTRIES, Entry(b"xl/outer.xml", b"<!--" + local, method=0), replace(inner, offset=made.find(local))]
    )


ZIPS = [
    good("an archive made by hand", FILE, archive(ENTRIES), ("A", "Prato")),
    bad("cut off by half", FILE, GOOD[: len(GOOD) // 2], "not uploaded to its end"),
    bad("cut off by a byte", FILE, GOOD[:-1], "not uploaded to its end"),
    bad("cut off at the start", FILE, b"PK\x03\x04" + GOOD[40:], "not uploaded to its end"),
    bad("another archive before it", FILE, packed({"x": b"x"}) + GOOD, OTHER),
    bad(
        "a byte of a part is another",
        FILE,
        archive([replace(one, crc=1) if one.name == SHEET.encode() else one for one in ENTRIES]),
        "is damaged (xl/worksheets/sheet1.xml)",
    ),
    bad(
        "part larger than it says",
        FILE,
        archive([replace(one, size=10) if one.name == SHEET.encode() else one for one in ENTRIES]),
        "is damaged",
    ),
    bad("part twice", FILE, archive([*ENTRIES, Entry(SHEET.encode(), EVIL)]), OTHER),
    bad("part twice in another case", FILE, archive([*ENTRIES, Entry(SHEET.upper().encode(), EVIL)]), OTHER),
    bad("another name inside", FILE, named(b"xl/a.xml", local_name=b"xl/b.xml"), OTHER),
    bad("name with a NUL", FILE, named(b"xl/a.xml\x00.png"), OTHER),
    bad("name from the root", FILE, named(b"/etc/passwd"), OTHER),
    bad("name from above", FILE, named(b"xl/../../x.xml"), OTHER),
    bad("name of a drive", FILE, named(b"C:\\x.xml"), OTHER),
    bad("name with quotes", FILE, named(b'xl/"x".xml'), OTHER),
    bad("name with a turn", FILE, named("xl/\u202elmx.xml".encode(), flags=0x800), OTHER),
    bad(
        "entries over each other",
        FILE,
        archive([*ENTRIES, replace(ENTRIES[0], name=b"x", local_name=ENTRIES[0].name, offset=0)]),
        OTHER,
    ),
    bad("entry within another", FILE, nested(), OTHER),
    bad("packed in two ways", FILE, named(b"xl/x.xml", local_method=0), OTHER),
    bad("a way of packing that is none", FILE, named(b"xl/x.xml", method=99), OTHER),
    bad("packed by another way", FILE, named(b"xl/x.xml", method=12), OTHER),
    bad("encrypted part", FILE, named(b"xl/x.xml", flags=1), "has a password"),
    bad("archive in the archive", FILE, archive([*ENTRIES, Entry(b"xl/x.bin", GOOD)]), "an archive inside"),
    bad(
        "archive in the archive, not packed",
        FILE,
        archive([*ENTRIES, Entry(b"xl/x.bin", GOOD, method=0)]),
        "an archive inside",
    ),
    bad(
        "too many parts",
        FILE,
        archive([*ENTRIES, *(Entry(b"xl/%d" % i, b"") for i in range(1_001))]),
        "more than 1000 parts",
    ),
    bad(
        "more parts than it says",
        FILE,
        archive([*ENTRIES, *(Entry(b"xl/%d" % i, b"") for i in range(1_001))], count=5),
        "more than 1000 parts",
    ),
]

CASES: list[Case] = ZIPS
