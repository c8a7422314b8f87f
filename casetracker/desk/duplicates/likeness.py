"""How alike two stations of one country are: a number from 0 to 100, with what speaks for it and against it.

The number only orders what people look at. Nothing is decided by it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from casetracker.desk.duplicates.traits import Name, Traits
from casetracker.places.precision import PlacePrecision
from casetracker.review.kinds import label_of

LIKELY = 50  # From here on a pair is on the list of possible duplicates.
WORTH_A_LOOK = 15  # From here on one is named on the other's review page.
_SIMILAR = 0.75
_SHORTEST = 3
_NEAR, _FAR = 0.25, 5.0  # km between two sites
_EARTH = 6371.0
_DIFFERENT_PLACES = 30  # what two in different places reach at most
_PLACE_PARTS = 5  # letters: a shorter name is part of too many others


class Sign(NamedTuple):
    """One thing that the two have in common, or in which they differ. `limit` is what the whole may then reach."""

    points: int
    words: str
    limit: int = 100


@dataclass(frozen=True)
class Likeness:
    """How alike two stations are."""

    score: int
    reasons: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)


def likeness(one: Traits, other: Traits) -> Likeness:
    """Compare two stations of the same country. No query."""
    signs = [sign for compare in _COMPARISONS for sign in compare(one, other)]
    total = min(sum(sign.points for sign in signs), *(sign.limit for sign in signs), 100)
    return Likeness(
        score=max(total, 0),
        reasons=[sign.words for sign in signs if sign.points > 0],
        against=[sign.words for sign in signs if sign.points <= 0],
    )


def may_not_reach(score: int, one: Traits, other: Traits) -> bool:
    """Tell at little cost whether two stations can surely not be that much alike: most are in different places."""
    return score > _DIFFERENT_PLACES and bool(one.locality and other.locality) and not _place_in_place(one, other)


def _place_in_place(one: Traits, other: Traits) -> bool:
    short, long = sorted((one.locality, other.locality), key=len)
    return short == long or (len(short) >= _PLACE_PARTS and short in long)


def _same(name: str) -> str:
    return _("the same %(field)s") % {"field": label_of("station", name)}


def _place(one: Traits, other: Traits) -> Iterator[Sign]:
    places = {"one": one.station.locality, "other": other.station.locality}
    if one.locality and one.locality == other.locality:
        yield Sign(25, _same("locality"))
    elif one.locality and other.locality:
        if _place_in_place(one, other):
            yield Sign(20, _("one place in the other: %(one)s, %(other)s") % places)
        else:
            yield Sign(0, _("different places: %(one)s, %(other)s") % places, _DIFFERENT_PLACES)
    elif one.region and one.region == other.region:
        yield Sign(15, _same("region"))


def _jurisdiction(one: Traits, other: Traits) -> Iterator[Sign]:
    if not one.jurisdiction or not other.jurisdiction:
        return
    if one.jurisdiction == other.jurisdiction:
        yield Sign(25, _same("operator_jurisdiction"))
    else:
        values = {"one": one.station.operator_jurisdiction, "other": other.station.operator_jurisdiction}
        yield Sign(-20, _("different operators: %(one)s, %(other)s") % values, 35)


def _names(one: Traits, other: Traits) -> Iterator[Sign]:
    pairs = ((_closeness(own, name), name.text) for own in one.names for name in other.names)
    closeness, text = max(pairs, default=(0.0, ""))
    if closeness == 1:
        yield Sign(30, _("the same name: %(name)s") % {"name": text})
    elif closeness >= _SIMILAR:
        yield Sign(20, _("a similar name: %(name)s") % {"name": text})


def _closeness(one: Name, other: Name) -> float:
    if one.numbers != other.numbers:
        return 0.0
    if one.folded == other.folded:
        return 1.0
    if min(len(one.folded), len(other.folded)) < _SHORTEST:
        return 0.0
    matcher = SequenceMatcher(None, one.folded, other.folded, autojunk=False)
    # The quick one is never smaller, and cheap: most pairs end here.
    return min(matcher.ratio(), 0.99) if matcher.quick_ratio() >= _SIMILAR else 0.0


def _coordinates(one: Traits, other: Traits) -> Iterator[Sign]:
    """Compare sites: the point of a city stands for every station in it."""
    stations: tuple[Any, Any] = (one.station, other.station)
    if any(station.place_precision != PlacePrecision.SITE or station.latitude is None for station in stations):
        return
    distance = _kilometres(*stations)
    if distance <= _NEAR:
        yield Sign(20, _("less than %(metres)d metres from one another") % {"metres": int(_NEAR * 1000)})
    elif distance >= _FAR:
        yield Sign(-20, _("%(distance)d kilometres from one another") % {"distance": distance})


def _kilometres(one: Any, other: Any) -> float:
    south, north = radians(float(one.latitude)), radians(float(other.latitude))
    across = radians(float(other.longitude) - float(one.longitude))
    chord = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(across / 2) ** 2
    return 2 * _EARTH * asin(sqrt(min(chord, 1.0)))


def _sources(one: Traits, other: Traits) -> Iterator[Sign]:
    if one.passages & other.passages:
        yield Sign(10, _("the same passage of a source is cited"))
    elif shared := one.sources.keys() & other.sources.keys():
        yield Sign(5, _("the same source is cited: %(publisher)s") % {"publisher": one.sources[min(shared)]})


def _first_reported(one: Traits, other: Traits) -> Iterator[Sign]:
    if one.station.first_reported and one.station.first_reported == other.station.first_reported:
        yield Sign(5, _same("first_reported"))


def _counts(one: Traits, other: Traits) -> Iterator[Sign]:
    """A report that counts both takes them for two."""
    if shared := one.counted_in.keys() & other.counted_in.keys():
        report = one.counted_in[min(shared)]
        yield Sign(-25, _("one report counts both, as two: %(report)s") % {"report": report})


_COMPARISONS = (_place, _jurisdiction, _names, _coordinates, _sources, _first_reported, _counts)
