"""The pages of publishers: who stands behind sources."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget, AdminURLFieldWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from casetracker.accounts.people import person_of
from casetracker.core.errors import DomainError
from casetracker.core.text_list import TextListField
from casetracker.review import policies, services
from casetracker.review.admin.base import ServiceAdmin, first_words
from casetracker.review.admin.filters import government_filter
from casetracker.review.admin.forms import ServiceForm
from casetracker.review.admin.history import history_page
from casetracker.review.edit_history import changes_of
from casetracker.review.models import Record
from casetracker.review.story import story_of_changes
from casetracker.sources.models import Publisher, Source
from casetracker.sources.publisher_services import PUBLISHER_FIELDS

_MOST_SHOWN = 100


@admin.register(Publisher)
class PublisherAdmin(ServiceAdmin):
    """Publishers: log, edit, find; and link to the sources that are theirs."""

    form = ServiceForm
    actions = ()
    is_exchanged = False
    change_form_template = "desk/publisher_form.html"
    formfield_overrides: ClassVar[dict] = {
        models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
        TextListField: {"widget": AdminTextInputWidget(attrs={"class": "vLargeTextField"})},
    }
    list_display = ("name", "country_name", "control", "owner", "source_count")
    list_filter = ("control", government_filter("country", gettext_lazy("country")))
    list_per_page = 50
    ordering = ("name", "pk")
    search_fields = ("search_text",)
    search_help_text = gettext_lazy("Name, other name, owner or website")
    fieldsets = (
        (None, {"fields": ("name", "aliases", "website")}),
        (
            gettext_lazy("Who stands behind it"),
            {
                "fields": (("country", "control"), "owner"),
                "description": gettext_lazy(
                    "The public reads country and control beside every source of it. A change flags the live records "
                    "that cite one, as a change of the source does."
                ),
            },
        ),
        (gettext_lazy("For colleagues"), {"fields": ("notes", "seen_version")}),
    )

    @admin.display(description=gettext_lazy("country"), ordering="country")
    def country_name(self, publisher: Publisher) -> str:
        """Return its country in words."""
        return publisher.country_name or "–"

    @admin.display(description=gettext_lazy("sources"), ordering="source_count")
    def source_count(self, publisher: Any) -> int:
        """Return how many sources are known to be its."""
        return int(publisher.source_count)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Count the sources in the same query."""
        return super().get_queryset(request).annotate(source_count=Count("sources"))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet, bool]:
        """Find every word, whatever its case, accents and script."""
        return queryset.matching(first_words(search_term)), False

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Show its sources below the fields, and those that may be its."""
        if (publisher := kwargs.get("obj")) is not None:
            context |= {
                "its_sources": publisher.sources.order_by("publisher", "title", "pk")[:_MOST_SHOWN],
                "its_total": publisher.source_count,
                "citing_total": Record.objects.filter(citations__source__published_by=publisher).distinct().count(),
                "unlinked": Source.objects.perhaps_of(publisher)[:_MOST_SHOWN],
                "link_address": reverse("admin:sources_publisher_link", args=[publisher.pk]),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Make the one call that logs or edits the publisher."""
        fields = {name: form.cleaned_data[name] for name in PUBLISHER_FIELDS if name in form.cleaned_data}
        if not change:
            form.instance.pk = services.log_publisher(fields=fields, by=person_of(request)).pk
            return
        lock_version = form.cleaned_data.get("seen_version") or 0
        services.edit_publisher(form.instance.pk, fields=fields, by=person_of(request), lock_version=lock_version)

    def get_urls(self) -> list[Any]:
        """Add the address that links sources to a publisher."""
        link = require_POST(self.admin_site.admin_view(self.link_view))
        return [path("<uuid:publisher_id>/link/", link, name="sources_publisher_link"), *super().get_urls()]

    def link_view(self, request: HttpRequest, publisher_id: UUID) -> HttpResponse:
        """Say of the chosen sources that they are this publisher's, and come back."""
        person = person_of(request)
        if not policies.may_read_desk(person):
            raise PermissionDenied
        if not Publisher.objects.filter(pk=publisher_id).exists():
            raise Http404
        try:
            number = services.link_sources(publisher_id, _seen(request.POST.getlist("source")), by=person)
            words = ngettext("%(number)d source is linked now.", "%(number)d sources are linked now.", number)
            messages.success(request, words % {"number": number})
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:sources_publisher_change", args=[publisher_id]))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show who changed what when."""
        publisher = self.get_object(request, object_id)
        if not self.has_view_permission(request, publisher):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(source)s") % {"source": publisher},
            "opts": self.opts,
            "back": reverse("admin:sources_publisher_change", args=[publisher.pk]),
        }
        return history_page(request, story_of_changes(changes_of(publisher)), context)


def _seen(ticked: Iterable[str]) -> list[tuple[UUID, int]]:
    """Read which sources were ticked, each with the version that was shown: `KEY:VERSION`. Nonsense is left out."""
    found = []
    for text in ticked:
        key, _colon, version = text.partition(":")
        try:
            found.append((UUID(key), int(version)))
        except ValueError:
            continue
    return found
