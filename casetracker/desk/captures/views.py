"""The pages of archived copies, and the files behind them."""

from typing import Any
from uuid import UUID

from csp.constants import NONE
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from casetracker.accounts.people import person_of
from casetracker.core.errors import DomainError, InvalidContent, NotAllowed
from casetracker.core.files import Purpose, metadata_label, what_copies_lack
from casetracker.desk.captures.beside import cited_beside
from casetracker.desk.captures.forms import UploadCaptureForm
from casetracker.desk.captures.quoting import stretches
from casetracker.desk.captures.words import problem_of
from casetracker.desk.requests import reader_of
from casetracker.desk.reviewing.position import address_of
from casetracker.review import policies, services
from casetracker.review.admin.keeping import captures_of, link_of
from casetracker.review.captured import sources_without_capture
from casetracker.review.content import build_content
from casetracker.review.models import Record
from casetracker.sources.capture_choices import OPEN_ORDERS, OrderPurpose
from casetracker.sources.models import Capture, CaptureCopy, LinkOrder, Source
from casetracker.sources.storage import capture_storage, original_name

# Whatever a file holds, nothing of it may run or load anything, not even where a browser shows it.
_SANDBOX = {"sandbox": [], "default-src": [NONE]}
_SHOWN = (Purpose.PREVIEW, Purpose.THUMBNAIL)


def captures_view(request: HttpRequest, *, site: AdminSite, source_id: UUID) -> HttpResponse:
    """Show the copies of a source; take a file in."""
    person, source = reader_of(request), _source(source_id)
    may_keep = policies.may_log(person)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    form = UploadCaptureForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            capture = form.carry_out(source.pk, person)
        except DomainError as refusal:
            form.add_error("file" if "file" in refusal.field_errors else None, str(refusal))
        else:
            messages.success(request, _("The file is kept. Its SHA-256 is noted, and it never changes from now on."))
            return HttpResponseRedirect(reverse("admin:capture", args=[capture.pk]))
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Archived copies: %(source)s") % {"source": source},
        "source": source,
        "captures": captures_of(source),
        "orders": _orders(source),
        "link": link_of(source),
        "form": form if may_keep else None,
        "may_open_original": policies.may_open_originals(person),
        "may_fetch": may_keep and source.url,
    }
    return TemplateResponse(request, "desk/captures/list.html", context)


def _orders(source: Source) -> list[tuple[LinkOrder, str]]:
    """Return what is ordered, or failed last, with the reason in words; nothing if it went well."""
    last = source.orders.filter(purpose=OrderPurpose.CAPTURE).order_by("-ordered_at", "-id").first()
    if last is None:
        return []
    problem = problem_of(last)
    return [(last, problem)] if problem or last.state in OPEN_ORDERS else []


@require_POST
def fetch_source_view(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Ask the fetcher for a copy of one source."""
    source = _source(source_id)
    _order(request, [source.pk])
    return HttpResponseRedirect(reverse("admin:captures", args=[source.pk]))


@require_POST
def fetch_record_view(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Ask the fetcher for a copy of each source of a record of which none is kept."""
    reader_of(request)
    record = Record.objects.filter(pk=record_id).first()
    if record is None:
        raise Http404
    _order(request, [UUID(source["id"]) for source in sources_without_capture(build_content(record))])
    return HttpResponseRedirect(f"{address_of(record.pk)}#checklist")


def _order(request: HttpRequest, sources: list[UUID]) -> None:
    try:
        made = services.order_captures(sources, by=person_of(request))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return
    message = ngettext("%(number)d copy is ordered.", "%(number)d copies are ordered.", len(made))
    hint = _("The fetcher gets to it within moments, if it runs. Reload the page to see.")
    messages.success(request, f"{message % {'number': len(made)}} {hint}")


def capture_view(request: HttpRequest, *, site: AdminSite, capture_id: UUID) -> TemplateResponse:
    """Show a copy: its text or picture, what is known of it, who had it in hand; beside it, a citation to check."""
    person = reader_of(request)
    try:
        capture = services.open_capture(capture_id, by=person)
    except Capture.DoesNotExist as error:
        raise Http404 from error
    beside = cited_beside(request.GET.get("citation", ""), capture, person)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Archived copy: %(source)s") % {"source": capture.source},
        "capture": capture,
        "copies": {copy.purpose: copy for copy in capture.copies.all()},
        "custody": capture.custody.select_related("person").order_by("at", "id"),
        "link": link_of(capture.source),
        "hidden_data": [(metadata_label(name), value) for name, value in capture.metadata.items()],
        "copies_lack": "" if capture.is_fetched else what_copies_lack(capture.type),
        "beside": beside,
        "stretches": beside.text if beside else stretches(capture.text, ""),
        "may_open_original": policies.may_open_originals(person),
    }
    return TemplateResponse(request, "desk/captures/page.html", context)


@require_POST
def original_view(request: HttpRequest, capture_id: UUID) -> HttpResponse:
    """Hand the original out, as it came in."""
    person = reader_of(request)
    try:
        capture = services.hand_out_original(capture_id, by=person)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except InvalidContent as refusal:
        return _not_handed_out(request, capture_id, refusal)
    except Capture.DoesNotExist as error:
        raise Http404 from error
    name = f"original-{capture.digest[:12]}{capture.extension}"
    return _file(original_name(capture.digest), name, "application/octet-stream")


@require_POST
def copy_file_view(request: HttpRequest, capture_id: UUID) -> HttpResponse:
    """Hand out the copy without hidden data."""
    person = reader_of(request)
    try:
        copy = services.hand_out_copy(capture_id, Purpose.PUBLIC, by=person)
    except InvalidContent as refusal:
        return _not_handed_out(request, capture_id, refusal)
    except CaptureCopy.DoesNotExist as error:
        raise Http404 from error
    name = f"copy-{copy.capture.digest[:12]}{copy.extension}"
    return _file(copy.name, name, "application/octet-stream")


def _not_handed_out(request: HttpRequest, capture_id: UUID, refusal: InvalidContent) -> HttpResponse:
    messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("admin:capture", args=[capture_id]))


@require_safe
def picture_view(request: HttpRequest, capture_id: UUID, purpose: str) -> HttpResponse:
    """Show a preview or thumbnail: made anew from the pixels, with nothing else in it."""
    reader_of(request)
    copy = CaptureCopy.objects.filter(capture=capture_id, purpose=purpose).first() if purpose in _SHOWN else None
    if copy is None:
        raise Http404
    try:
        return _file(copy.name, "", copy.media_type)
    except FileNotFoundError as error:
        raise Http404 from error


def _file(stored: str, name: str, media_type: str) -> HttpResponse:
    """Return a file as an attachment under a name; without one, to be shown."""
    content = capture_storage().open(stored)
    response: Any = FileResponse(content, as_attachment=bool(name), filename=name, content_type=media_type)
    response._csp_config = _SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _source(source_id: UUID) -> Source:
    source = Source.objects.filter(pk=source_id).first()
    if source is None:
        raise Http404
    return source
