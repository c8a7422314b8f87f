"""Finding what a spreadsheet speaks of: by its reference, by the importer's own key, by its identity or address."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from casetracker.accounts.models import User
from casetracker.core.batches import in_batches
from casetracker.desk.exchange.columns import CITATION, SOURCE
from casetracker.review.models import Citation, ImportKey, Record
from casetracker.sources.addresses import address_key, is_address
from casetracker.sources.models import Source

Found = dict[str, UUID]


def find_things(kind: str, texts: Collection[str], *, by: User) -> Found:
    """Return what each text names among the things of a kind: nothing for a text that names none.

    What was discarded can still be named, so that a second import of its row does not log it anew. The importer's
    own key comes first, for nobody else can change what it names.
    """
    found: Found = {}
    for some in _known_in(texts):
        if kind == SOURCE:
            found |= _by_address(some)
        found |= _by_reference(kind, some) | _by_identity(kind, some) | _by_key(kind, some, by)
    return found


def own_things(kind: str, keys: Collection[str], *, by: User) -> Found:
    """Return what the importer's own keys name, or identities, which an export writes where there is no key."""
    found: Found = {}
    for some in _known_in(keys):
        found |= _by_identity(kind, some) | _by_key(kind, some, by)
    return found


def references_of(kind: str, texts: Collection[str]) -> Found:
    """Return what the public references name, and nothing else."""
    found: Found = {}
    for some in _known_in(texts):
        found |= _by_reference(kind, some)
    return found


def _known_in(texts: Collection[str]) -> Iterator[list[str]]:
    return in_batches(sorted(set(texts) - {""}))


def in_bulk(objects: Any, keys: Iterable[UUID]) -> dict[UUID, Any]:
    """Return the things with these keys, however many there are."""
    found: dict[UUID, Any] = {}
    for some in in_batches(set(keys)):
        found |= objects.in_bulk(some)
    return found


def _objects(kind: str) -> Any:
    if kind == SOURCE:
        return Source.objects
    return Citation.objects if kind == CITATION else Record.objects.filter(kind=kind)


def _by_identity(kind: str, texts: list[str]) -> Found:
    spellings = _spellings(texts, _uuid)
    rows = _objects(kind).filter(pk__in=list(spellings)).values_list("pk", "pk") if spellings else ()
    return _spelled(spellings, rows)


def _spellings(texts: Iterable[str], plain: Callable[[str], Any]) -> dict[Any, list[str]]:
    """Return the texts by what they stand for: one thing may be written in several ways."""
    found: dict[Any, list[str]] = {}
    for text in texts:
        if meant := plain(text):
            found.setdefault(meant, []).append(text)
    return found


def _spelled(spellings: Mapping[Any, list[str]], rows: Iterable[tuple[Any, UUID]]) -> Found:
    return {text: key for meant, key in rows for text in spellings[meant]}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


def _by_key(kind: str, texts: list[str], by: User) -> Found:
    column = kind if kind in (SOURCE, CITATION) else "record"
    rows = ImportKey.objects.filter(owner=by, sheet_kind=kind, key__in=texts)
    return {key: thing for key, thing in rows.values_list("key", f"{column}_id") if thing}


def _by_reference(kind: str, texts: list[str]) -> Found:
    if kind == CITATION:
        return {}
    spellings = _spellings(texts, str.upper)
    return _spelled(spellings, _objects(kind).filter(reference__in=list(spellings)).values_list("reference", "pk"))


def _by_address(texts: list[str]) -> Found:
    spellings = _spellings(texts, lambda text: address_key(text) if is_address(text) else "")
    rows = Source.objects.filter(address_key__in=list(spellings)).order_by("-created_at")
    return _spelled(spellings, rows.values_list("address_key", "pk")) if spellings else {}
