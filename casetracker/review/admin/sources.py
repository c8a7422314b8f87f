"""The pages of sources. They stand here because changing one touches the records that cite it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, OuterRef, QuerySet, Subquery, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.accounts.people import person_of
from casetracker.review import policies, services
from casetracker.review.admin.base import ServiceAdmin, first_words
from casetracker.review.admin.grades import GradedMixin
from casetracker.review.admin.history import history_page
from casetracker.review.admin.inlines import DATES
from casetracker.review.admin.keeping import KeptFilter, LinkFilter, captures_of, link_of
from casetracker.review.admin.source_forms import AddressForm, SourceForm
from casetracker.review.copies import copies_of, told_apart_from
from casetracker.review.edit_history import changes_of
from casetracker.review.models import Record
from casetracker.review.story import story_of_changes
from casetracker.sources.capture_choices import LinkState
from casetracker.sources.guesses import guess_source
from casetracker.sources.models import Capture, Source
from casetracker.sources.services import EDITABLE_FIELDS

_MOST_CITING = 100


@admin.register(Source)
class SourceAdmin(GradedMixin, ServiceAdmin):
    """Sources: log, edit, find."""

    form = SourceForm
    change_form_template = "desk/source_form.html"
    # An address typed without a scheme means https.
    formfield_overrides: ClassVar[dict] = {
        models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
        **DATES,
    }
    list_display = (
        "publisher",
        "heading",
        "published",
        "language",
        "kind",
        "grade",
        "reference",
        "kept",
        "citation_count",
    )
    list_display_links = ("publisher", "heading")
    list_filter = ("type", "language", "reliability", "published_by__control", KeptFilter, LinkFilter)
    list_select_related = ("published_by", "link")
    list_per_page = 50
    ordering = ("publisher", "title", "pk")
    search_fields = ("search_text",)
    search_help_text = gettext_lazy("Title, publisher, author or URL")
    autocomplete_fields = ("derived_from", "published_by")
    fieldsets = (
        (None, {"fields": ("publisher", "published_by", "title", "author", "url", ("published", "language"), "type")}),
        (
            gettext_lazy("Where it comes from"),
            {
                "fields": (("derived_from", "derivation"),),
                "description": gettext_lazy("A copy, translation or report is no independent evidence."),
            },
        ),
        (gettext_lazy("For colleagues"), {"fields": ("reliability", "notes", "seen_version")}),
    )

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def heading(self, source: Source) -> str:
        """Return the title, or the URL of a source without one."""
        return source.title or source.url

    @admin.display(description=gettext_lazy("type"), ordering="type")
    def kind(self, source: Source) -> str:
        """Return what kind of document it is, with who controls its publisher and from where."""
        if source.published_by is None:
            return str(source.get_type_display())
        return format_html('{} <span class="quiet">{}</span>', source.get_type_display(), source.published_by.standing)

    @admin.display(description=gettext_lazy("grade"), ordering="reliability")
    def grade(self, source: Source) -> str:
        """Return how reliable it is."""
        return source.reliability or "–"

    @admin.display(description=gettext_lazy("citations"), ordering="citation_count")
    def citation_count(self, source: Any) -> int:
        """Return how often it is cited."""
        return int(source.citation_count)

    @admin.display(description=gettext_lazy("archived copies"))
    def kept(self, source: Any) -> str:
        """Return how many copies are kept, with a badge where the address does not lead to the document any more."""
        link = getattr(source, "link", None)
        if link is None or link.url != source.url or link.state == LinkState.ALIVE:
            return str(source.capture_count or "–")
        badge = format_html('<span class="state link-{}">{}</span>', link.state, link.get_state_display())
        return format_html("{} {}", source.capture_count or "–", badge)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Count citations and copies in the same query."""
        copies = Capture.objects.filter(source=OuterRef("pk")).order_by().values("source").annotate(number=Count("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(citation_count=Count("citations"), capture_count=Subquery(copies.values("number")))
        )

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet, bool]:
        """Find the document of an address that was pasted; else every word, whatever its case and accents."""
        found = queryset.at_address(search_term)
        return (found if found.exists() else queryset.matching(first_words(search_term))), False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Fill in what the address of a new source suggests."""
        form = super().get_form(request, obj, change, **kwargs)
        form.suggested = _suggested(request) if obj is None else {}
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill the form of a new source in from its address."""
        return {**super().get_changeform_initial_data(request), **_suggested(request)}

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """List copies and the records that cite the source below its fields; ask for the address of a new one."""
        if kwargs.get("obj") is None and request.method == "GET" and "url" not in request.GET:
            context |= {"address_form": AddressForm(), "popup_fields": popup_fields(request)}
        if (source := kwargs.get("obj")) is not None:
            # Not with a join: a record may cite it twice.
            records = Record.objects.filter(pk__in=source.citations.values("record")).annotate(
                total=Window(Count("pk"))
            )
            found: list[Any] = list(records.order_by("-changed_at", "pk")[:_MOST_CITING])
            total = found[0].total if found else 0
            context |= {"citing": found, "citing_total": total, "citing_more": total - len(found)}
            context |= {"captures": captures_of(source), "link": link_of(source)}
            context["may_open_original"] = policies.may_open_originals(person_of(request))
            context |= {"copies": copies_of(source), "told_apart": told_apart_from(source)}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Make the one call that logs or edits the source."""
        fields = {name: form.cleaned_data[name] for name in EDITABLE_FIELDS if name in form.cleaned_data}
        if not change:
            form.instance.pk = services.log_source(fields=fields, by=person_of(request)).pk
            return
        lock_version = form.cleaned_data.get("seen_version") or 0
        services.edit_source(form.instance.pk, fields=fields, by=person_of(request), lock_version=lock_version)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show who changed what when."""
        source = self.get_object(request, object_id)
        if source is None:
            raise Http404
        if not self.has_view_permission(request, source):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(source)s") % {"source": source},
            "opts": self.opts,
            "back": reverse("admin:sources_source_change", args=[source.pk]),
        }
        return history_page(request, story_of_changes(changes_of(source)), context)


def _suggested(request: HttpRequest) -> dict[str, str]:
    address = request.GET.get("url", "")
    return guess_source(address) if address else {}


def popup_fields(request: HttpRequest) -> dict[str, str]:
    """Return what tells the admin that a page stands in a window beside another form."""
    return {name: request.GET[name] for name in (IS_POPUP_VAR, TO_FIELD_VAR) if name in request.GET}
