"""Invented stations in any number, written past the review into the published documents and the log.

    BENCH_DATABASE_URL=… python -m bench.invented_stations NUMBER

They are variations of real ones (`real_stations.jsonl`, taken from the log of the demonstration), rendered by the
site's own code, with as many citations as those have. A tenth has an earlier version, a hundredth is retracted. Only
what no reader is served is left out: the snapshots.
"""

import datetime as dt
import json
import random
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, models

import bench  # noqa: F401 - sets Django up
from bench.copied_stations import MOST, multiply
from casetracker.core.canonical import sha256_hex
from casetracker.public.models import (
    CitationLink,
    CountedIn,
    SearchEntry,
    SourceDocument,
    Spelling,
    StationDocument,
    Tombstone,
)
from casetracker.public.projection.columns import bound_columns, station_columns
from casetracker.public.rendering.citations import render_source
from casetracker.public.rendering.records import render_station
from casetracker.public.rendering.values import as_text
from casetracker.public.search.places import entry_of
from casetracker.public.search.spelling import can_be_mistyped, spellings_of
from casetracker.public.search.texts import texts_of, written
from casetracker.public.search.tokens import ROMANISED, name_tokens_of, tokens_of
from casetracker.publication.chain import hash_of
from casetracker.publication.models import LogAction, LogEntry, PublicationHead

Snapshot = dict[str, Any]

FIRST_MOMENT = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
BATCH = 1000
RARE = "zanderigheid"  # in ten stations, however many there are
COMMON = "station"  # in all of them
CHINESE = "福州"  # in a quarter of the names
_CITIES = ("福州", "青田", "温州", "南通")
_VOCABULARY = [
    f"{first}{second}{last}"
    for first in ("bar", "con", "mel", "tor", "vin", "sel", "pra", "dul")
    for second in ("a", "e", "i", "o", "u", "an", "er", "il")
    for last in ("do", "ment", "ra", "sk", "ty")
]


class _Inventor:
    """Makes snapshots of stations. The same seed gives the same ones."""

    def __init__(self, stations: int, seed: int) -> None:
        lines = [json.loads(line) for line in (Path(__file__).parent / "real_stations.jsonl").open(encoding="utf-8")]
        self.templates = [line["station"] for line in lines if "station" in line]
        self.citations = [line["citation"] for line in lines if "citation" in line]
        self.stations, self.chance = stations, random.Random(seed)

    def station(self, number: int, version: int) -> Snapshot:
        """Return a snapshot."""
        template = self.templates[number % len(self.templates)]
        words = " ".join(self.chance.choices(_VOCABULARY, k=25))
        rare = f" {RARE}" if number % max(1, self.stations // 10) == 1 else ""
        name = {"text": f"{_CITIES[number % 4]}警侨事务服务站", "language": "zh-Hans", "role": "as_reported"}
        return {
            **template,
            "reference": f"S-{number}",
            "version": version,
            "label": f"{template['label']}, station {number}",
            "names": [*template["names"], name],
            "summary": f"Reported as a station in {template['locality'] or 'the country'}: {words}{rare}.",
            "citations": [
                self._citation(number, place) for place in range(self.chance.choices((1, 2, 3), (6, 3, 1))[0])
            ],
        }

    def source(self, number: int) -> Snapshot:
        """Return the source with a number, always the same."""
        template = self.citations[number % len(self.citations)]["source"]
        return {
            **template,
            "reference": f"D-{number}",
            "derived_from": None,
            "title": f"{template['title']} ({number})",
        }

    def _citation(self, station: int, place: int) -> Snapshot:
        """Return a citation. Every fourth station brings a source of its own."""
        newest = source_of(station)
        number = newest if place == 0 else self.chance.randint(1, newest)
        return {**self.chance.choice(self.citations), "source": self.source(number)}


def source_of(station: int) -> int:
    """Return the number of the source that a station cites first: four of them share one."""
    return (station + 3) // 4


def fill(stations: int, seed: int = 1) -> None:
    """Write so many stations into empty tables."""
    inventor, learned = _Inventor(stations, seed), set[str]()
    entries = _entries(stations)
    numbers = iter(range(1, stations + 1))
    while batch := list(islice(numbers, BATCH)):
        rows: dict[type[models.Model], list[models.Model]] = {}
        for number in batch:
            for row in _rows_of(inventor, number, stations, learned):
                rows.setdefault(type(row), []).append(row)
        for model, its_rows in rows.items():
            _write(model, its_rows)
    _write(LogEntry, entries)
    last = LogEntry.objects.latest("sequence")
    PublicationHead.objects.create(
        sequence=last.sequence,
        entry_hash=last.entry_hash,
        published_at=last.published_at,
        next_numbers={"S": stations + 1, "D": source_of(stations) + 1},
    )


def _rows_of(inventor: _Inventor, number: int, stations: int, learned: set[str]) -> Iterator[models.Model]:
    revised, retracted = _revision(number, stations), _retraction(number, stations)
    spans = [(number, revised or retracted)] + ([(revised, retracted)] if revised else [])
    if number % 4 == 1:
        yield from _source(inventor, number, learned)
    for version, (from_seq, to_seq) in enumerate(spans, start=1):
        snapshot = inventor.station(number, version)
        body = render_station(snapshot, moment_of(from_seq), moment_of(number))
        document = StationDocument(
            reference=snapshot["reference"],
            number=number,
            version=version,
            from_seq=from_seq,
            to_seq=to_seq,
            retracted_seq=retracted,
            published_at=moment_of(from_seq),
            first_published_at=moment_of(number),
            label=snapshot["label"],
            body=as_text(body),
            last_number=max(number, min(from_seq, stations)),
            last_day=dt.date(2024, 1, 1),
            **station_columns(snapshot),
        )
        yield document
        for report in snapshot["counted_in"]:
            yield CountedIn(document=document, report=report)
        yield from _links(snapshot, from_seq, to_seq, retracted)
    if retracted:
        yield Tombstone(
            sequence=retracted,
            reference=f"S-{number}",
            record_kind="station",
            reason="error",
            note="It was none.",
            first_published_at=moment_of(number),
            retracted_at=moment_of(retracted),
        )
    else:
        yield from _words("station", number, body, learned)


def _links(snapshot: Snapshot, from_seq: int, to_seq: int | None, retracted: int | None) -> Iterator[CitationLink]:
    for position, citation in enumerate(snapshot["citations"]):
        yield CitationLink(
            source_reference=citation["source"]["reference"],
            record_kind="station",
            record_reference=snapshot["reference"],
            position=position,
            label=snapshot["label"],
            field="",
            stance=citation["stance"],
            from_seq=from_seq,
            to_seq=to_seq,
            retracted_seq=retracted,
        )


def _source(inventor: _Inventor, station: int, learned: set[str]) -> Iterator[models.Model]:
    number = source_of(station)
    source = render_source(inventor.source(number))
    yield SourceDocument(
        reference=source["reference"],
        number=number,
        version=1,
        from_seq=station,
        published_at=moment_of(station),
        first_published_at=moment_of(station),
        label=source["label"],
        body=as_text(source),
        language=source["language"] or "",
        type=source["type"],
        **bound_columns("published", source["published"] or ""),
        publisher=source["publisher"] or "",
        given_by=f"S-{station}",
    )
    yield from _words("source", number, source, learned)


def _words(kind: str, number: int, content: Snapshot, learned: set[str]) -> Iterator[models.Model]:
    """Yield what the projection would write for search: see `casetracker.public.projection.search`."""
    texts = texts_of(kind, content)
    names = set[str]().union(*map(_name_tokens, texts.names))
    words = names.union(*map(_tokens, [*(passage.text for passage in texts.passages), *texts.further]))
    passages = written(texts.telling(content["label"], content["reference"]))
    columns = {"names": " ".join(sorted(names)), "words": " ".join(sorted(words)), "passages": passages}
    yield SearchEntry(pk=entry_of(kind, number), **columns)
    for word in {word.removeprefix(ROMANISED) for word in names} - learned:
        learned.add(word)
        if can_be_mistyped(word):
            yield from (Spelling(spelling=spelling, word=word) for spelling in spellings_of(word))


# Most texts come again.
@lru_cache(maxsize=10_000)
def _tokens(text: str) -> set[str]:
    return tokens_of([text])


@lru_cache(maxsize=10_000)
def _name_tokens(text: str) -> set[str]:
    return name_tokens_of([text])


def _revision(number: int, stations: int) -> int | None:
    """Return the entry that published the second version, of every tenth."""
    return stations + number // 10 if number % 10 == 0 else None


def _retraction(number: int, stations: int) -> int | None:
    """Return the entry that retracted a station, every hundredth."""
    return stations + stations // 10 + number // 100 if number % 100 == 0 else None


def moment_of(sequence: int) -> dt.datetime:
    """Return when an entry was published: one a minute."""
    return FIRST_MOMENT + dt.timedelta(minutes=sequence)


def _entries(stations: int) -> Iterator[LogEntry]:
    """Yield the log in its order, hashed as it must be."""
    acts = [
        *((number, 1, LogAction.PUBLISH) for number in range(1, stations + 1)),
        *((number, 2, LogAction.REVISE) for number in range(10, stations + 1, 10)),
        *((number, None, LogAction.RETRACT) for number in range(100, stations + 1, 100)),
    ]
    previous = ""
    for sequence, (number, version, action) in enumerate(acts, start=1):
        entry = LogEntry(
            sequence=sequence,
            record_kind="station",
            reference=f"S-{number}",
            version=version,
            action=action,
            commitment=sha256_hex(f"{sequence}".encode()),
            previous_hash=previous,
            published_at=moment_of(sequence),
        )
        entry.entry_hash = previous = hash_of(entry)
        yield entry


def _write(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        model._default_manager.bulk_create(batch, ignore_conflicts=model is CountedIn)


def main(stations: int) -> None:
    """Fill the database that the environment names."""
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
        fill(min(stations, MOST))
        multiply(stations // MOST, RARE)
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")  # as the server does by itself after a while


if __name__ == "__main__":
    main(int(sys.argv[1]))
