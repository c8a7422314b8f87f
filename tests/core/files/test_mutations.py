"""Files with random damage: each is answered or refused, and no copy says what the original does."""

import random
import zipfile
import zlib
from io import BytesIO

import pytest

from casetracker.core.files.words import REFUSALS
from tests.core.files.corpus import CASES
from tests.core.files.here import asked_here
from tests.core.files.making import documents, images, pdfs
from tests.core.files.making.canaries import found_in
from tests.core.files.test_refusals import DAMAGED, FOREIGN_FILES, OTHER_REFUSALS
from tests.core.spreadsheets.test_mutations import damaged

OURS = "casetracker."
WORDS = [b"<<", b">>", b"[", b"]", b"obj", b"endobj", b"stream", b"R", b"null", b"(", b")", b"/Kids", b"/Length"]
every_type = pytest.mark.parametrize("case", CASES, ids=lambda case: case.file_type.value)


def seeded(name):
    return random.Random(name)  # noqa: S311 - the same damage every time


def answered(content):
    found = asked_here(content)
    assert set(found.codes) <= set(REFUSALS)
    # What libraries raise for damage is refused; what our own code raises is a fault.
    assert not [place for place in found.places if f" in {OURS}" in place]
    return found


def all_answered(contents):
    """Damage can make a remark a table of colours, or packed bytes what a page draws; it does so hardly ever."""
    copies = [copy for content in contents for copy in answered(content).copies]
    telling = [found for copy in copies if (found := found_in(copy))]
    assert len(telling) <= len(copies) / 100, telling


@every_type
def test_the_corpus_itself(case):
    found = answered(case.content)
    assert found.codes == []
    assert [found_in(copy) for copy in found.copies] in ([set()], [set(), set()])


@pytest.mark.parametrize("name", [*FOREIGN_FILES, *DAMAGED, *OTHER_REFUSALS])
def test_what_is_refused(name):
    if name in FOREIGN_FILES:
        content = FOREIGN_FILES[name][0]
    else:
        content = DAMAGED[name] if name in DAMAGED else OTHER_REFUSALS[name][0]()
    assert answered(content).codes


def test_other_office_documents():
    for content in (documents.odt(), images.png(mode="RGBA"), pdfs.simple(3)):
        assert answered(content).codes == []


def test_bombs_end_here_as_they_do_in_the_process():
    assert answered(images.png_of(50_000, 50_000)).codes == ["too_many_pixels"] * 2
    assert answered(images.png_of(2_100, 2_000)).codes == ["too_many_pixels"] * 2
    files = documents.simple_files() | {"word/document.xml": b" " * 2**25}
    assert answered(documents.packed(files)).codes == ["unpacks_too_large"] * 2


@every_type
def test_some_damage_each_time(case):
    chance = seeded(f"quick {case.file_type}")
    all_answered(damaged(case.content, chance) for _time in range(40))


@every_type
@pytest.mark.slow
@pytest.mark.long
def test_much_damage(case):
    chance = seeded(case.file_type)
    all_answered(damaged(case.content, chance) for _time in range(1_000))


def damaged_parts(times, chance):
    """Yield Word documents whose archive is sound, and whose parts are not."""
    files = {
        name: content if isinstance(content, bytes) else content.encode()
        for name, content in documents.telling_files().items()
    }
    for _time in range(times):
        part = chance.choice(list(files))
        yield documents.packed(files | {part: damaged(files[part], chance)})


def damaged_streams(times, chance):
    """Yield PDFs in which words stand in the place of others, and streams are packed soundly and damaged inside."""
    content = pdfs.telling()
    for _time in range(times):
        words = content.split(b" ")
        words[chance.randrange(len(words))] = chance.choice(WORDS)
        yield b" ".join(words)
        drawn = damaged(pdfs.CONTENT.replace(b"%b", b"x"), chance)
        yield pdfs.pdf(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
                b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream"
                % (len(zlib.compress(drawn)), zlib.compress(drawn)),
            ]
        )


def damaged_chunks(times, chance):
    """Yield PNGs whose sums are right, so that damage gets as far as it can."""
    content = images.png()
    for _time in range(times):
        pieces, at = [content[:8]], 8
        while at < len(content) - 30:
            length = int.from_bytes(content[at : at + 4], "big")
            kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
            pieces.append(images.chunk(kind, damaged(body, chance) if body and chance.random() < 0.2 else body))
            at += 12 + length
        yield b"".join(pieces)


DEEPER = {"parts": damaged_parts, "streams": damaged_streams, "chunks": damaged_chunks}


@pytest.mark.parametrize("name", DEEPER)
def test_some_damage_within_sound_containers(name):
    all_answered(DEEPER[name](40, seeded(f"quick {name}")))


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("name", DEEPER)
def test_much_damage_within_sound_containers(name):
    all_answered(DEEPER[name](800, seeded(name)))


def test_the_search_for_canaries_finds_them_where_they_are():
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "x canary-one. x")
        archive.writestr("b.pdf", pdfs.pdf([pdfs.stream(b"<63616e6172792d74776f2e>")]))
        archive.writestr("c.png", images.png())
    assert {"canary-one.", "canary-two.", "canary-packed-software.", "canary-artist.", "GPS"} <= found_in(
        file.getvalue()
    )
