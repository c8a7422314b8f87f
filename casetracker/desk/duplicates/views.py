"""Pages about stations that may be the same."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casetracker.accounts.models import User
from casetracker.core.errors import DomainError
from casetracker.desk.duplicates.forms import MergeForm, PairForm
from casetracker.desk.duplicates.gains import Gains, gains_of
from casetracker.desk.duplicates.pairs import LIKELY, likely_pairs, likeness_of
from casetracker.desk.requests import reader_of, way_back
from casetracker.review import policies, services
from casetracker.review.choices import Action
from casetracker.review.kinds import kind_named
from casetracker.review.models import Record
from casetracker.review.services.merging import check_pair

ON_A_PAGE = 25


def duplicates_view(request: HttpRequest, *, site: AdminSite) -> TemplateResponse:
    """Show all pairs of stations that are likely the same, the most alike first."""
    person = reader_of(request)
    page = Paginator(likely_pairs(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": _("Possible duplicates"),
        "page": page,
        "entries": page.object_list,
        "likely": LIKELY,
        "may_log": policies.may_log(person),
    }
    return TemplateResponse(request, "desk/duplicates/list.html", context)


def merge_view(request: HttpRequest, *, site: AdminSite, duplicate: UUID, target: UUID) -> HttpResponse:
    """Show two records side by side; propose that the second takes over the first."""
    person = reader_of(request)
    one, other = _mergeable(duplicate), _mergeable(target)
    form = MergeForm(request.POST if request.method == "POST" else None, duplicate=one, target=other)
    if form.is_valid() and _propose(request, form, one, other, person):
        meta = kind_named(other.kind).model._meta
        return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[other.pk]))
    problem = _problem(one, other, person)
    alike = likeness_of(one, other) if one.kind == other.kind else None
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Merge %(duplicate)s into %(target)s") % {"duplicate": one, "target": other},
        "duplicate": one,
        "target": other,
        "likeness": alike,
        "gains": gains_of(one, other) if one.kind == other.kind else Gains(),
        "problem": problem,
        "form": form,
    }
    return TemplateResponse(request, "desk/duplicates/merge.html", context)


def _mergeable(record_id: UUID) -> Record:
    record = Record.objects.select_related("merged_into").filter(pk=record_id).first()
    if record is None or not kind_named(record.kind).merges:
        raise Http404
    return record


def _propose(request: HttpRequest, form: MergeForm, duplicate: Record, target: Record, by: User) -> bool:
    try:
        services.propose_merge(duplicate.pk, into=target.pk, by=by, **form.cleaned_data)
    except DomainError as refusal:
        for message in str(refusal).split("\n"):
            messages.error(request, message)
        return False
    messages.success(request, _("What it gains stands in this draft now. Look through it, then submit it."))
    return True


def _problem(duplicate: Record, target: Record, person: User) -> str:
    """Return why this person cannot propose this merge now; empty if it is possible."""
    try:
        policies.check(duplicate, Action.PROPOSE, person)
        check_pair(duplicate, target)
        if policies.can(target, Action.REVISE, person):
            return ""
        policies.check(target, Action.EDIT, person)
    except DomainError as refusal:
        return str(refusal)
    return ""


@require_POST
def apart_view(request: HttpRequest, *, undo: bool = False) -> HttpResponse:
    """Remember that two records are not the same, or forget it, and come back."""
    person = reader_of(request)
    form = PairForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose two records of the same kind."))
        return _back(request)
    values = form.cleaned_data
    try:
        if undo:
            services.forget_distinction(values["one"], values["other"], by=person)
            messages.success(request, _("They may be the same again."))
        else:
            services.tell_apart(values["one"], values["other"], by=person, reason=values["reason"])
            messages.success(request, _("Marked as not the same. They are not proposed again."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(way_back(request, "admin:duplicates"))
