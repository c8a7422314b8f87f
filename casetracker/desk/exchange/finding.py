"""Finding what a spreadsheet speaks of: by its reference, by the importer's own key, by its identity or address."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from casetracker.accounts.models import User
from casetracker.desk.exchange.columns import CITATION, SOURCE
from casetracker.review.models import Citation, ImportKey, Record
from casetracker.sources.addresses import address_key, is_address
from casetracker.sources.models import Source

_AT_ONCE = 500

Found = dict[str, UUID]


def in_parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Return the values in lists that fit one statement of every database."""
    left = list(values)
    for start in range(0, len(left), _AT_ONCE):
        yield left[start : start + _AT_ONCE]


def find_things(kind: str, texts: Collection[str], *, by: User) -> Found:
    """Return what each text names among the things of a kind: nothing for a text that names none.

    What was discarded can still be named, so that a second import of its row does not log it anew.
    """
    found: Found = {}
    for some in in_parts(sorted(set(texts) - {""})):
        found |= _by_identity(kind, some)
        found |= _by_key(kind, some, by)
        if kind != CITATION:
            found |= _by_reference(kind, some)
        if kind == SOURCE:
            found |= _by_address(some)
    return found


def references_of(kind: str, texts: Collection[str]) -> Found:
    """Return what the public references name, and nothing else."""
    found: Found = {}
    for some in in_parts(sorted(set(texts) - {""})):
        found |= _by_reference(kind, some)
    return found


def _objects(kind: str) -> Any:
    if kind == SOURCE:
        return Source.objects
    return Citation.objects if kind == CITATION else Record.objects.filter(kind=kind)


def _by_identity(kind: str, texts: list[str]) -> Found:
    keys = {key: text for text in texts if (key := _uuid(text))}
    known = _objects(kind).filter(pk__in=list(keys)).values_list("pk", flat=True) if keys else ()
    return {keys[key]: key for key in known}


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
    upper = {text.upper(): text for text in texts}
    rows = _objects(kind).filter(reference__in=list(upper)).values_list("reference", "pk")
    return {upper[reference]: key for reference, key in rows}


def _by_address(texts: list[str]) -> Found:
    keys = {address_key(text): text for text in texts if is_address(text)}
    rows = Source.objects.filter(address_key__in=list(keys)).order_by("-created_at").values_list("address_key", "pk")
    return {keys[key]: pk for key, pk in rows} if keys else {}
