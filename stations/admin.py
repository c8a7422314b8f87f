"""Stations and claims at the desk."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casetracker.places.countries import name_of
from casetracker.review.admin import RecordAdmin, RowInline
from casetracker.review.admin.filters import (
    NeedsRevisionFilter,
    PublicStatusFilter,
    QueueFilter,
    StateFilter,
    government_filter,
)
from stations.models import Claim, Reply, Station, StationName


class NameInline(RowInline):
    """Names, one for each language and script."""

    model = StationName
    row_name = "names"
    template = "admin/edit_inline/tabular.html"
    fields = ("text", "language", "role")


class ReplyInline(RowInline):
    """Right of reply."""

    model = Reply
    row_name = "replies"
    fields = (("asked", "asked_on"), "answer", ("answered_on", "language"))
    verbose_name_plural = _("replies: who was asked, and what they answered")


@admin.register(Station)
class StationAdmin(RecordAdmin):
    """Log, edit and review stations."""

    row_inlines = (NameInline, ReplyInline)
    list_display = ("label", "reference", "state", "public_status", "country_name", "kind", "assigned_to", "changed_at")
    list_filter = (
        QueueFilter,
        StateFilter,
        PublicStatusFilter,
        government_filter("country", _("country")),
        "kind",
        NeedsRevisionFilter,
    )
    search_fields = ("record__label", "record__reference", "locality", "region", "names__text")
    fieldsets = (
        (None, {"fields": ("kind", "summary")}),
        (
            _("Place"),
            {"fields": ("country", ("locality", "region"), "place_precision", ("latitude", "longitude"))},
        ),
        (
            _("What is reported"),
            {
                "fields": (
                    ("operator_jurisdiction", "counted_in"),
                    ("first_reported", "opened", "closed"),
                    ("operating_status", "operating_status_as_of"),
                    "standing",
                )
            },
        ),
        (_("For colleagues"), {"fields": ("notes",)}),
    )

    @admin.display(description=_("country"), ordering="country")
    def country_name(self, station: Any) -> str:
        """Return the country by name."""
        return name_of(station.country)


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    """Log, edit and review claims."""

    autocomplete_fields = ("superseded_by",)
    list_display = (
        "label",
        "reference",
        "state",
        "public_status",
        "country_name",
        "topic",
        "epistemic_status",
        "assigned_to",
        "changed_at",
    )
    list_filter = (
        QueueFilter,
        StateFilter,
        PublicStatusFilter,
        government_filter("country", _("country")),
        "topic",
        "epistemic_status",
        NeedsRevisionFilter,
    )
    search_fields = ("record__label", "record__reference", "text", "claimed_by")
    fieldsets = (
        (None, {"fields": ("topic", "text", "country", ("as_of", "period"))}),
        (_("Count"), {"fields": (("qualifier", "value", "unit"),)}),
        (_("Who says so"), {"fields": ("claimed_by", "attribution", "epistemic_status")}),
        (_("Later claim"), {"fields": ("superseded_by",)}),
        (_("For colleagues"), {"fields": ("notes",)}),
    )

    @admin.display(description=_("country"), ordering="country")
    def country_name(self, claim: Any) -> str:
        """Return the country by name."""
        return name_of(claim.country) if claim.country else "–"
