"""A viewset with its serializers and filters."""

import json
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django_filters import rest_framework as filters
from rest_framework import pagination, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder

from usual.models import Citation, Name, Source, Station

CHUNK = 500  # Django prefetches no more than 1,000 different sources at once on SQLite


class SourceSerializer(serializers.ModelSerializer):
    """A source in a citation."""

    class Meta:
        model = Source
        exclude = ("id",)


class CitationSerializer(serializers.ModelSerializer):
    """A citation in a station."""

    source = SourceSerializer()

    class Meta:
        model = Citation
        exclude = ("id", "station")


class NameSerializer(serializers.ModelSerializer):
    """A name in a station."""

    class Meta:
        model = Name
        exclude = ("id", "station")


class StationSerializer(serializers.ModelSerializer):
    """A station with all that is nested in it."""

    names = NameSerializer(many=True)
    citations = CitationSerializer(many=True)

    class Meta:
        model = Station
        exclude = ("id",)


class StationFilter(filters.FilterSet):
    """What a list can be filtered by."""

    class Meta:
        model = Station
        fields = ("country", "kind", "operating_status", "standing", "verification_level", "disputed")


class Pages(pagination.PageNumberPagination):
    """Pages by their number, with the count of all."""

    page_size = 50


class StationViewSet(viewsets.ReadOnlyModelViewSet):
    """Stations."""

    queryset = Station.objects.prefetch_related("names", "citations__source")
    serializer_class = StationSerializer
    pagination_class = Pages
    filterset_class = StationFilter
    search_fields = ("label", "locality", "summary", "names__text")
    lookup_field = "reference"

    @action(detail=False)
    def export(self, request: Request) -> StreamingHttpResponse:
        """Return all stations as NDJSON, read and serialised in chunks."""
        return StreamingHttpResponse(self._lines(), content_type="application/x-ndjson")

    def _lines(self) -> Iterator[str]:
        for station in self.get_queryset().iterator(chunk_size=CHUNK):
            yield json.dumps(StationSerializer(station).data, cls=JSONEncoder, ensure_ascii=False) + "\n"
