"""Records near one: perhaps they tell of the same. Each is listed with the reasons, and a person decides."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casetracker.core.text import fold
from casetracker.places.countries import name_of
from casetracker.review.choices import State
from casetracker.review.content import detail_of
from casetracker.review.kinds import kind_named, label_of
from casetracker.review.models import Record

MOST = 8
_LOOKED_AT = 500
_SIMILAR = 0.75
_SHORTEST = 3


@dataclass(frozen=True)
class _Nearness:
    """Where to look for doubles of a kind: within one country, by fields that are the same, and by names.

    So many of these make a double likely; `also` names fields that are mentioned, but make none.
    """

    within: str
    same: tuple[str, ...]
    enough: int
    also: tuple[str, ...] = ()
    names: str = ""


NEARNESS = {
    "station": _Nearness("country", ("locality",), 1, also=("operator_jurisdiction",), names="names"),
    "claim": _Nearness("country", ("topic", "claimed_by", "as_of"), 2, also=("value",)),
    "response": _Nearness("concerns", ("date", "kind", "actor"), 2),
    "agreement": _Nearness("country", ("type", "signed", "title"), 2),
}


@dataclass
class Near:
    """A record that may tell of the same, with the reasons why."""

    record: Record
    url: str
    reasons: list[str] = field(default_factory=list)


def records_near(record: Record) -> list[Near]:
    """Return records of the same kind and country that look alike, the most alike first. Four queries at most."""
    nearness = NEARNESS[record.kind]
    detail: Any = detail_of(record)
    place = getattr(detail, nearness.within)
    if not place:
        return []
    everything: QuerySet[Any] = kind_named(record.kind).model._default_manager.all()
    others = everything.filter(**{nearness.within: place}).exclude(pk=record.pk)
    others = others.exclude(record__state=State.DISCARDED).select_related("record")
    if nearness.names:
        others = others.prefetch_related(nearness.names)
    own_names = _names(nearness, detail)
    found = []
    for other in others.order_by("-record__changed_at", "pk")[:_LOOKED_AT]:
        reasons = [*_same(record.kind, nearness.same, detail, other), *_same_name(nearness, own_names, other)]
        if len(reasons) >= nearness.enough:
            reasons += _same(record.kind, nearness.also, detail, other)
            address = reverse("admin:record_review", args=[other.pk])
            found.append(Near(other.record, address, [name_of(place), *reasons]))
    return sorted(found, key=lambda near: -len(near.reasons))[:MOST]


def _same(kind_name: str, names: tuple[str, ...], one: Any, other: Any) -> list[str]:
    return [
        _("the same %(field)s") % {"field": label_of(kind_name, name)}
        for name in names
        if getattr(one, name) not in ("", None) and _folded(getattr(one, name)) == _folded(getattr(other, name))
    ]


def _names(nearness: _Nearness, detail: Any) -> list[str]:
    return [str(name) for name in getattr(detail, nearness.names).all()] if nearness.names else []


def _same_name(nearness: _Nearness, own_names: list[str], other: Any) -> list[str]:
    for name in _names(nearness, other):
        if any(_alike(own, name) for own in own_names):
            return [_("a similar name: %(name)s") % {"name": name}]
    return []


def _alike(one: str, other: str) -> bool:
    one, other = _folded(one), _folded(other)
    if min(len(one), len(other)) < _SHORTEST:
        return one == other
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SIMILAR


def _folded(value: object) -> str:
    return " ".join(fold(str(value)).split())
