"""The pages of releases: all of them, and one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casetracker.accounts.fresh import confirm_first
from casetracker.accounts.models import User
from casetracker.core.errors import DomainError
from casetracker.desk.releases.acts import ACTS, Add, CreateRelease, ReleaseAct, Remove, acts_on, buttons
from casetracker.desk.releases.reading import in_order, is_overdue, lines_of, records_to_add, summaries, with_members
from casetracker.desk.requests import reader_of
from casetracker.review.models import Record, Release
from casetracker.review.policies import may_release

ON_A_PAGE = 50


def releases_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """Show all releases, and open a new one; with `?record=`, choose the one into which this record goes."""
    person = reader_of(request)
    record = _record_to_add(request, person)
    data = request.POST if request.method == "POST" else None
    form = CreateRelease(data, initial={"record": record.pk if record else None})
    if form.is_valid() and (created := _created(request, form, person)):
        return HttpResponseRedirect(_address_of(created.pk))
    page = Paginator(with_members(in_order(Release.objects.all())), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": _("Put into a release: %(record)s") % {"record": record} if record else _("Releases"),
        "page": page,
        "record": record,
        "summaries": _choices(summaries(page.object_list), record),
        "form": form if may_release(person) else None,
    }
    return TemplateResponse(request, "desk/releases/list.html", context)


def _record_to_add(request: HttpRequest, person: User) -> Record | None:
    """Return the record that the address asks to put into a release, if that can be done."""
    try:
        key = forms.UUIDField().clean(request.GET.get("record", ""))
    except forms.ValidationError:
        return None
    return records_to_add(everything=True).filter(pk=key).first() if may_release(person) else None


def _choices(found: list[Any], record: Record | None) -> list[tuple[Any, Add | None]]:
    """Give each open release a form that puts the record in, where there is one to put in."""
    return [
        (one, Add(release=one.release, records=[record.pk]) if record and one.release.is_open else None)
        for one in found
        if not record or one.release.is_open
    ]


def _created(request: HttpRequest, form: CreateRelease, person: User) -> Release | None:
    try:
        return form.carry_out(person)
    except DomainError as refusal:
        _say(request, form, refusal)
        return None


def release_view(
    request: HttpRequest, *, site: AdminSite, release_id: UUID, refused: ReleaseAct | None = None
) -> TemplateResponse:
    """Show a release with its records, what keeps each back, and what can be done."""
    person = reader_of(request)
    people = ("created_by", "scheduled_by", "published_by", "held_back_for")
    release = Release.objects.select_related(*people).filter(pk=release_id).first()
    if release is None:
        raise Http404
    check = "check" in request.GET and may_release(person)
    acts = acts_on(release, person, refused)
    lines = lines_of(release, person=person, check=check)
    context = {
        **site.each_context(request),
        "title": release.title,
        "release": release,
        "is_overdue": is_overdue(release),
        "lines": [
            (line, Remove(release=release, record=line.record.pk) if Remove.name in acts else None) for line in lines
        ],
        "troubled": sum(bool(line.problems) for line in lines),
        "check": check,
        "may_check": bool(lines) and ("publish" in acts or "schedule" in acts),
        "acts": buttons(acts),
        "add": acts.get(Add.name),
        "act_url": _address_of(release.pk),
        "decisions": release.decisions.select_related("person", "record").order_by("-at", "-id"),
    }
    return TemplateResponse(request, "desk/releases/page.html", context)


def release_act_view(request: HttpRequest, *, site: AdminSite, release_id: UUID, name: str) -> HttpResponse:
    """Carry an act out and come back to the release; show its form again, as it was, if that is refused."""
    person = reader_of(request)
    release = Release.objects.filter(pk=release_id).first()
    if release is None or name not in ACTS:
        raise Http404
    form = ACTS[name](request.POST, release=release)
    if form.fresh and (asked := confirm_first(request, what=form.title, about=release.title, form=form)):
        return asked
    if form.is_valid():
        try:
            form.carry_out(person)
        except DomainError as refusal:
            _say(request, form, refusal)
        else:
            messages.success(request, form.done)
            return HttpResponseRedirect(_address_of(release.pk))
    else:
        messages.error(request, _("Please correct what is marked."))
    return release_view(request, site=site, release_id=release_id, refused=form)


def _say(request: HttpRequest, form: forms.Form, refusal: DomainError) -> None:
    at_fields = {name: texts for name, texts in refusal.field_errors.items() if name in form.fields}
    for name, texts in at_fields.items():
        form.add_error(name, texts)
    lines = [] if at_fields else str(refusal).split("\n")
    if len(lines) > 1:
        head = ngettext(
            "Nothing was done, for %(count)d reason:", "Nothing was done, for %(count)d reasons:", len(lines)
        )
        messages.error(request, head % {"count": len(lines)})
    for line in lines:
        messages.error(request, line)


def _address_of(key: UUID) -> str:
    return reverse("admin:release", args=[key])
