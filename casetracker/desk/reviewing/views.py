"""The page on which a record is reviewed."""

from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from casetracker.desk.requests import reader_of
from casetracker.desk.reviewing.checklist import checklist, with_talk
from casetracker.desk.reviewing.differences import differences
from casetracker.desk.reviewing.nearby import records_near
from casetracker.desk.reviewing.position import address_of, position_in
from casetracker.desk.reviewing.preview import preview_of
from casetracker.review.admin.panel import panel_for
from casetracker.review.choices import Action
from casetracker.review.kinds import kind_named
from casetracker.review.models import Record
from casetracker.review.policies import can, may_log


def review_view(request: HttpRequest, *, site: AdminSite, record_id: UUID) -> TemplateResponse:
    """Show all that a reviewer needs, in the order in which it is needed; each act comes back here."""
    person = reader_of(request)
    record = Record.objects.select_related("assigned_to", "merged_into").filter(pk=record_id).first()
    if record is None:
        raise Http404
    panel = panel_for(record, person, refused=getattr(request, "refused_act", None))
    content, checked = panel["content"], panel["checked"]
    meta = kind_named(record.kind).model._meta
    near = records_near(record)
    position = position_in(request.GET.get("queue", ""), record, person, request.GET.get("then", ""))
    facts = checklist(record, content, checked)
    context: dict[str, Any] = {
        **site.each_context(request),
        **panel,
        "title": record.label,
        "kind_label": kind_named(record.kind).label,
        "act_url": reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk]),
        "next_page": position.here if position else address_of(record.pk),
        "position": position,
        "may_edit": can(record, Action.EDIT, person),
        "preview": preview_of(record, content, request),
        "differences": differences(record, content),
        "facts": with_talk(facts, record, panel["comments"], may_comment=bool(panel["comment_form"])),
        "passing": sum(one.result.passes for one in checked),
        "nearby": [one for one in near if not one.told_apart],
        "apart": [one for one in near if one.told_apart],
        "may_log": may_log(person),
    }
    return TemplateResponse(request, "desk/review/page.html", context)
