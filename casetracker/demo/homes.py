"""Where each fact of the article stands in the data that is loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casetracker.demo.edits import agreement_edit, claim_edit, response_edit, source_fields, station_edit
from casetracker.demo.reader import Row, grouped, read_rows
from casetracker.review.services import Edit

Place = tuple[str, str]  # Kind of row, and its key.


@dataclass(frozen=True)
class Home:
    """A field of the loaded data that says a fact: its value as loaded, and the words in it that say it."""

    kind: str
    key: str
    field: str
    says: str
    value: str


@dataclass(frozen=True)
class Fact:
    """A fact of the article with its homes; without any, `why` gives the reason."""

    row: Row
    homes: tuple[Home, ...]
    why: str


class _Keys(dict[str, Any]):
    """Stands in for what the loader has logged: each key leads to itself."""

    def __missing__(self, key: str) -> str:
        return key


def read_facts() -> list[Fact]:
    """Return the facts in the order of the article.

    Raises `KeyError` for a home in a row or field that is not loaded.
    """
    values = loaded_values()
    rows = grouped(read_rows("article_homes"), "fact_id")
    return [_fact(fact, rows.get(fact["fact_id"], []), values) for fact in read_rows("article_facts")]


def _fact(fact: Row, rows: list[Row], values: Mapping[Place, Mapping[str, Any]]) -> Fact:
    homes = tuple(
        Home(
            kind=row["kind"],
            key=row["key"],
            field=row["field"],
            says=row["says"],
            value=as_text(values[row["kind"], row["key"]][row["field"]]),
        )
        for row in rows
        if row["kind"]
    )
    return Fact(fact, homes, " ".join(row["why"] for row in rows if row["why"]))


def as_text(value: Any) -> str:
    """Return a value as one line of text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(as_text, value))
    return "" if value is None else str(value)


def loaded_values() -> dict[Place, Mapping[str, Any]]:
    """Return what the loader hands to the services, by kind and key; links are keys."""
    keys = _Keys()
    further = grouped(read_rows("further_citations"), "record_key")
    of_stations = grouped(read_rows("station_citations"), "station_key")
    values: dict[Place, Mapping[str, Any]] = {
        ("source", row["source_key"]): source_fields(row, keys) for row in read_rows("sources")
    }
    for row in read_rows("stations"):
        key = row["station_key"]
        _add(values, "station", key, station_edit(row, of_stations.get(key, []), [], keys))
    for row in read_rows("responses"):
        key = row["response_key"]
        _add(values, "response", key, response_edit(row, further.get(key, []), [], keys, keys, keys))
    for row in read_rows("claims"):
        key = row["claim_key"]
        _add(values, "claim", key, claim_edit(row, further.get(key, []), keys, keys))
    for row in read_rows("agreements"):
        key = row["agreement_key"]
        _add(values, "agreement", key, agreement_edit(row, further.get(key, []), keys, keys))
    return values


def _add(values: dict[Place, Mapping[str, Any]], kind: str, key: str, edit: Edit) -> None:
    values[kind, key] = edit.fields
    for citation in edit.citations or ():
        place = ("citation", f"{key}/{citation['source']}")
        # Two citations of one source: the values of both.
        values[place] = _both(values[place], citation) if place in values else citation


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [value for value in dict.fromkeys((one.get(name), other.get(name))) if value] for name in {**one, **other}
    }
