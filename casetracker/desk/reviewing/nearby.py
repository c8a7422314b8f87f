"""Records near one: perhaps they tell of the same. Each is listed with the reasons, and a person decides."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casetracker.core.text import fold
from casetracker.desk.duplicates.pairs import in_order, stations_like
from casetracker.places.countries import name_of
from casetracker.review.choices import State
from casetracker.review.content import detail_of
from casetracker.review.kinds import kind_named, label_of
from casetracker.review.models import Distinction, Record
from stations.models import Station

MOST = 8
_LOOKED_AT = 500


@dataclass(frozen=True)
class _Nearness:
    """Where to look for doubles of a kind: within one country, by fields that are the same.

    So many of these make a double likely; `also` names fields that are mentioned, but make none.
    """

    within: str
    same: tuple[str, ...]
    enough: int
    also: tuple[str, ...] = ()


# Stations have more that can be alike: see `desk.duplicates`.
NEARNESS = {
    "claim": _Nearness("country", ("topic", "claimed_by", "as_of"), 2, also=("value",)),
    "response": _Nearness("concerns", ("date", "kind", "actor"), 2),
    "agreement": _Nearness("country", ("type", "signed", "title"), 2),
}


@dataclass
class Near:
    """A record that may tell of the same, with the reasons why. `score` is from 0 to 100, if there is one."""

    record: Record
    url: str
    reasons: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    score: int | None = None
    merge_url: str = ""
    told_apart: Distinction | None = None


def records_near(record: Record) -> list[Near]:
    """Return records of the same kind and country that look alike, the most alike first.

    Those that somebody told apart from it are among them, with who did. The number of queries is fixed.
    """
    found = _stations_near(record) if record.kind == "station" else _others_near(record)
    pairs = Distinction.objects.of(record).select_related("person")
    apart = {row.second_id if row.first_id == record.pk else row.first_id: row for row in pairs}
    for near in found:
        near.told_apart = apart.get(near.record.pk)
    return [*[near for near in found if not near.told_apart][:MOST], *(near for near in found if near.told_apart)]


def _stations_near(record: Record) -> list[Near]:
    country = name_of(Station.objects.values_list("country", flat=True).get(pk=record.pk))
    return [
        Near(
            other,
            reverse("admin:record_review", args=[other.pk]),
            [country, *alike.reasons],
            alike.against,
            alike.score,
            reverse("admin:merge", args=[one.pk for one in reversed(in_order(record, other))]),
        )
        for other, alike in stations_like(record)
    ]


def _others_near(record: Record) -> list[Near]:
    nearness = NEARNESS[record.kind]
    detail: Any = detail_of(record)
    place = getattr(detail, nearness.within)
    if not place:
        return []
    everything: QuerySet[Any] = kind_named(record.kind).model._default_manager.all()
    others = everything.filter(**{nearness.within: place}).exclude(pk=record.pk)
    others = others.exclude(record__state=State.DISCARDED).select_related("record")
    found = []
    for other in others.order_by("-record__changed_at", "pk")[:_LOOKED_AT]:
        reasons = _same(record.kind, nearness.same, detail, other)
        if len(reasons) >= nearness.enough:
            reasons += _same(record.kind, nearness.also, detail, other)
            address = reverse("admin:record_review", args=[other.pk])
            found.append(Near(other.record, address, [name_of(place), *reasons]))
    return sorted(found, key=lambda near: -len(near.reasons))


def _same(kind_name: str, names: tuple[str, ...], one: Any, other: Any) -> list[str]:
    return [
        _("the same %(field)s") % {"field": label_of(kind_name, name)}
        for name in names
        if getattr(one, name) not in ("", None) and _folded(getattr(one, name)) == _folded(getattr(other, name))
    ]


def _folded(value: object) -> str:
    return " ".join(fold(str(value)).split())
