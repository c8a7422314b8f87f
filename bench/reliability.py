"""What happens when something fails: all of it measured, on SQLite and PostgreSQL, and written to docs/reliability.md.

    DATABASE_URL=postgres://… python -m bench.reliability [POINT ...]

Without DATABASE_URL only on SQLite; its role must be allowed to make databases, for each point has one of its own.
Points that are named are measured anew, the others stay as they were (docs/reliability.json). The proxy is nginx.
For disks that are full it makes a PostgreSQL of its own on a small disk, which only root can mount
(`tests.faults.bounded`).
"""

import json
import resource
import signal
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench import database_url
from tests.faults import away, bounded, slow
from tests.faults.sites import ROOT, Site, site

FIGURES, PAGE = ROOT / "docs" / "reliability.json", ROOT / "docs" / "reliability.md"
KILLS, WORKERS, AWAY, SOCKETS, READING = 100, 10, 60, 500, 30  # seconds: AWAY, READING
Found = dict[str, Any]
POINTS: Mapping[str, Callable[[Site], Found]] = {
    "killed": lambda site: site.ask("tests.faults.killed", KILLS),
    "worker": lambda site: site.ask("tests.faults.worker", WORKERS),
    "away": lambda site: away.measure(site, AWAY),
    "full": lambda site: site.ask("tests.faults.full"),
    "clock": lambda site: site.ask("tests.faults.clock"),
    "slow": lambda site: slow.measure(site, sockets=SOCKETS, seconds=READING, with_proxy=False),
    "proxied": lambda site: slow.measure(site, sockets=SOCKETS, seconds=READING, with_proxy=True),
}
SMALL_DISKS = {
    bounded.TABLES: "PostgreSQL, disk of its tables",
    bounded.WAL: "PostgreSQL, disk of its write-ahead log",
}


def main(names: Iterable[str]) -> int:
    """Measure, keep the figures, and write the page. Return 1 if something was lost, halved, or too slow."""
    _let_many_sockets_be_open()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing stays mounted or running
    found: dict[str, dict[str, Found]] = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    for name in names:
        for database, measured in _measure(name):
            found.setdefault(name, {})[database] = measured | {"on": f"{datetime.now(UTC):%Y-%m-%d}"}
            _say(f"{name}, {database}: {json.dumps(measured)}")
            FIGURES.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
            PAGE.write_text(render(found))
    return int(any(_is_bad(one) for databases in found.values() for one in databases.values()))


def _measure(name: str) -> Iterator[tuple[str, Found]]:
    """Measure a point on one database after the other."""
    with site() as one:
        yield one.database, POINTS[name](one)
    if name == "full":
        yield from _full_postgres()
    elif database_url:
        with site(database_url) as one:
            yield one.database, POINTS[name](one)
    else:
        _say(f"{name}, PostgreSQL: not measured, because there is no DATABASE_URL")


def _full_postgres() -> Iterator[tuple[str, Found]]:
    if reason := bounded.why_not():
        _say(f"full, PostgreSQL: not measured, because {reason}")
        return
    for holds, database in SMALL_DISKS.items():
        with bounded.small_postgres(holds) as (one, disk):
            yield database, one.ask("tests.faults.full", disk)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _let_many_sockets_be_open() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _is_bad(measured: Found) -> bool:
    return bool(measured.get("problems")) or measured.get("p95", 0) >= 1


# --- The page ---------------------------------------------------------------------

_INTRODUCTION = """\
# When something fails

Made by `python -m bench.reliability`; do not edit it. The same programs run in the tests with small numbers
(`tests/faults/`, `tests/test_outages.py`, `tests/review/test_lost_work.py`).
"""


@dataclass(frozen=True)
class Section:
    """A point on the page: what was done, and how its figures are said."""

    title: str
    text: str
    words: Callable[[Found], str]


def _killed(found: Found) -> str:
    killed, acts = found["killed"], sum(found["acknowledged"].values())
    where = f"killed {killed.get('approve', 0)} times in an approval and {killed.get('publish', 0)} in a publication"
    return f"{where}; {acts} acts had been acknowledged; lost or half done: {len(found['problems'])}"


def _worker(found: Found) -> str:
    killed = f"{found['killed']} workers killed, {found['records']} records to publish"
    return f"{killed}; lost, doubled or half done: {len(found['problems'])}"


def _away(found: Found) -> str:
    meanwhile = f"{_counts(found['during'])}, the slowest after {found['slowest']} s"
    after = f"back {found['back_after']} s after it was there again: {_counts(found['after'])}"
    return f"before: {_counts(found['before'])}; meanwhile: {meanwhile}; {after}"


def _full(found: Found) -> str:
    said = ", ".join(f"{number} {what}" for what, number in sorted(found["said"].items()))
    later = f"{found['published_later']} of those published later; readers meanwhile: {_counts(found['read'])}"
    return f"{said}; {later}; wrong: {len(found['problems'])}"


def _clock(found: Found) -> str:
    return f"{found['published']} publications; wrong: {len(found['problems'])}"


def _speed(found: Found) -> str:
    got = f"{found['sockets']} slow sockets; honest readers got {_counts(found['answers'])}"
    alone = f"(without the slow ones: p95 {found['p95_alone']} s)"
    return f"{got}; p50 {found['p50']} s, p95 {found['p95']} s {alone}"


def _counts(answers: Mapping[str, int]) -> str:
    return ", ".join(f"{number} × {status}" for status, number in sorted(answers.items()))


SECTIONS = {
    "killed": Section(
        "Killed while it approves and publishes",
        """\
        A process approves and publishes, and notes each act before it begins and after it ended. It is killed (kill -9)
        at moments that chance gives, and the next one goes on with what is there. At the end nothing that was noted as
        done may be missing; each record has all that its approval and publication write, or nothing of it; `verify_log`
        and `rebuild_public --check` find nothing.
        """,
        _killed,
    ),
    "worker": Section(
        "The worker is killed",
        """\
        Each worker is killed soon after it began to publish a release. Releases go out as a whole or not at all; what
        was not published, the next worker publishes, and tasks that stood as running are taken up after a quarter of an
        hour.
        """,
        _worker,
    ),
    "away": Section(
        "The database is away for a minute",
        """\
        Readers ask pages and API all the time, without a cache before the site. They get a plain page or a problem
        document, with 503 and Retry-After, and the site is back by itself. PostgreSQL is cut off at
        the wire; with SQLite the folder goes away.
        """,
        _away,
    ),
    "full": Section(
        "The disk is full",
        """\
        An editor approves and publishes at the desk while the database may not grow. What was acknowledged stays, what
        was refused is as before, and goes on once there is room. A refusal is a page with 503, which says that the disk
        is full, or that the database is away: a PostgreSQL whose write-ahead log finds no room stops until there is
        some. Uploads: `tests/test_outages.py`.
        """,
        _full,
    ),
    "clock": Section(
        "The clock goes backwards",
        """\
        Records are published while the clock goes back by an hour, a day and a year. The log's moments never do.
        """,
        _clock,
    ),
    "slow": Section(
        "Slow clients, without a proxy",
        """\
        Half of them send a header a byte a second, half a body that the public side takes from nobody.
        """,
        _speed,
    ),
    "proxied": Section(
        "Slow clients, with a proxy",
        """\
        A third of them send the form of the sign-in a byte a second. That one is read, so each would hold up a worker:
        it takes a proxy that takes requests in as a whole (nginx does), and a process of its own for the desk.
        """,
        _speed,
    ),
}


def render(found: Mapping[str, Mapping[str, Found]]) -> str:
    """Return the page."""
    parts = [_INTRODUCTION]
    for name, section in SECTIONS.items():
        lines = [f"- **{base}**: {section.words(one)}. ({one['on']})" for base, one in found.get(name, {}).items()]
        parts.append("\n".join([f"## {section.title}\n", textwrap.dedent(section.text), *lines, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or POINTS))
