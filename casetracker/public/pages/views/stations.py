"""Pages of stations."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from casetracker.public.filters import StationFilter
from casetracker.public.governments import summaries
from casetracker.public.keyset import Ordering
from casetracker.public.models import Document, StationDocument, Tombstone
from casetracker.public.pages.acts import MOST, about_station, contents_of, general_denial, standing_of
from casetracker.public.pages.lists import ListPage
from casetracker.public.pages.views.records import RecordPage, VersionPage
from casetracker.public.rendering.values import Rendered
from casetracker.public.status import status_of
from casetracker.public.view import View
from casetracker.publication.reading import Head

# Responses that tell how an inquiry into a station ended.
OUTCOMES = ("investigation_ended", "not_prosecuted")


class StationList(ListPage):
    """All stations."""

    template_name = "public/stations.html"
    model = StationDocument
    plural = "stations"
    filterset_class = StationFilter
    has_places = True
    orderings: ClassVar = {
        Ordering("country", ("country", "number")): _("By country code"),
        Ordering("-number", ("number",)): _("Newest first"),
        Ordering("number", ("number",)): _("Oldest first"),
    }
    facets: ClassVar = {
        "verification": "verification",
        "disputed": "disputed",
        "country": "country",
        "kind": "kind",
        "operator_jurisdiction": "operator_jurisdiction",
        "operating_status": "operating_status",
        "standing": "standing",
        "place_precision": "place_precision",
        "counted_in": "reports__report",
    }
    first_filters = ("country", "operator_jurisdiction", "counted_in")

    def shown(self, head: Head, contents: list[Rendered], view: View) -> dict[str, Any]:
        """Return the stations, each with the status of its government."""
        statuses = {summary.code: summary.status for summary in summaries(head, view)}
        return {"stations": [{**content, "status": statuses.get(content["country"])} for content in contents]}


class StationPage(RecordPage):
    """One station."""

    template_name = "public/station.html"
    model = StationDocument
    plural = "stations"

    def surroundings(self, head: Head, document: Document) -> dict[str, Any]:
        """Return the status of its government, the responses, and who denies it beside its own citations."""
        country = document.content["country"]
        latest_first = contents_of(about_station(document.reference, country)[:MOST])
        contents = latest_first[::-1]
        own = [content for content in contents if document.reference in content["stations"]]
        return {
            "merged": Tombstone.objects.filter(successor=document.reference).order_by("sequence"),
            "standing": standing_of(status_of(country), latest_first),
            "responses": own,
            "country_responses": [content for content in contents if content not in own],
            "outcomes": [content for content in own if content["kind"] in OUTCOMES],
            "denials": [content for content in contents if content["kind"] == "denial"],
            "general_denial": general_denial(),
        }


class StationVersion(VersionPage):
    """One version of a station. The accused state's denial stands beside it as beside the current one."""

    template_name = "public/station.html"
    model = StationDocument
    plural = "stations"

    def shown(self, document: Document, api_link: str) -> dict[str, Any]:
        """Return the station and the denial."""
        return {**super().shown(document, api_link), "general_denial": general_denial()}
