"""Which stations may be the same. The number of queries is fixed, and that of comparisons bounded."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from casetracker.desk.duplicates.likeness import LIKELY, WORTH_A_LOOK, Likeness, likeness, may_not_reach
from casetracker.desk.duplicates.traits import Traits, traits_of, traits_of_new
from casetracker.review.choices import PublicStatus
from casetracker.review.models import Distinction, Record
from stations.models import Station

# So many stations that share a key are compared all with all; of more, each with those next to it by name and place.
_ALL_WITH_ALL = 40
_NEXT = 12
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


def _compared(*named: UUID) -> QuerySet[Station]:
    """Return the stations that may have doubles: neither discarded nor merged, nor waiting to be; and those named."""
    kept = Record.objects.not_gone().filter(merged_into__isnull=True).values("pk")
    stations = Station.objects.filter(Q(record__in=kept) | Q(pk__in=named))
    return stations.select_related("record").prefetch_related("names")


def likely_pairs() -> list[Pair]:
    """Return all pairs that are likely the same and not told apart, the most alike first. Four queries."""
    traits = traits_of(_compared())
    told_apart = set(Distinction.objects.values_list("first", "second"))
    found = [
        pair_of(traits[one], traits[other], alike)
        for one, other in _worth_comparing(traits)
        if (one, other) not in told_apart and (alike := likeness(traits[one], traits[other])).score >= LIKELY
    ]
    return sorted(found, key=lambda pair: (-pair.likeness.score, pair.target.label, str(pair.duplicate.pk)))


def look_alikes(
    new: Sequence[tuple[Station, Sequence[str]]], *, at_least: int
) -> Iterator[tuple[Traits, Traits, Likeness]]:
    """Compare stations that are not logged yet, each with its names, with those that are and with one another.

    Yields each that is new with what it is that much like. Two queries, whatever their number. Two that share an
    operator alone are not compared: in different places they are seldom the same, and there may be thousands.
    """
    countries = {station.country for station, _names in new}
    fresh = {station.pk: traits_of_new(station, names) for station, names in new}
    traits = traits_of(_compared().filter(country__in=countries)) | fresh
    for pair in _worth_comparing(traits, having=fresh.keys(), sharing=("locality", "name", "source", "region")):
        one, other = sorted(pair, key=lambda key: key not in fresh)
        if may_not_reach(at_least, traits[one], traits[other]):
            continue
        alike = likeness(traits[one], traits[other])
        if alike.score >= at_least:
            yield traits[one], traits[other], alike


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
    stations = _compared(*wanted).filter(country__in=country)
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


_SHARED = ("locality", "jurisdiction", "region", "name", "source")


def _worth_comparing(
    traits: dict[UUID, Traits], having: Collection[UUID] | None = None, sharing: Collection[str] = _SHARED
) -> Iterable[tuple[UUID, UUID]]:
    """Return the pairs of keys, in order, that share a country and something that can make them alike.

    With `having`, only pairs of which one is among them.
    """
    buckets: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
    for key, one in traits.items():
        for shared in one.keys:
            if shared[0] in sharing:
                buckets[one.station.country, *shared].append(key)
    pairs = {(min(pair), max(pair)) for bucket in buckets.values() for pair in _pairs_of(bucket, traits)}
    return pairs if having is None else {pair for pair in pairs if pair[0] in having or pair[1] in having}


def _pairs_of(bucket: list[UUID], traits: dict[UUID, Traits]) -> Iterator[tuple[UUID, UUID]]:
    if len(bucket) <= _ALL_WITH_ALL:
        yield from combinations(bucket, 2)
        return
    ordered = sorted(bucket, key=lambda key: (_sorted_by(traits[key]), str(key)))
    for place, key in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + _NEXT]:
            yield key, other


def _sorted_by(one: Traits) -> tuple[str, ...]:
    return one.locality, one.jurisdiction, *sorted(name.folded for name in one.names)
