"""The page of suggested copies, and what is posted on it and on the pages of sources."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casetracker.core.errors import DomainError
from casetracker.desk.duplicates.forms import PairForm
from casetracker.desk.requests import reader_of, way_back
from casetracker.review import policies, services
from casetracker.review.copies import suggested_copies
from casetracker.review.models import Citation

ON_A_PAGE = 25


class CopyForm(forms.Form):
    """Say that one source copies another. `lock_version` is that of the copy, as it was shown."""

    copy = forms.UUIDField()
    original = forms.UUIDField()
    lock_version = forms.IntegerField(min_value=0)


@require_safe
def copies_view(request: HttpRequest, *, site: AdminSite) -> TemplateResponse:
    """Show all pairs of sources that may be copies, the most alike first."""
    person = reader_of(request)
    page = Paginator(suggested_copies(), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {source.pk for pair in page for source in pair.sources}
    cited = Counter(
        source
        for source, _record in Citation.objects.filter(source__in=shown).values_list("source", "record").distinct()
    )
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Sources that may be copies"),
        "page": page,
        "entries": [
            {"pair": pair, "sources": [(source, cited[source.pk]) for source in pair.sources]} for pair in page
        ],
        "may_log": policies.may_log(person),
    }
    return TemplateResponse(request, "desk/copies/list.html", context)


@require_POST
def mark_copy_view(request: HttpRequest) -> HttpResponse:
    """Say that one source copies another, and come back."""
    person, form = reader_of(request), CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose which source copies which."))
        return _back(request)
    values = form.cleaned_data
    try:
        copy = services.mark_as_copy(
            values["copy"], of=values["original"], by=person, lock_version=values["lock_version"]
        )
        messages.success(
            request,
            _("Noted: “%(copy)s” repeats “%(original)s”. Both count as one source now.")
            % {"copy": copy, "original": copy.derived_from},
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _back(request)


@require_POST
def sources_apart_view(request: HttpRequest, *, undo: bool = False) -> HttpResponse:
    """Remember that neither of two sources copies the other, or forget it, and come back."""
    person, form = reader_of(request), PairForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose two sources."))
        return _back(request)
    values = form.cleaned_data
    try:
        if undo:
            services.forget_source_distinction(values["one"], values["other"], by=person)
            messages.success(request, _("One may be a copy of the other again."))
        else:
            services.tell_sources_apart(values["one"], values["other"], by=person, reason=values["reason"])
            messages.success(request, _("Marked as no copies. They are not suggested again."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(way_back(request, "admin:copies"))
