"""Which of very many stations that are not logged yet may be the same as others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from casetracker.core.text_index import TextIndex
from casetracker.desk.duplicates.likeness import Likeness, likeness, may_not_reach
from casetracker.desk.duplicates.pairs import ALL_WITH_ALL, NEXT, compared_stations, sorted_by
from casetracker.desk.duplicates.traits import Traits, traits_of_new

# Two that share an operator alone are not compared: in different places they are seldom the same, and there may be
# thousands.
_SHARED = ("locality", "region", "name")
_AT_ONCE = 500  # stations that are in memory together

New = tuple[Any, Sequence[str]]  # what has the fields of a station, and its names


class Found(NamedTuple):
    """A new station that is like another: one that is logged, or one that came before it, by its number."""

    number: int
    other: Traits
    other_number: int | None
    likeness: Likeness


class _Circle(NamedTuple):
    """Stations that share something: each of the first so many is compared with so many of those behind it."""

    members: list[int]
    first: int
    reach: int


class Crowd:
    """New stations by numbers, of which nothing is kept but hashes of what they may share with others.

    Those that do share something are asked for again. Logged stations have negative numbers here.
    """

    def __init__(self, again: Callable[[int], New]) -> None:
        """Take what returns the station of a number once more."""
        self.again = again
        self.index, self.countries, self.logged = TextIndex(), set[str](), list[UUID]()

    def add(self, number: int, station: Any, names: Sequence[str]) -> None:
        """Add a station. Numbers must rise."""
        self.countries.add(station.country)
        for text in _shared(traits_of_new(station, names)):
            self.index.add(text, number)

    def look_alikes(self, at_least: int) -> Iterator[Found]:
        """Yield who is that much like another, the same two perhaps several times."""
        self.index.sort()
        self._add_logged()
        for circles in self._circles():
            traits = self._traits({number for circle in circles for number in circle.members})
            for one, other in {pair for circle in circles for pair in _pairs(circle)}:
                if may_not_reach(at_least, traits[one], traits[other]):
                    continue
                alike = likeness(traits[one], traits[other])
                if alike.score >= at_least:
                    yield Found(one, traits[other], other if other >= 0 else None, alike)

    def _add_logged(self) -> None:
        sharing = [
            (text, station.pk)
            for station in compared_stations()
            .filter(country__in=self.countries)
            .order_by("pk")
            .iterator(chunk_size=_AT_ONCE)
            for text in _shared(_traits(station))
            if text in self.index
        ]
        numbers = {key: place for place, key in enumerate(dict.fromkeys(key for _text, key in sharing))}
        for text, key in sharing:
            self.index.add(text, ~numbers[key])
        self.logged = list(numbers)
        self.index.sort()

    def _circles(self) -> Iterator[list[_Circle]]:
        """Yield who is compared with whom, as many circles at once as memory may hold."""
        together: list[_Circle] = []
        for members in self.index.groups():
            for circle in self._parts_of(members) if len(members) > ALL_WITH_ALL else [_all_of(members)]:
                together.append(circle)
                if sum(len(one.members) for one in together) >= _AT_ONCE:
                    yield together
                    together = []
        yield together

    def _parts_of(self, members: Sequence[int]) -> Iterator[_Circle]:
        """Of many that share something, each is compared with those next to it by name and place."""
        keys: list[tuple[tuple[str, ...], int]] = []
        for start in range(0, len(members), _AT_ONCE):
            traits = self._traits(members[start : start + _AT_ONCE])
            keys += [(sorted_by(traits[number]), number) for number in traits]
        ordered = [number for _key, number in sorted(keys)]
        for start in range(0, len(ordered), _AT_ONCE):
            yield _Circle(ordered[start : start + _AT_ONCE + NEXT], _AT_ONCE, NEXT)

    def _traits(self, numbers: Iterable[int]) -> dict[int, Traits]:
        logged = {self.logged[~number]: number for number in numbers if number < 0}
        stations = compared_stations().filter(pk__in=list(logged)) if logged else ()
        new = {number: traits_of_new(*self.again(number)) for number in numbers if number >= 0}
        return new | {logged[station.pk]: _traits(station) for station in stations}


def _all_of(members: list[int]) -> _Circle:
    return _Circle(members, len(members), len(members))


def _pairs(circle: _Circle) -> Iterator[tuple[int, int]]:
    """Yield the pairs of which one is new, the one that came later first."""
    for place, one in enumerate(circle.members[: circle.first]):
        for other in circle.members[place + 1 : place + 1 + circle.reach]:
            if max(one, other) >= 0:
                yield max(one, other), min(one, other)


def _shared(traits: Traits) -> Iterator[str]:
    return ("\0".join((traits.station.country, *key)) for key in traits.keys if key[0] in _SHARED)


def _traits(station: Any) -> Traits:
    return traits_of_new(station, [name.text for name in station.names.all()])
