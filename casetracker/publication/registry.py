"""What happens to a publication beside the log: projections, run inside its transaction."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from casetracker.core.languages import in_data_language


@dataclass(frozen=True)
class Publication:
    """One entry of the log with what it published. Its snapshot is empty if that was erased since."""

    sequence: int
    record_kind: str
    reference: str
    version: int | None
    action: str
    published_at: dt.datetime
    snapshot: dict[str, Any]
    note: str

    @property
    def is_erased(self) -> bool:
        """Whether the content is gone, and only the hash of it is left."""
        return not self.snapshot


Projector = Callable[[Sequence[Publication]], None]
_projectors: dict[str, Projector] = {}


def register(record_kind: str, projector: Projector) -> None:
    """Let `projector` see every publication of a kind, in order, several at a time. Called from `AppConfig.ready`.

    It runs in the publishing transaction: if it raises, nothing is published.
    """
    if record_kind in _projectors:
        raise ValueError(f"a projection for {record_kind} is registered already")
    _projectors[record_kind] = projector


def registered_kinds() -> frozenset[str]:
    """Return the kinds of record that have a projection."""
    return frozenset(_projectors)


def project(publications: Iterable[Publication]) -> None:
    """Hand publications to the projections of their kinds, in their order.

    They speak the language of the data: a document must not depend on who published it.
    Raises `KeyError` for a kind without one: it could be published, but not read.
    """
    with in_data_language():
        for projector, some in groupby(publications, key=lambda publication: _projectors[publication.record_kind]):
            projector(list(some))
