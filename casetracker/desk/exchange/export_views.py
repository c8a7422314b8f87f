"""The page that offers the file of a list, and the file."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.accounts.people import person_of
from casetracker.core.errors import DomainError
from casetracker.desk.exchange.bibliography_files import FORMATS
from casetracker.desk.exchange.columns import SOURCE, sheet_kinds
from casetracker.desk.exchange.export_files import RowsWithheld, attachment, take_out
from casetracker.desk.exchange.lists import DeskList, Sheet, list_of_admin, list_of_queue
from casetracker.desk.queues import queue_named
from casetracker.desk.requests import reader_of
from casetracker.review.admin.exporting import EXPORT_PAGE, TICKED
from casetracker.review.admin.records import REVIEW_PAGE
from casetracker.review.choices import SheetFormat
from casetracker.review.policies import may_take_out_private_terms
from casetracker.sources.models import Source

QUEUE_EXPORT_PAGE = "queue_export"
_NAMED = 20  # records that are left out


class ExportForm(forms.Form):
    """Which file of a list."""

    sheet = forms.ChoiceField(label=gettext_lazy("What"), widget=forms.RadioSelect)
    file_format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=SheetFormat.choices,
        initial=SheetFormat.XLSX.value,
        widget=forms.RadioSelect,
    )
    with_private = forms.BooleanField(label=gettext_lazy("With private terms and notes"), required=False)
    leave_out = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, sheets: Sequence[tuple[Sheet, int]]) -> None:
        """Take the sheets that there are, with the number of their rows."""
        super().__init__(data, initial={"sheet": sheets[0][0].name} if sheets else {})
        choice: Any = self.fields["sheet"]
        choice.choices = [(sheet.name, f"{sheet.label} ({number})") for sheet, number in sheets]
        if all(sheet.kind.name != SOURCE for sheet, _number in sheets):
            formats: Any = self.fields["file_format"]
            formats.choices = [one for one in SheetFormat.choices if SheetFormat(one[0]) not in FORMATS]


def list_export_view(request: HttpRequest, *, site: AdminSite, name: str) -> HttpResponse:
    """Offer the file of a list of the admin, or of the rows that were ticked in it."""
    return _page(request, site, _admin_list(request, site, name), _address(EXPORT_PAGE, name, request))


def list_file_view(request: HttpRequest, *, site: AdminSite, name: str) -> HttpResponse:
    """Give the file of a list of the admin."""
    return _file(request, site, _admin_list(request, site, name), _address(EXPORT_PAGE, name, request))


def queue_export_view(request: HttpRequest, *, site: AdminSite, name: str) -> HttpResponse:
    """Offer the files of a queue, one for each kind, or of the records that were ticked in it."""
    return _page(request, site, _queue_list(request, name), _address(QUEUE_EXPORT_PAGE, name, request))


def queue_file_view(request: HttpRequest, *, site: AdminSite, name: str) -> HttpResponse:
    """Give a file of a queue."""
    return _file(request, site, _queue_list(request, name), _address(QUEUE_EXPORT_PAGE, name, request))


def _admin_list(request: HttpRequest, site: AdminSite, name: str) -> DeskList:
    reader_of(request)
    listed = {str(kind.model._meta.model_name): kind for kind in sheet_kinds().values()}
    if name not in listed or not site.is_registered(listed[name].model):
        raise Http404
    return list_of_admin(request, listed[name], site)


def _queue_list(request: HttpRequest, name: str) -> DeskList:
    queue = queue_named(name, reader_of(request))
    if queue is None:
        raise Http404
    return list_of_queue(request, queue)


def _address(page: str, name: str, request: HttpRequest) -> str:
    """Return the address of the file, for the same list as the page."""
    query = request.GET.urlencode()
    address = reverse(f"admin:{page}_file", args=[name])
    return f"{address}?{query}" if query else address


def _page(
    request: HttpRequest,
    site: AdminSite,
    shown: DeskList,
    file_address: str,
    form: ExportForm | None = None,
    **more: Any,
) -> TemplateResponse:
    counted = _counted(shown)
    context = {
        **site.each_context(request),
        "title": _("Export: %(list)s") % {"list": shown.title},
        "list": shown,
        "form": form or ExportForm(sheets=counted),
        "is_empty": not any(number for _sheet, number in counted),
        "ticked": request.POST.getlist(TICKED),
        "is_selection": TICKED in request.POST,
        "file_address": file_address,
        "may_take_private": may_take_out_private_terms(person_of(request)),
        **more,
    }
    return TemplateResponse(request, "desk/exchange/export.html", context)


def _counted(shown: DeskList) -> list[tuple[Sheet, int]]:
    return [(sheet, sheet.number) for sheet in shown.sheets]


def _file(request: HttpRequest, site: AdminSite, shown: DeskList, address: str) -> HttpResponse:
    form = ExportForm(request.POST, sheets=_counted(shown))
    if not form.is_valid():
        return _page(request, site, shown, address, form)
    sheet = next(sheet for sheet in shown.sheets if sheet.name == form.cleaned_data["sheet"])
    try:
        made = take_out(
            sheet,
            SheetFormat(form.cleaned_data["file_format"]),
            with_private=form.cleaned_data["with_private"],
            leave_out=form.cleaned_data["leave_out"],
            by=person_of(request),
        )
    except RowsWithheld as refusal:
        return _page(request, site, shown, address, form, **_withheld(sheet, refusal))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _page(request, site, shown, address, form)
    return attachment(made.data, made.content_type, made.name)


def _withheld(sheet: Sheet, refusal: RowsWithheld) -> dict[str, Any]:
    """Return what the page says of the rows that are left out: how many, and the way to the first of them."""
    named = sheet.rows.filter(pk__in=refusal.keys[:_NAMED])
    return {
        "withheld": len(refusal.keys),
        "withheld_named": [(str(row), _place(row)) for row in named],
        "withheld_more": max(len(refusal.keys) - _NAMED, 0),
    }


def _place(row: Any) -> str:
    """Return the page of a source, or the review page of a record or of the one that cites."""
    if isinstance(row, Source):
        return reverse("admin:sources_source_change", args=[row.pk])
    return reverse(f"admin:{REVIEW_PAGE}", args=[row.record_id])
