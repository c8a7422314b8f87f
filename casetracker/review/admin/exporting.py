"""Taking a list out as a spreadsheet: the way from a list of the admin to the page that makes the file."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _

# The address of the page that offers the file of a list, and the name under which it takes ticked rows.
EXPORT_PAGE, TICKED = "list_export", "record"


class ExportingAdmin(admin.ModelAdmin):
    """Offers a file of what the list shows, or of the rows that are ticked in it."""

    change_list_template = "desk/change_list.html"

    @admin.action(description=_("Export: choose the file"), permissions=["view"])
    def export_chosen(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        """Show the page that offers the file, for these rows alone: for more than a page of them, that of the list."""
        if request.POST.get("select_across", "0") not in ("", "0"):
            return HttpResponseRedirect(self._address_for(request))
        return ask_page(request, self.export_address, chosen)

    @property
    def export_address(self) -> str:
        """The page that offers the file of the whole list. It takes the query string of the list."""
        return reverse(f"admin:{EXPORT_PAGE}", args=[self.opts.model_name])

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Lead from the list to its file."""
        return super().changelist_view(request, {"export_address": self._address_for(request), **(extra_context or {})})

    def _address_for(self, request: HttpRequest) -> str:
        query = request.GET.urlencode()
        return f"{self.export_address}?{query}" if query else self.export_address

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Refuse a filter that PostgreSQL cannot even look for; Django refuses it in a search alone."""
        if any("\0" in value for name, values in request.GET.lists() if name != SEARCH_VAR for value in values):
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)

    def response_action(self, request: HttpRequest, queryset: QuerySet, *args: Any, **kwargs: Any) -> Any:
        """Take only keys from what was ticked: Django's own page fails where a key is a UUID and this is none."""
        sent = request.POST.copy()
        sent.setlist(ACTION_CHECKBOX_NAME, [text for text in sent.getlist(ACTION_CHECKBOX_NAME) if _is_key(text)])
        request.POST = sent  # type: ignore[assignment]
        return super().response_action(request, queryset, *args, **kwargs)


def ask_page(request: HttpRequest, address: str, chosen: QuerySet) -> HttpResponse:
    """Show what a page of the desk says to rows that were ticked in a list."""
    again, page = copy(request), resolve(address)
    sent = request.POST.copy()
    sent.setlist(TICKED, [str(key) for key in chosen.values_list("pk", flat=True)])
    sent["next"] = request.get_full_path()
    again.POST = sent  # type: ignore[assignment]
    response: HttpResponse = page.func(again, *page.args, **page.kwargs)
    return response


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
