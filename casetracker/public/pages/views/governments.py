"""Pages of governments."""

import datetime as dt
from collections import Counter
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404

from casetracker.places.countries import is_government, name_of
from casetracker.public import routes
from casetracker.public.filters import NONE, GovernmentForm
from casetracker.public.governments import Summary, responses_about, statements_by, stations_in, summaries
from casetracker.public.pages.acts import MOST, contents_of, standing_of
from casetracker.public.pages.asking import Asked, AskingPage
from casetracker.public.pages.facets import Facets
from casetracker.public.pages.government_orders import ORDERS, heads
from casetracker.public.pages.government_parts import exact_since, parts_of
from casetracker.public.pages.lists import address, data_links
from casetracker.public.pages.queries import ORDERING
from casetracker.public.pages.spans import drawn
from casetracker.public.pages.timeline import acts_of
from casetracker.public.status import status_history, status_of
from casetracker.public.viewpoint import ViewForm
from casetracker.publication.reading import Head


class GovernmentListForm(GovernmentForm, ViewForm):
    """Which governments, from which day."""

    field_order = (*GovernmentForm.base_fields, *ViewForm.base_fields)


class GovernmentList(AskingPage):
    """All governments with a station or a response, on one page: there are no more than states."""

    template_name = "public/governments.html"
    plural = "governments"
    form_class = GovernmentListForm
    first_controls = ("status", "as_of", "known_at")
    orders = ORDERS

    def answer(self, head: Head, asked: Asked, **kwargs: Any) -> dict[str, Any]:
        """Return the governments that fit, in the order asked for."""
        view, query = asked.standpoint.view, asked.query
        found = summaries(head, view)
        order = asked.order or ORDERS[0]
        kept = order.sort(asked.form.keep(found))
        return {
            "facets": _facets(found),
            "heads": heads(
                order, lambda name: address(self.request.path, query.with_value(ORDERING, name).urlencode())
            ),
            "governments": [(name_of(summary.code), summary) for summary in kept],
            "count": len(kept),
            "exact": exact_since(head, view),
            "accused_code": settings.ACCUSED_STATE,
            **data_links("governments", query.filters),
        }


def _facets(found: list[Summary]) -> Facets:
    statuses = [summary.status for summary in found]
    return {
        "status": Counter(status.value or NONE for status in statuses),
        "basis": Counter(status.basis for status in statuses),
        "reason": Counter(status.reason for status in statuses),
        "inquiry": Counter(status.inquiry.state for status in statuses if status.inquiry),
        "has_stations": Counter(str(summary.station_count > 0).lower() for summary in found),
    }


class GovernmentPage(AskingPage):
    """One government: what it did, when, who says so, and what is not known."""

    template_name = "public/government.html"
    plural = "governments"
    form_class = ViewForm

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows. Raises `Http404` for what is no government, whatever is asked of it."""
        code = kwargs["code"]
        if not is_government(code):
            raise Http404
        names = {"code": code, "name": name_of(code), "accused": code == settings.ACCUSED_STATE}
        return names | super().context(head, **kwargs)

    def answer(self, head: Head, asked: Asked, **kwargs: Any) -> dict[str, Any]:
        """Return status, history, responses in order, stations, and what its people said about other countries."""
        code, view = kwargs["code"], asked.standpoint.view
        status = status_of(code, view)
        responses = contents_of(responses_about(code, view)[: MOST + 1])
        stations = [document.content for document in stations_in(code, view)[: MOST + 1]]
        statements = contents_of(statements_by(code, view)[: MOST + 1])
        until = asked.standpoint.last_day or dt.date.min
        history = drawn(
            status_history(code, view), acts_of(Q(government=code), view).get(code, []), until, status.last_confirmed
        )
        return {
            **history,
            **parts_of(code, view),
            "standing": standing_of(status, responses),
            "responses": responses[:MOST][::-1],
            "stations": stations[:MOST],
            "statements": statements[:MOST][::-1],
            "cut": max(map(len, (responses, stations, statements))) > MOST,
            "api_link": address(routes.detail("governments", code), asked.query.filters.urlencode()),
        }
