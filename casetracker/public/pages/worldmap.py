"""A map of what governments did, and the table beside it: both are made of the same rows.

A station is drawn as precisely as its place is known, and never more so: a point for a site, a ring for a city, a
larger one for the area around it. One that is known to a region or a country only has no place on the map: it is a
number on its country.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext, ngettext

from casetracker.places.countries import name_of, name_order
from casetracker.places.precision import WITHOUT_COORDINATES, PlacePrecision
from casetracker.places.regions import region_of
from casetracker.public.governments import Summary, summaries
from casetracker.public.labels import NO_STATUS, STATUSES
from casetracker.public.maps.drawings import Drawing, drawing
from casetracker.public.maps.frames import WIDTH, WORLD
from casetracker.public.pages import marks
from casetracker.public.places import Place, places
from casetracker.public.status import Status
from casetracker.public.view import NOW, View
from casetracker.publication.reading import Head

# Units of the drawing. What is smaller has a sign of its own, so that it can be seen and reached.
SMALL = 16
# Where the sign of a count stands beside that of a small country.
_ASIDE = 26
RINGS = {PlacePrecision.SITE: "site", PlacePrecision.CITY: "city", PlacePrecision.AREA: "area"}
ACCUSED = "accused_state"
# The table names no more places of a country than this, and leads to the list of all its stations.
MOST_PLACES = 12


class Key(NamedTuple):
    """A status with its basis, or the reason why there is none: what decides how a country is filled."""

    value: str
    basis: str
    reason: str

    @property
    def name(self) -> str:
        """Its name, for the patterns that fill areas."""
        return "-".join(part for part in (self.value, self.basis) if part) or self.reason

    @property
    def label(self) -> str:
        """Its words."""
        return gettext(STATUSES[self.value, self.basis] if self.value else NO_STATUS[self.reason])

    @property
    def mark(self) -> marks.Mark:
        """Its shape and tone."""
        return marks.STATUSES[self.value, self.basis] if self.value else marks.NO_STATUS[self.reason]


_KEYS = [
    *(Key(value, basis, "") for value, basis in STATUSES),
    *(Key("", "", reason) for reason in ("responded", "no_response", ACCUSED)),
]


@dataclass(frozen=True)
class Row:
    """What a map and its table say of a government. `summary` is None for the accused state, which is in no tally."""

    code: str
    name: str
    key: Key
    station_count: int
    places: list[Place]
    summary: Summary | None

    @property
    def named(self) -> list[Place]:
        """The places that the table names."""
        return self.places[:MOST_PLACES]

    @property
    def unnamed(self) -> int:
        """How many places it does not name."""
        return max(0, len(self.places) - MOST_PLACES)

    @property
    def sentence(self) -> str:
        """The same in a sentence or two, for those who do not see the map."""
        words = {"country": self.name, "status": gettext(self.summary.status.label) if self.summary else self.key.label}
        sentence = gettext("%(country)s: %(status)s.") % words
        if not self.station_count:
            return sentence
        listed = ngettext("%(count)d station listed.", "%(count)d stations listed.", self.station_count)
        return gettext("%(first)s %(second)s") % {"first": sentence, "second": listed % {"count": self.station_count}}


@dataclass(frozen=True)
class Area:
    """A government on the map: its shape, its middle, and whether it is too small to be seen without a sign."""

    row: Row
    path: str
    x: int
    y: int
    is_small: bool


@dataclass(frozen=True)
class Sign:
    """Stations on the map. `kind` is site, city or area for a known place; country for what has none."""

    kind: str
    x: int
    y: int
    count: int


@dataclass(frozen=True)
class Entry:
    """A line of the legend: a filling, and how many governments of the map have it."""

    key: Key
    governments: int


@dataclass(frozen=True)
class WorldMap:
    """A map with its table. `rest` are the shapes of all that has no record; `undrawn` are rows without a shape."""

    name: str
    width: int
    height: int
    grid: str
    rest: str
    areas: list[Area]
    signs: list[Sign]
    rows: list[Row]
    undrawn: list[Row]
    legend: list[Entry]

    @property
    def stations(self) -> int:
        """How many stations the map shows, those known to a country only included."""
        return sum(row.station_count for row in self.rows)

    @property
    def sign_kinds(self) -> set[str]:
        """What kinds of places there are, for the legend."""
        return {sign.kind for sign in self.signs}


def place_words(place: Place) -> str:
    """Return what a place is called, as precisely as it is known."""
    if place.precision == PlacePrecision.COUNTRY:
        return gettext("known to the country only")
    if not place.locality:
        return gettext("known to a region only")
    if place.precision == PlacePrecision.AREA:
        return gettext("around %(place)s") % {"place": place.locality}
    return place.locality


def world_map(head: Head, view: View = NOW, region: str = "") -> WorldMap:
    """Return the map of the world or of a region. The queries of all summaries and one more, once per head."""
    drawn = drawing(region or WORLD)
    rows = list(_rows(summaries(head, view), places(head, view), region))
    areas = list(_areas(rows, drawn))
    shown = {area.row.code for area in areas}
    counted = Counter(row.key for row in rows)
    return WorldMap(
        name=region or WORLD,
        width=WIDTH,
        height=drawn.frame.height,
        grid=drawn.grid,
        rest=drawn.rest + "".join(land.path for code, land in drawn.lands.items() if code not in shown),
        # The small ones last, on top of their neighbours.
        areas=sorted(areas, key=lambda area: area.is_small),
        signs=[sign for area in areas for sign in _signs(area, drawn)],
        rows=[row for row in rows if row.summary],
        undrawn=[row for row in rows if row.summary and row.code not in shown],
        legend=[Entry(key, counted[key]) for key in _KEYS if counted[key]],
    )


def _rows(found: Iterable[Summary], all_places: Iterable[Place], region: str) -> Iterator[Row]:
    by_country: dict[str, list[Place]] = defaultdict(list)
    for place in all_places:
        by_country[place.country].append(place)
    rows = [
        Row(
            summary.code,
            name_of(summary.code),
            key_of(summary.status),
            summary.station_count,
            by_country[summary.code],
            summary,
        )
        for summary in found
    ]
    accused = settings.ACCUSED_STATE
    rows.append(Row(accused, name_of(accused), Key("", "", ACCUSED), 0, [], None))
    yield from sorted(
        (row for row in rows if not region or region_of(row.code) == region),
        key=lambda row: (name_order(row.name), row.code),
    )


def key_of(status: Status) -> Key:
    """Return what decides how the country of a government with this status is filled."""
    return Key(status.value, status.basis, "" if status.value else status.reason)


def _areas(rows: Iterable[Row], drawn: Drawing) -> Iterator[Area]:
    for row in rows:
        land = drawn.lands.get(row.code)
        if land:
            yield Area(row, land.path, land.x, land.y, land.size < SMALL)


def _signs(area: Area, drawn: Drawing) -> Iterator[Sign]:
    """Yield the stations of a country: each place that has a point, and the number of those that have none."""
    nowhere = 0
    for place in area.row.places:
        at = _point(place, drawn)
        if at is None:
            nowhere += place.count
        else:
            yield Sign(RINGS[PlacePrecision(place.precision)], round(at[0]), round(at[1]), place.count)
    if nowhere:
        aside = _ASIDE if area.is_small else 0
        yield Sign("country", area.x + aside, area.y - aside, nowhere)


def _point(place: Place, drawn: Drawing) -> tuple[float, float] | None:
    """Return where a place is drawn; None for one that is not known well enough, or not on this map."""
    if place.precision in WITHOUT_COORDINATES or place.latitude is None or place.longitude is None:
        return None
    return drawn.frame.locate(place.longitude, place.latitude)
