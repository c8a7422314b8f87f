"""Choosing several records in a list: each action leads to the page that shows its plan, and does nothing itself."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casetracker.accounts.people import person_of
from casetracker.review import policies
from casetracker.review.admin.base import ServiceAdmin
from casetracker.review.admin.exporting import ask_page
from casetracker.review.choices import Action

# The address of the page that shows what an act would do to a selection.
PLAN_PAGE = "selection"


class SelectingAdmin(ServiceAdmin):
    """Offers the acts on a selection to those whose roles they need. The plan's page has the last word."""

    actions = ("submit_chosen", "assign_chosen", "publish_chosen", "export_chosen")

    @admin.action(description=_("Submit for review: show the plan"), permissions=["change"])
    def submit_chosen(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        """Show what submitting would do."""
        return ask_page(request, _plan_page("submit"), chosen)

    @admin.action(description=_("Assign: show the plan"), permissions=["change"])
    def assign_chosen(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        """Show what assigning would do."""
        return ask_page(request, _plan_page("assign"), chosen)

    @admin.action(description=_("Publish: show the plan"), permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        """Show what publishing would do."""
        return ask_page(request, _plan_page("publish"), chosen)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Offer publishing to those whose role it needs."""
        return policies.has_role_for(Action.PUBLISH, person_of(request))


def _plan_page(name: str) -> str:
    return reverse(f"admin:{PLAN_PAGE}", args=[name])
