"""What costs too much is refused, and the process that reads can do nothing but read."""

import json
import resource
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

import casetracker
from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.files import FileRefused, FileType, Limits, examine, identify, working_copies
from casetracker.core.files.process import told_by
from tests.core.files.making import documents, images, pdfs

pytestmark = pytest.mark.slow

ROOT = Path(casetracker.__file__).parents[1]
MEGABYTE = 2**20


def code_of(content, **limits):
    with pytest.raises(FileRefused) as refused:
        examine(content, limits=Limits(**limits))
    return refused.value.code


def code_of_copying(content, file_type, **limits):
    with pytest.raises(FileRefused) as refused:
        working_copies(content, file_type, limits=Limits(**limits))
    return refused.value.code


# --- Bombs --------------------------------------------------------------------


def test_an_image_of_billions_of_pixels_is_not_decoded():
    assert code_of(images.png_of(50_000, 50_000)) == "too_many_pixels"
    assert code_of(images.png_of(13_000, 12_000)) == "too_many_pixels"
    assert code_of(images.png_of(2**31 - 1, 2**31 - 1)) == "too_many_pixels"


def test_an_image_that_unpacks_to_too_much_ends_cleanly():
    blank = images.png_of(9_000, 9_000, b"\x00" * (9_000 * 9_001))
    assert code_of(blank, memory=100 * MEGABYTE) == "needs_too_much_memory"


def test_texts_in_an_image_that_unpack_to_too_much():
    text = images.chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"x" * 5 * MEGABYTE))
    content = images.png()
    assert code_of(content[:33] + text + content[33:]) == "damaged"


def test_an_animation_is_as_its_first_frame():
    one = images.gif()
    at = one.index(b"\x2c\x00\x00\x00\x00")
    content = one[:at] + one[at:-1] * 10_000 + b";"
    assert len(content) > 100_000
    assert examine(content).width == 4
    assert [copy.purpose for copy in working_copies(content, FileType.GIF)] == ["preview", "thumbnail"]


def test_parts_of_a_document_that_unpack_to_too_much():
    bomb = documents.packed(documents.telling_files() | {"word/document.xml": b" " * 30 * MEGABYTE})
    assert code_of(bomb) == "unpacks_too_large", "by what it packs in what it takes"
    assert code_of(bomb, ratio=10**6, unpacked=10 * MEGABYTE) == "unpacks_too_large"


def test_countless_parts_elements_and_levels():
    parts = {f"x{number}": b"" for number in range(200)}
    assert code_of(documents.packed(documents.simple_files() | parts), parts=100) == "too_many_parts"
    assert code_of(documents.docx(), elements=20) == "unpacks_too_large"
    deep = documents.document("<w:p>" * 10_000 + "</w:p>" * 10_000)
    assert code_of(documents.docx(document=deep)) == "unpacks_too_large"


def pdf_of(content_stream):
    return pdfs.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R /Metadata 4 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
            content_stream,
        ]
    )


def test_streams_of_a_pdf_that_unpack_to_too_much():
    bomb = zlib.compress(b" " * 20 * MEGABYTE)
    one = pdf_of(pdfs.stream(bomb, b"/Filter /FlateDecode", is_packed=False))
    assert code_of(one, unpacked=10 * MEGABYTE) == "unpacks_too_large"
    assert code_of_copying(one, FileType.PDF, unpacked=10 * MEGABYTE) == "unpacks_too_large"
    twice = pdf_of(pdfs.stream(zlib.compress(bomb), b"/Filter [/FlateDecode /FlateDecode]", is_packed=False))
    assert code_of_copying(twice, FileType.PDF, unpacked=10 * MEGABYTE) == "unpacks_too_large"
    endless = pdf_of(pdfs.stream(b"x", b"/Filter [" + b"/ASCIIHexDecode " * 1_000 + b"]", is_packed=False))
    assert code_of_copying(endless, FileType.PDF) == "damaged"


PAGES = b"<< /Type /Pages /Count 1 /Kids [%b] >>"


@pytest.mark.parametrize(
    "kids",
    [b"2 0 R", b"3 0 R 3 0 R", b"2 0 R " * 5_000],
    ids=["in a circle", "doubled on each level", "in many circles"],
)
def test_pages_without_end(kids):
    # Each level has the next one twice.
    levels = [PAGES % (b"%d 0 R " % number * 2) for number in range(4, 40)]
    content = pdfs.pdf([b"<< /Type /Catalog /Pages 2 0 R >>", PAGES % kids, *levels, b"<< /Type /Page >>"])
    assert code_of(content) == "too_many_pages"


def test_too_many_pages_and_objects():
    assert code_of(pdfs.simple(pages=30), pages=20) == "too_many_pages"
    assert code_of(pdfs.telling(), objects=5) == "too_many_objects"


def test_objects_that_point_to_themselves_are_copied_once():
    content = pdfs.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /A 4 0 R /B 4 0 R >> >> >>",
            pdfs.stream(b"/A Do", b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 4 0 R >> >>"),
        ]
    )
    [copy] = working_copies(content, FileType.PDF)
    assert copy.content.count(b"/Subtype /Form") == 1


def test_an_object_that_is_itself_is_damaged():
    content = pdfs.pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] >>", b"3 0 R"])
    assert code_of(content) == "damaged"


def test_files_are_not_larger_than_is_allowed():
    assert code_of(images.jpeg(), image=100) == "too_large"
    assert code_of(pdfs.telling(), document=100) == "too_large"
    assert code_of(b"WARC/1.0\r\n" + b"x" * 100, recording=100) == "too_large"
    with pytest.raises(FileRefused) as refused:
        identify(images.jpeg(), limits=Limits(image=100))
    assert refused.value.code == "too_large"


def test_copies_are_not_larger_than_is_allowed():
    assert code_of_copying(images.jpeg(), FileType.JPEG, copies=1_500) == "unpacks_too_large"


def test_too_little_memory_to_begin_with_is_said():
    assert code_of(images.jpeg() + b"x" * 8 * MEGABYTE, memory=MEGABYTE) == "needs_too_much_memory"


# --- The process --------------------------------------------------------------

CONFINED = """
import sys; sys.path[:0] = sys.argv[1].split(":")
from casetracker.core.confined.child import confine
from casetracker.core.file_parsing import answering, limits
for kind in ("jpeg", "pdf", "zip"):
    answering.reader_of(kind)
import ctypes, os, socket
def attempt(name, act):
    try:
        act()
    except (OSError, MemoryError) as error:
        print(name, type(error).__name__)
    else:
        print(name, "done")
bounds = limits.Limits()
confine(memory=bounds.memory, seconds=bounds.seconds)
attempt("open", lambda: open("/etc/passwd"))
attempt("connect", lambda: socket.socket())
attempt("memory", lambda: bytes(bounds.memory))
import resource
print("seconds", *resource.getrlimit(resource.RLIMIT_CPU))
print(len(os.environ), "names")
print("Django", "django" in sys.modules)
"""


def test_it_can_open_and_send_nothing():
    packages = Path(pytest.__file__).parents[1]
    run = [sys.executable, "-I", "-S", "-c", CONFINED, f"{ROOT}:{packages}"]
    done = subprocess.run(run, capture_output=True, check=True, env={}, text=True)
    told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert told == {
        "open": "OSError",
        "connect": "OSError",
        "memory": "MemoryError",
        "seconds": "60 60",
        told.keys() & {"0", "1"} and next(iter(told.keys() & {"0", "1"})): "names",
        "Django": "False",
    }


def told(program, **limits):
    run = [sys.executable, "-I", "-S", "-c", program]
    with subprocess.Popen(run, stdout=subprocess.PIPE) as process:
        try:
            return told_by(process, Limits(**limits))
        finally:
            process.kill()


def said(**changes):
    answer = {"kind": "jpeg", "notes": {}, "size": {}, "copies": []} | changes
    return f"print({json.dumps(answer)!r})"


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("pass", "damaged"),
        ("print('no JSON')", "damaged"),
        ("print('[' * 100_000)", "damaged"),
        ("print('[1]')", "damaged"),
        (said(kind="exe"), "damaged"),
        (said(notes=[]), "damaged"),
        (said(copies=[1]), "damaged"),
        (said(copies=[["public", "pdf", 5]]), "damaged"),
        (said(copies=[["public", "pdf", -5]]), "damaged"),
        (said(copies=[["other", "pdf", 0]]), "damaged"),
        (said(copies=[["public", "exe", 0]]), "damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "takes_too_long"),
        ("while True: print('x' * 2**20, end='')", "unpacks_too_large"),
    ],
)
def test_whatever_it_tells_is_a_refusal(program, code):
    with pytest.raises(Refusal) as refused:
        told(program, copies=100)
    assert refused.value.code == code


def test_what_it_tells_of_is_text_and_numbers():
    answer = told(said(notes={"Author": 5}, size={"width": "no", "height": 7}))
    assert (answer.notes, answer.size) == ({"Author": "5"}, {"height": 7})


def test_a_refusal_without_its_details_still_has_words():
    assert "larger than  MB" in FileRefused("too_large").describe()
    assert "damaged" in FileRefused("something new").describe()


def test_a_process_that_waits_is_not_waited_for():
    with pytest.raises(Refusal) as refused:
        told("import time; time.sleep(600)", seconds=0)
    assert refused.value.code == "takes_too_long"


def test_one_that_works_without_end_is_ended():
    busy = pdf_of(pdfs.stream(b"0 0 m " * 8 * MEGABYTE))
    assert code_of_copying(busy, FileType.PDF, seconds=1) == "takes_too_long"


def test_where_no_process_can_be_started_it_is_said(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert code_of(images.jpeg()) == "not_now"


def test_no_process_is_left_behind():
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    examine(images.jpeg())
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > before  # It has ended, and was waited for.
