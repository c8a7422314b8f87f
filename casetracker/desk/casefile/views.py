"""Making a case file and taking it out."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from casetracker.accounts.models import User
from casetracker.core.errors import DomainError
from casetracker.desk.casefile.document import make_file
from casetracker.desk.requests import reader_of
from casetracker.review import policies, services
from casetracker.review.models import FileExport, Record

_LISTED = 50


class FileForm(forms.Form):
    """What to put into the file."""

    with_private_terms = forms.BooleanField(
        label=gettext_lazy("Include the private terms"),
        required=False,
        help_text=gettext_lazy(
            "Addresses, hosts and persons that may not be published. Without them, every text that contains one is "
            "left out too."
        ),
    )


def file_view(request: HttpRequest, *, site: AdminSite, record_id: UUID) -> HttpResponse:
    """Offer the file; on a post, make it, note that, and come back with its SHA-256 and its download."""
    person, record = reader_of(request), _record(record_id)
    form = FileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            export = _make(record, person, with_private_terms=form.cleaned_data["with_private_terms"])
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            return HttpResponseRedirect(f"{request.path}?made={export.pk}#made")
    exports = record.file_exports.select_related("person").order_by("-at", "-pk")[:_LISTED]
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Case file: %(record)s") % {"record": record},
        "record": record,
        "form": form,
        "may_take_private_terms": policies.may_take_out_private_terms(person),
        "exports": exports,
        "made": next((one for one in exports if _is_of(one, person) and str(one.pk) == request.GET.get("made")), None),
    }
    return TemplateResponse(request, "desk/file/page.html", context)


def _make(record: Record, person: User, *, with_private_terms: bool) -> FileExport:
    now = timezone.now()
    made = make_file(record, by=person, at=now, with_private_terms=with_private_terms)
    return services.note_file_export(
        record.pk, digest=made.digest, with_private_terms=with_private_terms, by=person, at=now
    )


def _is_of(export: FileExport, person: User) -> bool:
    return export.person_id == person.pk


@require_safe
def download_view(request: HttpRequest, record_id: UUID, export_id: int) -> HttpResponse:
    """Give the file to whoever made it, if it still comes out with the same SHA-256: no copy of it is kept."""
    person, record = reader_of(request), _record(record_id)
    export = get_object_or_404(FileExport, pk=export_id, record=record, person=person)
    if export.with_private_terms and not policies.may_take_out_private_terms(person):
        raise PermissionDenied
    made = make_file(record, by=person, at=export.at, with_private_terms=export.with_private_terms)
    if made.digest != export.digest:
        messages.warning(request, _("Something has changed since this file was made. Make it again."))
        return HttpResponseRedirect(reverse("admin:record_file", args=[record.pk]))
    name = f"casefile-{record.reference or record.pk}-{export.at:%Y%m%dT%H%M%SZ}.html"
    response = HttpResponse(made.data, content_type="text/html; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # For a browser that shows it instead of saving it: its own style, and nothing else.
    response._csp_config = made.policy  # type: ignore[attr-defined]
    return response


def _record(record_id: UUID) -> Record:
    record = Record.objects.filter(pk=record_id).first()
    if record is None:
        raise Http404
    return record
