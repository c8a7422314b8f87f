"""Which stations may be the same. The number of queries is fixed, and that of comparisons bounded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from casetracker.desk.duplicates.likeness import LIKELY, WORTH_A_LOOK, Likeness, likeness
from casetracker.desk.duplicates.traits import Traits, traits_of
from casetracker.review.choices import PublicStatus
from casetracker.review.models import Distinction, Record
from stations.models import Station

# So many stations that share a key are compared all with all; of more, each with those next to it by name and place.
ALL_WITH_ALL = 40
NEXT = 12
_LOOKED_AT = 500


@dataclass(frozen=True)
class Pair:
    """Two stations that may be the same: the second would take over the first."""

    duplicate: Record
    target: Record
    likeness: Likeness

    @property
    def records(self) -> tuple[Record, Record]:
        """The one that stays first."""
        return self.target, self.duplicate


def compared_stations(*named: UUID) -> QuerySet[Station]:
    """Return the stations that may have doubles: neither discarded nor merged, nor waiting to be; and those named."""
    kept = Record.objects.not_gone().filter(merged_into__isnull=True).values("pk")
    stations = Station.objects.filter(Q(record__in=kept) | Q(pk__in=named))
    return stations.select_related("record").prefetch_related("names")


def likely_pairs() -> list[Pair]:
    """Return all pairs that are likely the same and not told apart, the most alike first. Four queries."""
    traits = traits_of(compared_stations())
    told_apart = set(Distinction.objects.values_list("first", "second"))
    found = [
        pair_of(traits[one], traits[other], alike)
        for one, other in _worth_comparing(traits)
        if (one, other) not in told_apart and (alike := likeness(traits[one], traits[other])).score >= LIKELY
    ]
    return sorted(found, key=lambda pair: (-pair.likeness.score, pair.target.label, str(pair.duplicate.pk)))


def stations_like(record: Record) -> list[tuple[Record, Likeness]]:
    """Return the stations of the same country that are worth a look beside this one, the most alike first.

    Those of the same place are, whatever speaks against it.
    """
    traits = _country_of(record)
    mine = traits.pop(record.pk)
    compared = [(other, likeness(mine, other)) for other in traits.values()]
    found = [
        (other.record, alike)
        for other, alike in compared
        if alike.score >= WORTH_A_LOOK or (mine.locality and other.locality == mine.locality)
    ]
    return sorted(found, key=lambda near: (-near[1].score, str(near[0].pk)))


def likeness_of(one: Record, other: Record) -> Likeness | None:
    """Compare two stations; None if they are in different countries."""
    traits = _country_of(one, other)
    return likeness(traits[one.pk], traits[other.pk]) if traits.keys() >= {one.pk, other.pk} else None


def _country_of(record: Record, *others: Record) -> dict[UUID, Traits]:
    """Return the stations of the country of one, itself and these others among them. Four queries."""
    wanted = [record.pk, *(other.pk for other in others)]
    country = Station.objects.filter(pk=record.pk).values("country")
    stations = compared_stations(*wanted).filter(country__in=country)
    newest = stations.order_by(Case(When(pk__in=wanted, then=0), default=1), "-record__changed_at", "pk")
    return traits_of(newest[:_LOOKED_AT])


def pair_of(one: Traits, other: Traits, alike: Likeness) -> Pair:
    """Put the one that should stay second."""
    target, duplicate = in_order(one.record, other.record)
    return Pair(duplicate, target, alike)


def in_order(one: Record, other: Record) -> tuple[Record, Record]:
    """Return first the one that should stay: what is live, else what is older."""
    first, second = sorted((one, other), key=_stays)
    return first, second


def _stays(record: Record) -> tuple[Any, ...]:
    return record.public_status != PublicStatus.LIVE, record.created_at, str(record.pk)


def _worth_comparing(traits: dict[UUID, Traits]) -> Iterable[tuple[UUID, UUID]]:
    """Return the pairs of keys, in order, that share a country and something that can make them alike."""
    buckets: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
    for key, one in traits.items():
        for shared in one.keys:
            buckets[one.station.country, *shared].append(key)
    return {(min(pair), max(pair)) for bucket in buckets.values() for pair in _pairs_of(bucket, traits)}


def _pairs_of(bucket: list[UUID], traits: dict[UUID, Traits]) -> Iterator[tuple[UUID, UUID]]:
    if len(bucket) <= ALL_WITH_ALL:
        yield from combinations(bucket, 2)
        return
    ordered = sorted(bucket, key=lambda key: (sorted_by(traits[key]), str(key)))
    for place, key in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + NEXT]:
            yield key, other


def sorted_by(one: Traits) -> tuple[str, ...]:
    """Return what stations that share something are put in order by."""
    return one.locality, one.jurisdiction, *sorted(name.folded for name in one.names)
