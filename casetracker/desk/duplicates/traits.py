"""What is compared of a station, folded once for all comparisons."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from casetracker.core.pinyin import romanised
from casetracker.core.text import fold
from casetracker.review.models import Citation, Record
from stations.models import Station

_NUMBERS = re.compile(r"\d+")
# A source that more stations of a country cite is a list of them all, and says nothing of two of them.
_CITED_BY_MANY = 4


@dataclass(frozen=True)
class Name:
    """A name as it is written and as it is compared. A number in it tells one station of a city from the next."""

    text: str
    folded: str
    numbers: frozenset[str]


@dataclass
class Traits:
    """One station."""

    record: Record
    station: Station
    locality: str
    region: str
    jurisdiction: str
    names: list[Name]
    counted_in: dict[str, str]
    sources: dict[str, str] = field(default_factory=dict)
    passages: set[tuple[str, str]] = field(default_factory=set)

    @property
    def keys(self) -> set[tuple[str, str]]:
        """What another station must share, at least one of it, to be compared."""
        found = {("locality", self.locality), ("jurisdiction", self.jurisdiction), ("region", self.region)}
        found |= {("name", name.folded) for name in self.names} | {("source", key) for key in self.sources}
        return {key for key in found if key[1]}


def traits_of(stations: Iterable[Any]) -> dict[UUID, Traits]:
    """Return what is compared of stations that come with record and names. One query: what they cite."""
    found = {station.pk: _traits(station) for station in stations}
    cited = Citation.objects.filter(record__in=list(found)).values_list(
        "record", "source", "source__url", "source__publisher", "locator", "quote"
    )
    for record, source, url, publisher, locator, quote in cited.iterator(chunk_size=2000):
        key = _address(url) or str(source)
        found[record].sources[key] = publisher
        found[record].passages |= {(key, fold(words)) for words in (locator, quote) if words}
    _forget_lists(found.values())
    return found


def traits_of_new(station: Any, names: Iterable[str]) -> Traits:
    """Return what is compared of a station that is not logged yet. No query."""
    return Traits(
        record=station.record,
        station=station,
        locality=romanised(station.locality),
        region=romanised(station.region),
        jurisdiction=romanised(station.operator_jurisdiction),
        names=[_name(name) for name in names],
        counted_in={fold(report): report for report in station.counted_in},
    )


def _traits(station: Any) -> Traits:
    return traits_of_new(station, (name.text for name in station.names.all()))


def _name(text: str) -> Name:
    return Name(text, romanised(text), frozenset(_NUMBERS.findall(fold(text))))


def _address(url: str) -> str:
    return url.rpartition("://")[2].removeprefix("www.").rstrip("/").casefold()


def _forget_lists(found: Iterable[Traits]) -> None:
    """Drop sources that many stations of one country cite. Passages in them still tell something."""
    found = list(found)
    counts = Counter((traits.station.country, key) for traits in found for key in traits.sources)
    for traits in found:
        country = traits.station.country
        traits.sources = {
            key: publisher for key, publisher in traits.sources.items() if counts[country, key] < _CITED_BY_MANY
        }
