"""Choosing several records in a list: each action leads to the page that shows its plan, and does nothing itself."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _

from casetracker.accounts.people import person_of
from casetracker.review import policies
from casetracker.review.admin.base import ServiceAdmin
from casetracker.review.choices import Action

# The address of the page that shows what an act would do to a selection.
PLAN_PAGE = "selection"


class SelectingAdmin(ServiceAdmin):
    """Offers the acts on a selection to those whose roles they need. The plan's page has the last word."""

    actions = ("submit_chosen", "assign_chosen", "publish_chosen")

    @admin.action(description=_("Submit for review: show the plan"), permissions=["change"])
    def submit_chosen(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        """Show what submitting would do."""
        return _plan(request, "submit", chosen)

    @admin.action(description=_("Assign: show the plan"), permissions=["change"])
    def assign_chosen(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        """Show what assigning would do."""
        return _plan(request, "assign", chosen)

    @admin.action(description=_("Publish: show the plan"), permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        """Show what publishing would do."""
        return _plan(request, "publish", chosen)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Offer publishing to those whose role it needs."""
        return policies.has_role_for(Action.PUBLISH, person_of(request))

    def response_action(self, request: HttpRequest, queryset: QuerySet, *args: Any, **kwargs: Any) -> Any:
        """Take only keys from what was ticked: Django's own page fails where a key is a UUID and this is none."""
        sent = request.POST.copy()
        sent.setlist(ACTION_CHECKBOX_NAME, [text for text in sent.getlist(ACTION_CHECKBOX_NAME) if _is_key(text)])
        request.POST = sent  # type: ignore[assignment]
        return super().response_action(request, queryset, *args, **kwargs)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _plan(request: HttpRequest, name: str, chosen: QuerySet) -> HttpResponse:
    address = reverse(f"admin:{PLAN_PAGE}", args=[name])
    again, page = copy(request), resolve(address)
    sent = request.POST.copy()
    sent.setlist("record", [str(key) for key in chosen.values_list("pk", flat=True)])
    sent["next"] = request.get_full_path()
    again.POST = sent  # type: ignore[assignment]
    response: HttpResponse = page.func(again, *page.args, **page.kwargs)
    return response
