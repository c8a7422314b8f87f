"""The plan of an act on a selection, and the address that carries it out."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casetracker.accounts.fresh import confirm_first
from casetracker.accounts.people import person_of
from casetracker.core.errors import DomainError
from casetracker.desk.bulk.acts import BULK_ACTS, BulkAct
from casetracker.desk.bulk.plan import MOST, Plan, Shown, plan_of
from casetracker.desk.requests import way_back
from casetracker.review.admin.records import REVIEW_PAGE
from casetracker.review.models import Record
from casetracker.review.policies import may_log


def plan_view(request: HttpRequest, *, site: AdminSite, name: str) -> HttpResponse:
    """Show what an act would do to the records that were chosen. Nothing is done."""
    act_class = _act_class(request, name)
    is_chosen = any(field in request.POST for field in act_class.choice)
    act = act_class(request.POST if is_chosen else None, person=person_of(request))
    if request.method != "POST":
        return _page(request, site, act, None)
    return _plan_page(request, site, act, request.POST.getlist("record"))


def carry_out_view(request: HttpRequest, *, site: AdminSite, name: str) -> HttpResponse:
    """Do what a plan showed, if all is as it was; otherwise do nothing and show the plan as it is now."""
    act_class = _act_class(request, name)
    if request.method != "POST":
        return _page(request, site, act_class(person=person_of(request)), None)
    act = act_class(request.POST, person=person_of(request))
    shown = Shown(request.POST.getlist("going"), request.POST.getlist("left_out"))
    if act.fresh and (asked := confirm_first(request, what=act.button(len(shown.going)), form=act)):
        return asked
    if act.is_valid() and shown.is_whole():
        try:
            act.carry_out(shown.going, shown.left_out)
        except DomainError as refusal:
            messages.error(request, _("Nothing was done to any of them. Below is the plan as it is now."))
            for reason in str(refusal).split("\n"):
                messages.error(request, reason)
        else:
            _tell(request, act, shown)
            return HttpResponseRedirect(way_back(request))
    else:
        messages.error(request, _("Nothing was done: what was sent is incomplete or wrong. Look at the plan again."))
    return _plan_page(request, site, act, shown.keys)


def _act_class(request: HttpRequest, name: str) -> type[BulkAct]:
    if not may_log(person_of(request)):
        raise PermissionDenied
    if name not in BULK_ACTS:
        raise Http404
    return BULK_ACTS[name]


def _plan_page(request: HttpRequest, site: AdminSite, act: BulkAct, chosen: Sequence[str]) -> HttpResponse:
    """Show the plan, or go back with a word about what was chosen if there can be none."""
    if not chosen:
        messages.warning(request, _("Choose records first: tick the boxes before them."))
    elif len(set(chosen)) > MOST:
        many = ngettext("You chose %(number)d record.", "You chose %(number)d records.", len(set(chosen)))
        most = _("At most %(most)d go together, so that you can read the plan. Choose fewer.")
        messages.error(request, " ".join((many % {"number": len(set(chosen))}, most % {"most": MOST})))
    else:
        return _page(request, site, act, plan_of(act, chosen))
    return HttpResponseRedirect(way_back(request))


def _page(request: HttpRequest, site: AdminSite, act: BulkAct, plan: Plan | None) -> TemplateResponse:
    if plan:
        act.fit([step.record for step in plan.going])
    context = {
        **site.each_context(request),
        "title": act.heading,
        "act": act,
        "plan": plan,
        "button": act.button(len(plan.going)) if plan else "",
        "way_back": way_back(request),
        "most": MOST,
    }
    return TemplateResponse(request, "desk/selection.html", context)


def _tell(request: HttpRequest, act: BulkAct, shown: Shown) -> None:
    """Say what was done and what was left out, with the way to each record."""
    found = Record.objects.in_bulk([key for key, _version in (*shown.going, *shown.left_out)])
    done, left = ([found[key] for key, _version in seen] for seen in (shown.going, shown.left_out))
    messages.success(request, format_html("{} {}", act.done(len(done)), _named(done)))
    if left:
        words = ngettext("%(number)d record left out:", "%(number)d records left out:", len(left))
        messages.warning(request, format_html("{} {}", words % {"number": len(left)}, _named(left)))


def _named(records: Sequence[Record]) -> SafeString:
    links = ((reverse(f"admin:{REVIEW_PAGE}", args=[record.pk]), record) for record in records)
    return format_html_join("; ", '<a href="{}">{}</a>', links)
