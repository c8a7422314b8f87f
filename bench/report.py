"""What was found, as a table, as a plot, and in docs/performance.md."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median

from bench.cases import Goal
from bench.downloads import RAW, Download
from bench.load import Sample
from bench.plot import plot
from bench.servers import BARE, DATASETTE, OURS, ROOT, USUAL

PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "api-speed.svg"
BEGIN, END = "<!-- by python -m bench.api: -->", "<!-- : by python -m bench.api -->"
_FILES = {RAW: "the rows, read by the driver alone", OURS: "NDJSON", USUAL: "NDJSON of the usual list, in chunks"}
Samples = dict[tuple[str, str], list[Sample]]
Growth = dict[int, dict[str, list[Sample]]]


@dataclass
class Found:
    """All that was measured. `compared` is the number of stations at which others were asked too."""

    compared: int
    load: str = ""
    tables: dict[str, Samples] = field(default_factory=dict)
    files: dict[str, list[Download]] = field(default_factory=dict)
    memory: dict[str, dict[str, float]] = field(default_factory=dict)
    growth: Growth = field(default_factory=dict)


def as_text(found: Found, goals: Iterable[Goal]) -> str:
    """Return tables in Markdown."""
    parts = [found.load]
    for database, samples in found.tables.items():
        parts += [
            f"{found.compared:,} stations on {database}, answers a second (milliseconds of the processor for each):",
            *_answers(samples),
        ]
        parts += [*_ratios(samples, goals, halve=database != "SQLite")]
        parts += [f"All stations as one file, on {database}:", *_files(found.files[database])]
        parts += [_memory(found.memory[database])]
    parts += [
        "By the number of stations: milliseconds of the middle answer, sixteen asked for at a time (of the processor):",
        *_growth(found.growth),
    ]
    return "\n\n".join(parts) + "\n"


def write(found: Found, goals: Iterable[Goal]) -> None:
    """Put the tables between their marks in docs/performance.md, and draw the plot."""
    PICTURE.write_text(plot({size: _costs(samples) for size, samples in found.growth.items()}), encoding="utf-8")
    text = PAGE.read_text(encoding="utf-8")
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{as_text(found, goals)}\n{END}{after}", encoding="utf-8")


def rate(samples: Samples, case: str, server: str) -> float:
    """Return the middle of the rounds."""
    return median(sample.rate for sample in samples[case, server])


def cost(samples: list[Sample]) -> float:
    """Return the middle of the milliseconds of the processor."""
    return median(sample.processor for sample in samples)


def _costs(samples: dict[str, list[Sample]]) -> dict[str, float]:
    return {case: cost(found) for case, found in samples.items()}


def _answers(samples: Samples) -> Iterator[str]:
    names = [name for name in (OURS, USUAL, DATASETTE, BARE) if any(server == name for _case, server in samples)]
    rows = []
    for case in dict.fromkeys(case for case, _server in samples):
        rows.append([case, *(_answer(samples, case, n) if (case, n) in samples else "" for n in names)])
    yield _table(["", *names], rows)


def _answer(samples: Samples, case: str, name: str) -> str:
    found = rate(samples, case, name)
    return (
        f"{found:,.0f} ({cost(samples[case, name]):.2f})"
        if found >= 10
        else f"{found:.1f} ({cost(samples[case, name]):,.0f})"
    )


def _ratios(samples: Samples, goals: Iterable[Goal], *, halve: bool) -> Iterator[str]:
    rows, name = [], ""
    for goal in goals:
        name = goal.name or name
        case, server = goal.against
        if (case, server) in samples:
            least = goal.least / 2 if halve and goal.halved else goal.least
            ratio = rate(samples, goal.case, OURS) / max(rate(samples, case, server), 0.01)
            saved = cost(samples[case, server]) / max(cost(samples[goal.case, OURS]), 0.001)
            beside = server if case == goal.case else f"{server}, {case}"
            rows.append([name, beside, _short(ratio), _short(saved), f"{least:.2f}".rstrip("0").rstrip(".")])
    yield _table(["", "beside", "times as many", "by processor", "wanted, at least"], rows)


def _short(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def _files(downloads: list[Download]) -> Iterator[str]:
    raw = next(one for one in downloads if one.name == RAW)
    rows = [
        [
            _FILES[one.name],
            f"{one.rate:,.0f}",
            f"{one.megabytes:.1f}",
            f"{raw.rate / one.rate:.1f}",
            "" if one.name == RAW else f"{one.growth:.0f}",
        ]
        for one in downloads
    ]
    yield _table(["", "rows a second", "MB a second", "times as long as the rows alone", "more memory, MB"], rows)


def _memory(memory: dict[str, float]) -> str:
    names = ", ".join(f"{name} {megabytes:.0f} MB" for name, megabytes in memory.items())
    return f"Memory at the end, two workers and what starts them together: {names}."


def _growth(growth: Growth) -> Iterator[str]:
    sizes = sorted(growth)
    rows = []
    for case, first in growth[sizes[0]].items():
        found = [growth[size][case] for size in sizes]
        cells = [f"{median(one.middle for one in samples):.1f} ({cost(samples):.2f})" for samples in found]
        rows.append([case, *cells, f"{cost(found[-1]) / max(cost(first), 0.001):.2f}"])
    yield _table(["", *(f"{size:,}" for size in sizes), "growth, by processor"], rows)


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
