"""Governments and their response status."""

from collections.abc import Iterator
from typing import Any

from rest_framework.exceptions import NotFound

from casetracker.places.countries import alpha3, is_country, is_government, name_of
from casetracker.places.fields import GovernmentField
from casetracker.public import governments, routes
from casetracker.public.api import errors, parameters
from casetracker.public.api.base import DocumentView, ListView
from casetracker.public.api.documentation import government_detail, list_of
from casetracker.public.api.serializers import site
from casetracker.public.api.serializers.governments import Government
from casetracker.public.assertions import agreements_of, claims_about, compact_forms
from casetracker.public.coverage import coverage_of, coverage_parts
from casetracker.public.filters import GovernmentForm, matching
from casetracker.public.keyset import Ordering, decode_cursor, encode_cursor
from casetracker.public.models.base import VersionedQuerySet
from casetracker.public.rendering.values import LANGUAGE, as_text
from casetracker.public.status import status_of
from casetracker.public.viewpoint import ViewForm
from casetracker.publication.reading import Head

# A detail embeds no more than this, the newest of them; `links` leads to lists of all.
EMBEDDED = 500
ORDERINGS = (Ordering("code", ("code",)), Ordering("-code", ("code",)))


@list_of("governments", site.GovernmentList)
class GovernmentList(ListView):
    """All governments with a published station, response or count of stations. The accused state is in no tally."""

    orderings = ORDERINGS
    row = Government
    plural = "governments"
    filters = GovernmentForm
    takes_view = True

    def text(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> bytes:
        """Return a page of the list."""
        found = self._found(head, asked)
        rows, next_cursor = self._page(found, asked)
        return self.envelope(len(found), (as_text(_summary(row)) for row in rows), next_cursor, asked)

    def everything(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> Iterator[str]:
        """Return all of them: there are no more than states."""
        return (as_text(_summary(row)) for row in self._found(head, asked))

    def _found(self, head: Head, asked: parameters.ListQuery) -> list[governments.Summary]:
        found = matching(governments.summaries(head, parameters.view_of(head, asked.looking)), asked.filters)
        return sorted(found, key=lambda row: row.code, reverse=asked.ordering.descending)

    def _page(self, rows: list[governments.Summary], asked: parameters.ListQuery) -> tuple[list, str]:
        ordering = asked.ordering
        if asked.cursor:
            (code,) = decode_cursor(asked.ordering, asked.cursor, [GovernmentField()])
            rows = [row for row in rows if (row.code < code if ordering.descending else row.code > code)]
        page = rows[: asked.limit]
        return page, encode_cursor(ordering, (page[-1].code,)) if len(rows) > asked.limit else ""


@government_detail()
class GovernmentDetail(DocumentView):
    """One government: its status, its stations, and what it and others did about them, oldest first."""

    form = ViewForm

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the government, with the short forms of responses as they are stored."""
        code = kwargs["code"]
        if not is_government(code):
            raise NotFound(errors.NOT_FOUND)
        view = parameters.view_of(head, asked)
        stations, station_count = _newest(governments.stations_in(code, view).reverse(), "reference", "label")
        responses, response_count = _newest(governments.responses_about(code, view), "compact")
        statements, _count = _newest(governments.statements_by(code, view), "compact")
        summary = governments.Summary(
            code=code,
            status=status_of(code, view),
            station_count=station_count,
            response_count=response_count,
            coverage=coverage_of(code, view),
            last_response=governments.last_response(responses[-1][0]) if responses else None,
        )
        parts = {
            "stations": as_text([_station(*station) for station in stations]),
            "responses": f"[{','.join(text for (text,) in responses)}]",
            "statements": f"[{','.join(text for (text,) in statements)}]",
            "agreements": compact_forms(agreements_of(code, view), EMBEDDED),
            "claims": compact_forms(claims_about(code, view), EMBEDDED),
        }
        embedded = ",".join(f'"{name}":{text}' for name, text in parts.items())
        return f"{as_text(_summary(summary))[:-1]},{embedded}}}"


def _newest(rows: VersionedQuerySet, *columns: str) -> tuple[list[tuple], int]:
    """Return the first rows, last first, and the number of all."""
    found = list(rows.values_list(*columns)[: EMBEDDED + 1])
    count = len(found) if len(found) <= EMBEDDED else rows.count()
    return found[:EMBEDDED][::-1], count


def _station(reference: str, label: str) -> dict[str, Any]:
    return {"reference": reference, "label": label, "links": {"self": routes.detail("stations", reference)}}


def _summary(row: governments.Summary) -> dict[str, Any]:
    return {
        "code": row.code,
        "iso3": alpha3(row.code) or None,
        "name": name_of(row.code, LANGUAGE),
        "is_country": is_country(row.code),
        "status": governments.status_parts(row.status),
        "station_count": row.station_count,
        "response_count": row.response_count,
        "last_response": governments.last_response_parts(row.last_response),
        "coverage": coverage_parts(row.coverage),
        "links": {
            "self": routes.detail("governments", row.code),
            "stations": f"{routes.listing('stations')}?country={row.code}",
            "responses": f"{routes.listing('responses')}?concerns={row.code}",
            "statements": f"{routes.listing('responses')}?responder={row.code}",
            "agreements": f"{routes.listing('agreements')}?country={row.code}",
            "claims": f"{routes.listing('claims')}?country={row.code}",
            "page": routes.page("governments", row.code, LANGUAGE),
        },
    }
