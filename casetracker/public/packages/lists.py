"""The lists of a package. Their files are those that the API gives for the same state of the record."""

from collections.abc import Iterator
from dataclasses import dataclass

from rest_framework.serializers import Serializer

from casetracker.public.api import downloads, formats
from casetracker.public.api.base import ListView
from casetracker.public.api.parameters import ListQuery
from casetracker.public.api.views.claims import AgreementList, ClaimList
from casetracker.public.api.views.governments import GovernmentList
from casetracker.public.api.views.log import LogList
from casetracker.public.api.views.records import ResponseList, StationList
from casetracker.public.api.views.sources import SourceList
from casetracker.public.api.views.statistics import StatusHistoryList
from casetracker.public.viewpoint import KNOWN_AT, KnownAt
from casetracker.publication.reading import Head

FORMS = (formats.Csv, formats.Ndjson, formats.GeoJson)


@dataclass(frozen=True)
class PackagedList:
    """A list, and the columns that tell its rows apart."""

    view: type[ListView]
    key: tuple[str, ...] = ("reference",)

    @property
    def name(self) -> str:
        """What its files are called."""
        return self.view.plural

    @property
    def row(self) -> type[Serializer]:
        """What describes a row."""
        return self.view.row

    @property
    def forms(self) -> list[type[formats.Form]]:
        """In which forms it is there."""
        return [form for form in FORMS if form in self.view.renderer_classes]

    def written(self, head: Head, form: type[formats.Form]) -> Iterator[str]:
        """Return the parts of a file with all of it, as it was at an entry of the log."""
        looking = {KNOWN_AT: KnownAt(entry=head.sequence, held=True)}
        asked = ListQuery({}, looking, limit=0, cursor="", ordering=self.view.orderings[0], fields=())
        return downloads.as_file(str(form.format), self.view().everything(head, asked), self.row, [])


LISTS = (
    PackagedList(StationList),
    PackagedList(ResponseList),
    PackagedList(AgreementList),
    PackagedList(ClaimList),
    PackagedList(SourceList),
    PackagedList(GovernmentList, ("code",)),
    PackagedList(StatusHistoryList, ("country", "from")),
    PackagedList(LogList, ("sequence",)),
)
