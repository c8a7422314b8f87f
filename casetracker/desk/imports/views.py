"""The pages of imports: the file and the list of all, one import in each of its states, and the files of its rows."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casetracker.accounts.models import User
from casetracker.accounts.people import person_of
from casetracker.core.errors import DomainError
from casetracker.desk.exchange.columns import sheet_kinds
from casetracker.desk.exchange.running import errors_file
from casetracker.desk.exchange.tasks import plan_soon
from casetracker.desk.imports.acts import ACTS
from casetracker.desk.imports.forms import AnswerForm, UploadForm, answer_form
from casetracker.desk.imports.reading import (
    drafts_of,
    imports_of,
    is_bibliography,
    kind_label,
    shown_plan,
    summary_of,
    ways_to_confirm,
)
from casetracker.review.choices import ImportState
from casetracker.review.models import Import
from casetracker.review.policies import may_log
from casetracker.review.services.uploads import is_stuck

ON_A_PAGE = 20
_UNDER_WAY = (ImportState.WAITING, ImportState.PLANNING, ImportState.IMPORTING)
_WORKBOOK = b"PK"
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def imports_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """Take a file; show all imports of the person."""
    person = _importer(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, initial={"kind": request.GET.get("kind", "")})
    if form.is_valid() and (upload := _uploaded(request, form, person)):
        return HttpResponseRedirect(_address_of(upload))
    page = Paginator(imports_of(person), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": _("Import a spreadsheet"),
        "form": form,
        "kinds": sheet_kinds().values(),
        "page": page,
        "summaries": [summary_of(upload) for upload in page.object_list],
    }
    return TemplateResponse(request, "desk/imports/list.html", context)


def _importer(request: HttpRequest) -> User:
    person = person_of(request)
    if not may_log(person):
        raise PermissionDenied
    return person


def _uploaded(request: HttpRequest, form: UploadForm, person: User) -> Import | None:
    try:
        upload = form.carry_out(person)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return None
    plan_soon(upload)
    return upload


def import_view(
    request: HttpRequest, *, site: AdminSite, import_id: UUID, refused: AnswerForm | None = None
) -> TemplateResponse:
    """Show an import with what can be done with it in its state."""
    upload = _own_import(request, import_id)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Import: %(file)s") % {"file": upload.file_name},
        "upload": upload,
        "kind": kind_label(upload),
        "is_stuck": is_stuck(upload),
        "is_under_way": upload.state in _UNDER_WAY,
        "is_bibliography": is_bibliography(upload),
        **_in_state(request, upload, refused),
    }
    return TemplateResponse(request, "desk/imports/page.html", context)


def _in_state(request: HttpRequest, upload: Import, refused: AnswerForm | None) -> dict[str, Any]:
    """Return what the page shows in the state in which the import is."""
    if upload.state == ImportState.ASKING:
        return {"answer": refused or answer_form(upload)}
    if upload.state == ImportState.PLANNED:
        plan = shown_plan(upload, request.GET.get("show", ""), request.GET.get("page"))
        answer = refused or answer_form(upload)
        return {"plan": plan, "query": f"show={plan.shown}", "ways": ways_to_confirm(upload), "answer": answer}
    if upload.state == ImportState.DONE:
        return {"drafts": drafts_of(upload)}
    return {}


def act_view(request: HttpRequest, *, site: AdminSite, import_id: UUID, name: str) -> HttpResponse:
    """Do something with an import and come back to it."""
    person, upload = _importer(request), _own_import(request, import_id)
    if name not in ACTS:
        raise Http404
    refused = None
    try:
        refused = ACTS[name](request, upload, person)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    if refused:
        return import_view(request, site=site, import_id=import_id, refused=refused)
    return HttpResponseRedirect(_address_of(upload))


@require_safe
def import_file_view(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Give the file again with what is wrong with each row; after the import, the rows that were left out."""
    upload = _own_import(request, import_id)
    try:
        data, suffix = _file_of(upload)
    except DomainError as refusal:  # It was given up at this moment, or the machine is too busy to read it.
        messages.error(request, str(refusal))
        return HttpResponseRedirect(_address_of(upload))
    ending = "xlsx" if data.startswith(_WORKBOOK) else "csv"
    name = f"{upload.file_name.rpartition('.')[0] or upload.file_name}-{suffix}.{ending}"
    response = HttpResponse(data, content_type=_TYPES[ending])
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _file_of(upload: Import) -> tuple[bytes, str]:
    if upload.state == ImportState.PLANNED:
        return errors_file(upload), "errors"
    if upload.rest:
        return bytes(upload.rest), "left-out"
    raise Http404


def _own_import(request: HttpRequest, import_id: UUID) -> Import:
    """Return an import of the person. Raises `Http404` for those of others too."""
    upload = Import.objects.filter(person=_importer(request), pk=import_id).defer("content", "rest", "plan").first()
    if upload is None:
        raise Http404
    return upload


def _address_of(upload: Import) -> str:
    return reverse("admin:import", args=[upload.pk])
