"""Invented responses in any number, written past the review and the log into the published documents.

Forty governments over ten years. On the first day each says each sort of thing once, so that a question about
all of them has an answer of the same size however many responses follow. Of the later acts two thirds are
published within weeks, in the order of their days, the others up to years later. Some dates are vague, some
responses are corrected, a few are retracted. What does not matter for the queries that are measured (texts,
citations) is always the same.
"""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from casetracker.public.labels import STATUSES
from casetracker.public.models import OPEN_START, ResponseDocument, StatusFact, StatusSubject
from casetracker.public.status import facts

FIRST_DAY = dt.date(2015, 1, 1)
DAYS = 3652
GOVERNMENTS = [f"{first}{second}" for first in "ABCD" for second in "ABCDEFGHIJ"]
BODY = '{"reference":"R-1","label":"An invented response","summary":"' + "x" * 800 + '"}'
COMPACT = '{"reference":"R-1","label":"An invented response"}'
BATCH = 2000

# What an act may say: a status with its basis, or that activity continues.
_CONTINUES = ("", "")
_SAYINGS = [*STATUSES, _CONTINUES]
_FIRST_WORDS = list(product(GOVERNMENTS, _SAYINGS))
# The entries of the log in which everybody has their first words.
BEGINNING = len(_FIRST_WORDS)

_KINDS = {"investigating": "investigation_opened", "closed": "closure_ordered", "no_action": "declined_to_act"}


@dataclass
class _Publication:
    """A version of a response, or its retraction where there is no document."""

    day: float
    number: int
    version: int
    document: ResponseDocument | None


def fill(responses: int, seed: int = 1) -> int:
    """Write so many responses into empty tables, and return the number of the last entry of the log."""
    chance = random.Random(seed)
    publications = sorted(_publications(responses, chance), key=lambda publication: publication.day)
    ends, retractions = _spans(publications)
    numbers: dict[int, int] = {}
    documents: list[ResponseDocument] = []
    last_day = OPEN_START
    for sequence, publication in enumerate(publications, 1):
        document = publication.document
        if document is None:
            continue
        document.from_seq = sequence
        document.to_seq = ends.get((publication.number, publication.version))
        document.retracted_seq = retractions.get(publication.number)
        if document.retracted_seq and document.to_seq is None:
            document.to_seq = document.retracted_seq
        # Numbers are given at first publication.
        document.number = numbers.setdefault(publication.number, len(numbers) + 1)
        document.reference = f"R-{document.number}"
        document.published_at = dt.datetime.combine(FIRST_DAY, dt.time(), dt.UTC) + dt.timedelta(days=publication.day)
        document.first_published_at = document.published_at
        last_day = max(last_day, document.date_earliest)
        document.last_number, document.last_day = len(numbers), last_day
        documents.append(document)
    _write(ResponseDocument, documents)
    _write(StatusFact, _facts(documents))
    subjects = {(fact.government, fact.says) for fact in StatusFact.objects.only("government", "says").iterator()}
    _write(StatusSubject, (StatusSubject(government=code, says=says) for code, says in sorted(subjects)))
    return len(publications)


def _publications(responses: int, chance: random.Random) -> Iterator[_Publication]:
    for number, (government, saying) in enumerate(_FIRST_WORDS, 1):
        yield _Publication(0, number, 1, _document(number, 0, government, saying))
    for number in range(BEGINNING + 1, responses + 1):
        day = chance.randrange(DAYS)
        late = chance.expovariate(1 / 400) if chance.random() < 1 / 3 else chance.expovariate(1 / 10)
        document = _chance_document(number, day, chance)
        yield _Publication(day + late, number, 1, document)
        again = day + late + chance.expovariate(1 / 200)
        if chance.random() < 0.01:
            yield _Publication(again, number, 0, None)
        elif chance.random() < 0.1:
            corrected = _chance_document(number, max(0, day - chance.randrange(30)), chance)
            corrected.concerns, corrected.version = document.concerns, 2
            yield _Publication(again, number, 2, corrected)


def _chance_document(number: int, day: int, chance: random.Random) -> ResponseDocument:
    vague = chance.choice([30, 30, 30, 364]) if chance.random() < 0.1 else 0
    saying = chance.choice(list(STATUSES)) if chance.random() < 0.4 else None
    if saying is None and chance.random() < 0.02:
        saying = _CONTINUES
    return _document(number, day, chance.choice(GOVERNMENTS), saying, vague)


def _document(
    number: int, day: int, government: str, saying: tuple[str, str] | None, vague: int = 0
) -> ResponseDocument:
    """Return a document of an act that may have happened up to `vague` days before its day."""
    counts_from = FIRST_DAY + dt.timedelta(days=day)
    earliest = counts_from - dt.timedelta(days=vague)
    value, basis = saying or ("", "")
    kind = "activity_continues" if saying == _CONTINUES else _KINDS.get(value, "statement")
    return ResponseDocument(
        version=1,
        label="An invented response",
        body=BODY,
        compact=COMPACT,
        concerns=government,
        responder=government,
        kind=kind,
        level="ministry",
        scope="country",
        sets_status=value,
        basis=basis,
        activity_continues=False,
        unrelated_offence=False,
        verification="reported",
        disputed=False,
        date_earliest=earliest,
        date_latest=counts_from,
        counts_from=counts_from,
        order_in_day=0,
        last_known_true_latest=None,
    )


def _spans(publications: list[_Publication]) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    """Return when each first version was superseded, and each response retracted."""
    ends: dict[tuple[int, int], int] = {}
    retractions: dict[int, int] = {}
    for sequence, publication in enumerate(publications, 1):
        if publication.document is None:
            retractions[publication.number] = sequence
        elif publication.version > 1:
            ends[publication.number, publication.version - 1] = sequence
    return ends, retractions


def _facts(documents: Iterable[ResponseDocument]) -> Iterator[StatusFact]:
    """Yield what the projection would write, in the order of publication."""
    reached: dict[tuple[str, str], str] = {}
    for document in documents:
        position = facts.position_of(document.counts_from, document.order_in_day, document.number)
        for says in facts.facts_of(document):
            key = (document.concerns, says)
            reached[key] = max(position, reached.get(key, ""))
            yield StatusFact(
                government=document.concerns,
                says=says,
                position=position,
                reach=reached[key],
                possible_from=facts.possible_from(document) if says in facts.DECIDING else None,
                confirmed_on=facts.confirmed_on(document),
                reference=document.reference,
                level=document.level,
                published_at=document.published_at,
                from_seq=document.from_seq,
                to_seq=document.to_seq,
                retracted_seq=document.retracted_seq,
            )


def _write(model: type, rows: Iterable) -> None:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        model.objects.bulk_create(batch)  # type: ignore[attr-defined]
