"""Stations and claims as the review sees them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casetracker.places.countries import name_of
from casetracker.places.precision import PlacePrecision
from casetracker.review.kinds import RecordKind, RowKind
from stations.choices import OperatingStatus, Standing
from stations.models import Claim, Reply, Station, StationName
from stations.snapshots import claim_label, claim_snapshot, station_snapshot


def describe_station(station: Any) -> str:
    """Return what desk lists call a station: its place, and its first name if it has one."""
    country = name_of(station.country, "en")
    place = ", ".join(part for part in (station.locality or station.region, country) if part)
    name = next(iter(station.names.all()), None)
    return f"{place}: {name}"[:300] if name else place


STATION = RecordKind(
    name="station",
    prefix="S",
    label=_("station"),
    model=Station,
    fields=(
        "kind",
        "country",
        "region",
        "locality",
        "place_precision",
        "latitude",
        "longitude",
        "operator_jurisdiction",
        "counted_in",
        "first_reported",
        "opened",
        "closed",
        "operating_status",
        "operating_status_as_of",
        "standing",
        "summary",
    ),
    private=("notes",),
    rows={
        "names": RowKind(model=StationName, parent="station", fields=("text", "language", "role")),
        "replies": RowKind(
            model=Reply,
            parent="station",
            fields=("asked", "asked_on", "answer", "answered_on", "language"),
        ),
    },
    citable=(
        "kind",
        "country",
        "region",
        "locality",
        "latitude",
        "names",
        "operator_jurisdiction",
        "counted_in",
        "first_reported",
        "opened",
        "closed",
        "operating_status",
        "standing",
        "summary",
    ),
    assumed={"operating_status": OperatingStatus.UNKNOWN, "standing": Standing.ALLEGED},
    complements={
        "region": ("place_precision",),
        "locality": ("place_precision",),
        "latitude": ("longitude", "place_precision"),
        "operating_status": ("operating_status_as_of",),
    },
    texts=("summary",),
    dates=("first_reported",),
    merges={"names": ("text", "language"), "replies": ("asked", "asked_on", "answer")},
    snapshot=station_snapshot,
    describe=describe_station,
    emptied={"place_precision": PlacePrecision.COUNTRY},
)


def describe_claim(claim: Any) -> str:
    """Return what desk lists call a claim."""
    return claim_label({name: getattr(claim, name) for name in CLAIM.fields if name not in CLAIM.links})[:300]


CLAIM = RecordKind(
    name="claim",
    prefix="C",
    label=_("claim"),
    model=Claim,
    fields=(
        "topic",
        "text",
        "qualifier",
        "value",
        "unit",
        "country",
        "as_of",
        "period",
        "claimed_by",
        "attribution",
        "epistemic_status",
        "superseded_by",
    ),
    private=("notes",),
    citable=("text", "value", "country", "as_of", "period", "claimed_by", "epistemic_status"),
    complements={
        "text": ("topic", "superseded_by"),
        "value": ("qualifier", "unit"),
        "claimed_by": ("attribution",),
    },
    texts=("text",),
    links=("superseded_by",),
    dates=("as_of",),
    snapshot=claim_snapshot,
    describe=describe_claim,
)
