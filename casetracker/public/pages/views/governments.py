"""Pages of governments."""

from typing import Any

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from casetracker.places.countries import is_government, name_of
from casetracker.public import routes
from casetracker.public.counting import once_per_head
from casetracker.public.filters import NONE, GovernmentForm
from casetracker.public.governments import Summary, responses_about, statements_by, stations_in, summaries
from casetracker.public.models import ResponseDocument
from casetracker.public.pages.acts import MOST, contents_of, standing_of
from casetracker.public.pages.base import Page
from casetracker.public.pages.controls import chips_of, controls_of
from casetracker.public.pages.facets import Facets
from casetracker.public.pages.lists import address
from casetracker.public.pages.queries import Query, read_query
from casetracker.public.status import status_of
from casetracker.publication.reading import Head


class GovernmentList(Page):
    """All governments with a station or a response, on one page: there are no more than states."""

    template_name = "public/governments.html"
    plural = "governments"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the short address first: a form sends its empty fields too."""
        query = read_query(request.GET, GovernmentForm().fields)
        if query.had_blanks:
            return HttpResponseRedirect(address(request.path, query.filters.urlencode()))
        return super().get(request, query=query, **kwargs)

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return filters and governments, by name."""
        query: Query = kwargs["query"]
        form = GovernmentForm(query.filters)
        found = summaries(head)
        controls = controls_of(form, query, _facets(found), form.fields)
        context = {
            "controls": controls,
            "chips": list(chips_of(controls, query)),
            "api_link": address(routes.listing("governments"), query.filters.urlencode()),
            "first_page": self.request.path,
        }
        if form.errors:
            return context | {"refused": True}
        kept = sorted(((name_of(summary.code), summary) for summary in form.keep(found)), key=lambda pair: pair[0])
        return context | {
            "governments": kept,
            "count": len(kept),
            "exact": once_per_head(head, "governments exact", lambda: _exact(found)),
            "accused_code": settings.ACCUSED_STATE,
        }


def _exact(found: list[Summary]) -> set[str]:
    """Return the governments whose status began on a day that a source names. One query."""
    acts = ResponseDocument.objects.live().filter(date_earliest=F("date_latest"), counts_from=F("date_latest"))
    days = set(acts.values_list("concerns", "sets_status", "basis", "counts_from"))
    return {
        summary.code
        for summary in found
        if (summary.code, summary.status.value, summary.status.basis, summary.status.since) in days
    }


def _facets(found: list[Summary]) -> Facets:
    facets: Facets = {"status": {}, "has_stations": {}}
    for summary in found:
        status, has_stations = summary.status.value or NONE, str(summary.station_count > 0).lower()
        facets["status"][status] = facets["status"].get(status, 0) + 1
        facets["has_stations"][has_stations] = facets["has_stations"].get(has_stations, 0) + 1
    return facets


class GovernmentPage(Page):
    """One government: what it did, when, who says so, and what is not known."""

    template_name = "public/government.html"
    plural = "governments"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return status, responses in order, stations, and what its people said about other countries."""
        code = kwargs["code"]
        if not is_government(code):
            raise Http404
        responses = contents_of(responses_about(code)[: MOST + 1])
        stations = [document.content for document in stations_in(code)[: MOST + 1]]
        statements = contents_of(statements_by(code)[: MOST + 1])
        return {
            "code": code,
            "name": name_of(code),
            "accused": code == settings.ACCUSED_STATE,
            "standing": standing_of(status_of(code), responses),
            "responses": responses[:MOST][::-1],
            "stations": stations[:MOST],
            "statements": statements[:MOST][::-1],
            "cut": max(map(len, (responses, stations, statements))) > MOST,
            "api_link": routes.detail("governments", code),
        }
