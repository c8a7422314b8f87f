"""Pages and answers that help to fill in forms. They write nothing."""

from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casetracker.accounts.people import person_of
from casetracker.core.date_forms import reading_words
from casetracker.core.typed_dates import AmbiguousDate, read_date
from casetracker.public.pages.dates import date_words
from casetracker.review.admin.source_forms import AddressForm
from casetracker.review.admin.sources import popup_fields
from casetracker.review.policies import may_log
from casetracker.sources.addresses import clean_address


@require_safe
def read_date_view(request: HttpRequest) -> JsonResponse:
    """Say how a date is read: `edtf` (empty if it is not), `message` in words, `choices` to take instead."""
    typed = request.GET.get("text", "").strip()
    try:
        date = read_date(typed)
    except AmbiguousDate as error:
        message = _("“%(text)s” can be read in several ways. Which is meant?") % {"text": typed}
        return JsonResponse({"edtf": "", "message": message, "choices": _choices(*error.choices)})
    except ValueError as error:
        return JsonResponse({"edtf": "", "message": str(error) if typed else "", "choices": []})
    message = "" if date.text == typed else reading_words(typed, date)
    return JsonResponse({"edtf": date.text, "message": message, "choices": _choices(*date.others)})


def _choices(*texts: str) -> list[dict[str, str]]:
    return [{"edtf": text, "label": date_words(text)} for text in texts]


@require_safe
def from_address_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """Ask for the address of a document, and go to the form of a source that is filled in from it."""
    if not may_log(person_of(request)):
        raise PermissionDenied
    form = AddressForm(request.GET if "url" in request.GET else None)
    beside = popup_fields(request)
    if form.is_valid():
        filled_in = urlencode({"url": clean_address(form.cleaned_data["url"]), **beside})
        return HttpResponseRedirect(f"{reverse('admin:sources_source_add')}?{filled_in}")
    context = {
        **site.each_context(request),
        "title": _("Add a source from its address"),
        "address_form": form,
        "popup_fields": beside,
        "is_popup": bool(beside),
    }
    return TemplateResponse(request, "desk/entry/from_address.html", context)
