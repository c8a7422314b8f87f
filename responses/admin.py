"""Responses and agreements at the desk."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casetracker.places.countries import name_of
from casetracker.review.admin import RecordAdmin
from casetracker.review.admin.filters import (
    NeedsRevisionFilter,
    PublicStatusFilter,
    QueueFilter,
    StateFilter,
    government_filter,
)
from responses.models import Agreement, Response


@admin.register(Response)
class ResponseAdmin(RecordAdmin):
    """Log, edit and review responses."""

    autocomplete_fields = ("stations", "same_act_as")
    list_display = (
        "label",
        "reference",
        "state",
        "public_status",
        "concerns_name",
        "kind",
        "sets_status",
        "changed_at",
    )
    list_filter = (
        QueueFilter,
        StateFilter,
        PublicStatusFilter,
        government_filter("concerns", _("concerns")),
        government_filter("responder", _("responder")),
        "kind",
        "sets_status",
        NeedsRevisionFilter,
    )
    search_fields = ("record__label", "record__reference", "actor", "person", "date")
    fieldsets = (
        (None, {"fields": (("concerns", "responder"), "kind", ("date", "order_in_day"), "summary")}),
        (_("Who"), {"fields": (("actor", "level"), ("person", "party", "cabinet"), "anonymous")}),
        (_("Words"), {"fields": ("quote", "quote_language", "quote_translation"), "classes": ("collapse",)}),
        (_("Reach"), {"fields": ("scope", "stations", "unrelated_offence", "same_act_as")}),
        (
            _("Status of the government"),
            {
                "fields": (
                    "sets_status",
                    ("closure_basis", "no_action_basis"),
                    "activity_continues",
                    "last_known_true",
                )
            },
        ),
        (_("For colleagues"), {"fields": ("notes",)}),
    )

    @admin.display(description=_("concerns"), ordering="concerns")
    def concerns_name(self, response: Any) -> str:
        """Return the government by name."""
        return name_of(response.concerns) if response.concerns else "–"


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    """Log, edit and review agreements."""

    autocomplete_fields = ("ended_by",)
    list_display = (
        "label",
        "reference",
        "state",
        "public_status",
        "country_name",
        "type",
        "status",
        "assigned_to",
        "changed_at",
    )
    list_filter = (
        QueueFilter,
        StateFilter,
        PublicStatusFilter,
        government_filter("country", _("country")),
        government_filter("counterpart", _("with")),
        "type",
        "status",
        NeedsRevisionFilter,
    )
    search_fields = ("record__label", "record__reference", "title", "summary")
    fieldsets = (
        (None, {"fields": (("country", "counterpart"), "type", "parties", ("title", "title_language"), "summary")}),
        (_("When and where"), {"fields": ("signed", ("in_force_from", "in_force_to"), "places")}),
        (_("What became of it"), {"fields": (("status", "status_as_of"), "ended_by")}),
        (_("For colleagues"), {"fields": ("notes",)}),
    )

    @admin.display(description=_("country"), ordering="country")
    def country_name(self, agreement: Any) -> str:
        """Return the host by name."""
        return name_of(agreement.country)
