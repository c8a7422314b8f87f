"""The process that takes files apart: what it may do, what it costs, and what happens when it dies."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

import casetracker
from casetracker.core.sheet_parsing.findings import Refusal
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.spreadsheets import UnreadableFile, read_table
from casetracker.core.spreadsheets.process import command, told_by
from tests.core.spreadsheets.corpus import CASES
from tests.core.spreadsheets.making import HEADER, Entry, archive, book, row, text

ROOT = Path(casetracker.__file__).parents[1]
BOMBS = {case.name: case for case in CASES if case.is_bomb}
FEW_BOMBS = ("attribute of many megabytes", "shared text without end", "commas alone")
MEGABYTE = 2**20
# What a process has used at most includes what its parent had when it began: so the parent must be small.
MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
CONFINED = """
import sys; sys.path.insert(0, sys.argv[1])
from casetracker.core.confined.child import confine
from casetracker.core.sheet_parsing.limits import Limits
import os, socket
def attempt(name, act):
    try:
        act()
    except (OSError, MemoryError) as error:
        print(name, type(error).__name__)
    else:
        print(name, "done")
confine(memory=Limits().memory, seconds=Limits().seconds)
attempt("open", lambda: open("/etc/passwd"))
attempt("connect", lambda: socket.socket())
attempt("pipe", lambda: os.pipe())
attempt("memory", lambda: bytes(300 * 2**20))
import resource
for name in ("CPU", "FSIZE", "CORE", "NPROC"):
    print(name, *resource.getrlimit(getattr(resource, f"RLIMIT_{name}")))
"""


def peak_of(content, limits=None):
    """Return how many bytes of memory reading the content takes at most."""
    measured = [sys.executable, "-I", "-S", "-c", MEASURED, *command("", "", limits or Limits())]
    done = subprocess.run(measured, input=content, capture_output=True, check=True)
    return int(done.stdout) * 1024


def refusal_of(content, **limits):
    with pytest.raises(UnreadableFile) as refused:
        read_table(content, "stations.xlsx", limits=Limits(**limits))
    [problem] = refused.value.problems
    return problem.message


def test_it_can_open_and_send_nothing():
    run = [sys.executable, "-I", "-S", "-c", CONFINED, str(ROOT)]
    done = subprocess.run(run, capture_output=True, check=True, env={}, text=True)
    told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert told == {
        "open": "OSError",
        "connect": "OSError",
        "pipe": "OSError",
        "memory": "MemoryError",
        "CPU": "60 60",
        "FSIZE": "0 0",
        "CORE": "0 0",
        "NPROC": "0 0",
    }


def test_it_needs_the_standard_library_alone():
    names = (
        "import sys; sys.path.insert(0, sys.argv[1]); import casetracker.core.sheet_parsing.child; print(*sys.modules)"
    )
    run = [sys.executable, "-I", "-S", "-c", names, str(ROOT)]
    modules = subprocess.run(run, capture_output=True, check=True, text=True).stdout.split()
    assert {name.partition(".")[0] for name in modules} <= {*sys.stdlib_module_names, "casetracker", "__main__"}
    assert {name for name in modules if name.startswith("casetracker.core.")} == {
        name for name in modules if name.startswith(("casetracker.core.sheet_parsing", "casetracker.core.confined"))
    }


@pytest.mark.parametrize("name", FEW_BOMBS)
def test_a_bomb_stays_within_its_memory(name):
    assert peak_of(BOMBS[name].content()) < Limits().memory


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(BOMBS.keys() - {*FEW_BOMBS}))
def test_every_other_bomb_stays_within_its_memory(name):
    assert peak_of(BOMBS[name].content()) < Limits().memory


def test_an_ordinary_file_takes_little():
    assert peak_of(book(HEADER, *[row(text("A"), text("Prato"))] * 500)) < 40 * MEGABYTE


def test_a_directory_of_countless_parts_is_not_even_read():
    countless = archive([Entry(b"%d" % number, b"", method=0) for number in range(150_000)], count=5)
    assert peak_of(countless) < 60 * MEGABYTE
    assert "more than 1000 parts" in refusal_of(countless)


def test_too_much_memory_is_said():
    assert "too much memory" in refusal_of(b"A,B\n" + b"x" * (15 * MEGABYTE) + b",y\n", memory=40 * MEGABYTE)


def test_too_little_memory_to_begin_with_is_said():
    assert "too much memory" in refusal_of(b"A,B\nx,y\n", memory=MEGABYTE)


def test_too_much_time_is_said():
    assert "too long" in refusal_of(BOMBS["millions of elements"].content(), seconds=1)


def test_the_limits_are_those_that_are_asked_for():
    assert "more than 1 rows" in refusal_of(b"A,B\nx,y\nx,y\n", rows=1)
    assert "more than 1 columns" in refusal_of(b"A,B\nx,y\n", columns=1)
    assert "More than 3 cells" in refusal_of(b"A,B\nx,y\nx,y\n", cells=3)
    assert "more than 2 characters. Shorten" in refusal_of(b"A,B\nx,xyz\n", characters=2)
    assert "more than 3 characters in this table" in refusal_of(b"A,B\nxx,yy\n", text=3)
    assert "more than 2 parts" in refusal_of(book(HEADER), members=2)
    assert "unpacks to much more" in refusal_of(book(HEADER), unpacked=100)
    assert "too much formatting" in refusal_of(book(HEADER), elements=3)


def told(program, **limits):
    run = [sys.executable, "-I", "-S", "-c", program]
    with subprocess.Popen(run, stdout=subprocess.PIPE) as process:
        try:
            return list(told_by(process, Limits(**limits)))
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("pass", "unreadable"),
        ("print('no JSON')", "unreadable"),
        ("print('[' * 100_000)", "unreadable"),
        ("print('[1]')", "unreadable"),
        ("print('[\"row\", [1, [2]]]')", "unreadable"),
        ("print('[\"about\", {}]')", "unreadable"),
        ("print('[\"refusal\", {}]')", "unreadable"),
        ('print(\'["refusal", {"findings": [{}], "more": 0, "choices": [], "sheets": []}]\')', "unreadable"),
        ('print(\'["bug", "ValueError in x:1"]\')', "unreadable"),
        ("print('[\"memory\", null]')", "needs_too_much_memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "unreadable"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "takes_too_long"),
        ("while True: print('x' * 2**20, end='')", "too_much_text"),
    ],
)
def test_whatever_it_tells_is_a_refusal(program, code):
    with pytest.raises(Refusal) as refused:
        told(program, text=1)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_a_process_that_waits_is_not_waited_for():
    with pytest.raises(Refusal) as refused:
        told('import sys, time; print(\'["columns", ["A"]]\', flush=True); time.sleep(600)', seconds=0)
    assert [finding.code for finding in refused.value.findings] == ["takes_too_long"]


def test_where_no_process_can_be_started_it_is_said(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "Try again later" in refusal_of(b"A,B\nx,y\n")


def test_no_process_is_left_behind():
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    read_table(b"A,B\nx,y\n", "stations.csv")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > before  # It has ended, and was waited for.
