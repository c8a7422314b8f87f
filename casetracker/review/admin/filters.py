"""Filters of the lists of records."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casetracker.accounts.people import person_of
from casetracker.accounts.roles import Role, roles_of
from casetracker.places.countries import name_of
from casetracker.review.choices import PublicStatus, State
from casetracker.review.models import Record


class QueueFilter(admin.SimpleListFilter):
    """Mine, and what waits for me."""

    title = _("whose turn it is")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the two queues."""
        return [("waiting", _("waiting for me")), ("mine", _("mine"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the records of one queue."""
        if self.value() == "mine":
            return queryset.filter(record__in=Record.objects.with_author(person_of(request)))
        if self.value() == "waiting":
            return queryset.filter(record__in=waiting_for(person_of(request)))
        return queryset


def waiting_for(person: Any) -> QuerySet:
    """Return the records whose next step this person may take."""
    roles = roles_of(person)
    is_editor = Role.EDITOR in roles
    return Record.objects.waiting_for(person, is_reviewer=is_editor or Role.RESEARCHER in roles, is_editor=is_editor)


class _RecordChoiceFilter(admin.SimpleListFilter):
    """A column of the record."""

    choices_of: Any

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer all values."""
        return list(self.choices_of.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the records with the value."""
        return queryset.filter(**{f"record__{self.parameter_name}": self.value()}) if self.value() else queryset


class StateFilter(_RecordChoiceFilter):
    """Working state."""

    title, parameter_name, choices_of = _("state"), "state", State


class PublicStatusFilter(_RecordChoiceFilter):
    """Public status."""

    title, parameter_name, choices_of = _("public"), "public_status", PublicStatus


class NeedsRevisionFilter(admin.SimpleListFilter):
    """Live records whose sources were changed."""

    title, parameter_name = _("needs revision"), "needs_revision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the one value that matters."""
        return [("yes", _("a source was changed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the records with the flag."""
        return queryset.filter(record__needs_revision=True) if self.value() else queryset


class GovernmentFilter(admin.SimpleListFilter):
    """A country or government by its name; only those that occur."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the codes in the table, by name."""
        codes = model_admin.model.objects.values_list(self.parameter_name, flat=True).distinct().order_by()
        return sorted(((code, name_of(code)) for code in codes if code), key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the rows with the code."""
        return queryset.filter(**{str(self.parameter_name): self.value()}) if self.value() else queryset


def government_filter(field: str, label: Any) -> type[GovernmentFilter]:
    """Return a filter on a column with codes of governments."""
    return type(f"{field.title()}Filter", (GovernmentFilter,), {"title": label, "parameter_name": field})
