"""Stations and responses."""

from casetracker.public.api.documentation import detail_of, list_of, version_of, versions_of
from casetracker.public.api.formats import PLACES
from casetracker.public.api.parameters import with_fields
from casetracker.public.api.serializers import records, site
from casetracker.public.api.views.documents import (
    BY_NUMBER,
    BY_NUMBER_DOWN,
    BY_PUBLICATION,
    RecordDetail,
    RecordList,
    VersionDetail,
    VersionList,
)
from casetracker.public.filters import ResponseFilter, StationFilter
from casetracker.public.keyset import Ordering
from casetracker.public.models import ResponseDocument, StationDocument
from casetracker.public.viewpoint import KnownAtForm

STATION_ORDERINGS = (BY_NUMBER, BY_NUMBER_DOWN, Ordering("country", ("country", "number")), *BY_PUBLICATION)
RESPONSE_ORDERINGS = (
    BY_NUMBER,
    BY_NUMBER_DOWN,
    Ordering("date", ("date_earliest", "number")),
    Ordering("-date", ("date_earliest", "number")),
    *BY_PUBLICATION,
)


@list_of("stations", site.StationList)
class StationList(RecordList):
    """All published stations. A station in this list is reported; being listed proves nothing."""

    model = StationDocument
    row = records.Station
    renderer_classes = PLACES
    plural = "stations"
    filters = StationFilter
    orderings = STATION_ORDERINGS


@detail_of("stations", records.Station, "S")
class StationDetail(RecordDetail):
    """One station, as published last."""

    model = StationDocument
    form = with_fields(KnownAtForm, records.Station)


@versions_of("stations", "S")
class StationVersions(VersionList):
    """The published versions of a station."""

    model = StationDocument
    kind = "stations"


@version_of("stations", records.StationVersion, "S")
class StationVersion(VersionDetail):
    """One published version of a station."""

    model = StationDocument


@list_of("responses", site.ResponseList)
class ResponseList(RecordList):
    """All published responses: what governments and others did or said, each on its day."""

    model = ResponseDocument
    row = records.Response
    plural = "responses"
    filters = ResponseFilter
    orderings = RESPONSE_ORDERINGS


@detail_of("responses", records.Response, "R")
class ResponseDetail(RecordDetail):
    """One response, as published last."""

    model = ResponseDocument
    form = with_fields(KnownAtForm, records.Response)


@versions_of("responses", "R")
class ResponseVersions(VersionList):
    """The published versions of a response."""

    model = ResponseDocument
    kind = "responses"


@version_of("responses", records.ResponseVersion, "R")
class ResponseVersion(VersionDetail):
    """One published version of a response."""

    model = ResponseDocument
