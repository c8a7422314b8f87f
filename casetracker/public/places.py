"""Where the stations are that a view shows: how many at each place, as precisely as the public may know it."""

from dataclasses import dataclass

from django.db.models import Count, Min

from casetracker.public.counting import once_per_head
from casetracker.public.models import StationDocument
from casetracker.public.view import NOW, View
from casetracker.publication.reading import Head


@dataclass(frozen=True)
class Place:
    """A place with `count` stations. Without a point, or without a locality, no more is known than `precision` says.

    `reference` is that of its only station; empty where there are several. Degrees are decimal.
    """

    country: str
    precision: str
    locality: str
    latitude: float | None
    longitude: float | None
    count: int
    reference: str


def places(head: Head, view: View = NOW) -> list[Place]:
    """Return the places of a view, by country, those known best first. One query, once per head."""
    return once_per_head(head, f"places {view}", lambda: _places(view))


def _places(view: View) -> list[Place]:
    columns = ("country", "place_precision", "locality", "latitude", "longitude")
    rows = StationDocument.objects.seen(view).values_list(*columns).order_by(*columns)
    # The least of the references is the one, where there is one.
    found = [
        Place(country, precision, locality, latitude, longitude, count, least if count == 1 else "")
        for country, precision, locality, latitude, longitude, count, least in rows.annotate(
            count=Count("pk"), least=Min("reference")
        )
    ]
    return sorted(found, key=lambda place: (place.country, place.latitude is None))
