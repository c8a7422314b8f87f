"""Making the published documents again from the log, and comparing them with what is there."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from tempfile import TemporaryFile
from typing import IO

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from casetracker.core.batches import in_batches
from casetracker.public.models import TABLES, Table
from casetracker.publication.models import PublicationHead
from casetracker.publication.reading import publications
from casetracker.publication.registry import project


@dataclass(frozen=True)
class Result:
    """A table after a rebuild: its number of rows, the digest of their content, and what differed."""

    name: str
    rows: int
    digest: str
    difference: str = ""


def rebuild() -> list[Result]:
    """Make all published documents again from the log. Nobody can publish meanwhile."""
    with transaction.atomic():
        _replay()
        return [_digest(model) for model in TABLES]


def check() -> list[Result]:
    """Compare the published documents with what the log gives, and change nothing."""
    with transaction.atomic(), TemporaryFile("w+", encoding="utf-8") as before:
        for model in TABLES:
            before.writelines(f"{line}\n" for line in _lines(model))
            before.write("\n")
        _replay()
        before.seek(0)
        tables = [_compare(model, before) for model in TABLES]
        transaction.set_rollback(True)
        return tables


def _replay() -> None:
    PublicationHead.objects.select_for_update().filter(pk=1).first()
    for model in TABLES:
        # Not delete(): it would first load every document, to find links that are gone already.
        rows = model._default_manager.all()
        rows._raw_delete(rows.db)
    for some in in_batches(publications()):
        project(some)


def _lines(model: type[Table]) -> Iterator[str]:
    """Yield, for each row in order, what identifies it and a digest of all its columns but surrogate keys."""
    columns = sorted(model.public_fields)
    rows = model._default_manager.order_by(*model.identity).values_list(*model.identity, *columns)
    for row in rows.iterator(chunk_size=500):
        identity = " ".join(" ".join(str(value) for value in row[: len(model.identity)]).split())
        content = json.dumps(row, cls=DjangoJSONEncoder)
        yield f"{identity} {sha256(content.encode()).hexdigest()}"


def _digest(model: type[Table]) -> Result:
    digest, rows = sha256(), 0
    for line in _lines(model):
        digest.update(line.encode())
        rows += 1
    return Result(model.__name__, rows, digest.hexdigest())


def _compare(model: type[Table], before: IO[str]) -> Result:
    digest, rows, difference = sha256(), 0, ""
    stored = iter(before.readline, "\n")
    for found, replayed in zip_longest((line.rstrip("\n") for line in stored), _lines(model)):
        if replayed is not None:
            digest.update(replayed.encode())
            rows += 1
        if found != replayed and not difference:
            difference = _describe(found, replayed)
    return Result(model.__name__, rows, digest.hexdigest(), difference)


def _describe(found: str | None, replayed: str | None) -> str:
    found_row, replayed_row = (line.rpartition(" ")[0] if line else None for line in (found, replayed))
    if found_row == replayed_row:
        return f"row {found_row} differs from what the log gives"
    return f"the table has {found_row or 'no more rows'} where the log gives {replayed_row or 'no more rows'}"
