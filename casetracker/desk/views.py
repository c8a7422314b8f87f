"""The desk's own pages, beside those that the admin makes."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from casetracker.accounts.people import person_of
from casetracker.accounts.services import choose_language
from casetracker.core.errors import DomainError
from casetracker.desk.bulk.acts import bulk_acts_for
from casetracker.desk.queues import queue_named
from casetracker.desk.requests import reader_of

ON_A_PAGE = 50


def queue_view(request: HttpRequest, *, site: AdminSite, name: str) -> TemplateResponse:
    """Show all records of a queue, of every kind, in the order in which one goes through them."""
    person = reader_of(request)
    queue = queue_named(name, person)
    if queue is None:
        raise Http404
    page = Paginator(queue.keys(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": queue.title,
        "queue": queue,
        "page": page,
        "entries": queue.entries(list(page.object_list)),
        "bulk_acts": bulk_acts_for(person),
    }
    return TemplateResponse(request, "desk/queue.html", context)


def language_view(request: HttpRequest, *, site: AdminSite) -> HttpResponseRedirect:
    """Keep the language that this person reads the desk in, and come back to the page where it was chosen."""
    try:
        choose_language(request.POST.get("language", ""), by=person_of(request))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        address = reverse("admin:index", current_app=site.name)
    return HttpResponseRedirect(address)
