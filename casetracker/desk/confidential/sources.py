"""The pages of confidential sources: all by their labels, a new one, one that is closed or opened, who read what."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from casetracker.accounts.people import person_of
from casetracker.core.errors import DomainError
from casetracker.desk.confidential.forms import OpenForm, SourceForm
from casetracker.desk.confidential.messages import say
from casetracker.desk.confidential.reading import Part, parts_of, trouble_with_keys
from casetracker.review import services
from casetracker.review.choices import ConfidentialAct
from casetracker.review.models import ConfidentialCitation, ConfidentialEvent
from casetracker.review.policies import cleared_people
from casetracker.sources.models.confidential import ConfidentialSource

ON_A_PAGE = 50
_LATEST = 20  # events on the page of one source


def sources_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """List the labels. Who stands behind one is told on opening it, and nowhere else."""
    opened = Max("events__at", filter=Q(events__act=ConfidentialAct.OPENED))
    sources = ConfidentialSource.objects.annotate(opened_at=opened).order_by("label", "pk")
    page = Paginator(sources, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": _("Confidential sources"),
        "page": page,
        "sources": _with_records(page.object_list),
        "problem": trouble_with_keys(),
        "cleared": cleared_people().order_by("name", "username"),
    }
    return TemplateResponse(request, "desk/confidential/list.html", context)


def _with_records(sources: Any) -> list[tuple[ConfidentialSource, int]]:
    """Return sources, each with the number of records that cite it. One query."""
    cited = ConfidentialCitation.objects.standing().filter(source__in=[source.pk for source in sources])
    rows = cited.values("source").order_by("source").annotate(records=Count("record", distinct=True))
    numbers = {row["source"]: row["records"] for row in rows}
    return [(source, numbers.get(source.pk, 0)) for source in sources]


def add_source_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """Write a confidential source down."""
    form = SourceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            source = services.add_confidential_source(parts=form.parts(), by=person_of(request))
        except DomainError as refusal:
            say(request, form, refusal)
        else:
            done = _("Sealed, as %(source)s. Remember the label: names are listed nowhere.")
            messages.success(request, done % {"source": source})
            return HttpResponseRedirect(address_of(source))
    context = {
        **site.each_context(request),
        "title": _("New confidential source"),
        "form": form,
        "problem": trouble_with_keys(),
    }
    return TemplateResponse(request, "desk/confidential/add.html", context)


def source_view(request: HttpRequest, *, site: AdminSite, source_id: UUID) -> HttpResponse:
    """Show a source closed: its label, where it is cited, who did what with it."""
    return _page(request, site, _source(source_id))


def open_source_view(request: HttpRequest, *, site: AdminSite, source_id: UUID) -> HttpResponse:
    """Open a source for a reason, in the answer to this very request: coming back to the page, it is closed."""
    source, form = _source(source_id), OpenForm(request.POST)
    if not form.is_valid():
        return _page(request, site, source, open_form=form)
    try:
        texts = services.open_confidential_source(source.pk, reason=form.cleaned_data["reason"], by=person_of(request))
    except DomainError as refusal:
        say(request, form, refusal)
        return _page(request, site, source, open_form=form)
    shown = parts_of(texts, ConfidentialSource.sealed_parts)
    change = SourceForm(initial={**texts, "lock_version": source.lock_version})
    return _page(request, site, source, texts=shown, change_form=change)


def change_source_view(request: HttpRequest, *, site: AdminSite, source_id: UUID) -> HttpResponse:
    """Change what is kept; what was typed is shown again if that is refused."""
    source, form = _source(source_id), SourceForm(request.POST)
    if form.is_valid():
        try:
            services.change_confidential_source(
                source.pk,
                parts=form.parts(),
                by=person_of(request),
                lock_version=form.cleaned_data["lock_version"] or 0,
            )
        except DomainError as refusal:
            say(request, form, refusal)
        else:
            messages.success(request, _("Changed and sealed again."))
            return HttpResponseRedirect(address_of(source))
    return _page(request, site, source, change_form=form)


def events_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """Show who did what with which source, the latest first."""
    events = ConfidentialEvent.objects.select_related("source", "person", "citation__record")
    context = {
        **site.each_context(request),
        "title": _("Who did what with confidential sources"),
        "page": Paginator(events, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return TemplateResponse(request, "desk/confidential/events.html", context)


def address_of(source: ConfidentialSource) -> str:
    """Return the address of a source's page."""
    return reverse("admin:confidential_source", args=[source.pk])


def _source(source_id: UUID) -> ConfidentialSource:
    source = ConfidentialSource.objects.filter(pk=source_id).first()
    if source is None:
        raise Http404
    return source


def _page(
    request: HttpRequest,
    site: AdminSite,
    source: ConfidentialSource,
    *,
    open_form: OpenForm | None = None,
    change_form: SourceForm | None = None,
    texts: list[Part] | None = None,
) -> HttpResponse:
    cited = ConfidentialCitation.objects.standing().filter(source=source)
    context = {
        **site.each_context(request),
        "title": source.label,
        "source": source,
        "texts": texts,
        "change_form": change_form,
        "open_form": open_form or OpenForm(),
        "citations": cited.select_related("record").order_by("record", "id"),
        "events": source.events.select_related("person", "citation__record")[:_LATEST],
        "problem": trouble_with_keys(),
    }
    return TemplateResponse(request, "desk/confidential/source.html", context)
