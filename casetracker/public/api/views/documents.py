"""Lists, details and versions of published documents, for every kind alike."""

from typing import Any

from django.db.models import Q
from rest_framework.exceptions import NotFound

from casetracker.public import routes
from casetracker.public.api import errors, parameters
from casetracker.public.api.base import DocumentView, ListView
from casetracker.public.counting import count_of
from casetracker.public.filters import PublicFilterSet
from casetracker.public.keyset import Ordering
from casetracker.public.models import Document, Tombstone
from casetracker.public.rendering.values import as_text, moment
from casetracker.public.viewpoint import KnownAtForm
from casetracker.publication.reading import Head

BY_NUMBER = Ordering("number", ("number",))
BY_NUMBER_DOWN = Ordering("-number", ("number",))


class DocumentList(ListView):
    """The documents of a kind that a view shows, as they were rendered at publication."""

    model: type[Document]
    filters: type[PublicFilterSet]

    def text(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> str:
        """Return a page of the list, with the count of all pages."""
        view = parameters.view_of(head, asked.looking)
        rows = self.filters.narrow(self.model.objects.seen(view), asked.filters)
        page = self.page(rows, asked, "body")
        count = count_of(head, rows, asked.filters, view)
        return self.envelope(count, (body for (body,) in page.rows), page.next_cursor)


class RecordList(DocumentList):
    """The records of a kind that a view shows."""

    takes_view = True


class DocumentDetail(DocumentView):
    """The live version of a document."""

    model: type[Document]

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the stored text."""
        view = parameters.view_of(head, asked)
        rows = self.model.objects.known(view.known_at).filter(reference=kwargs["reference"])
        body = rows.values_list("body", flat=True).first()
        if body is None:
            raise self.missing(kwargs["reference"])
        return body

    def missing(self, reference: str) -> Exception:
        """Return the answer when nothing is live."""
        return gone_or_never(reference=reference)


class RecordDetail(DocumentDetail):
    """The version of a record that is live, or that was at some time."""

    form = KnownAtForm

    def missing(self, reference: str) -> Exception:
        """Return the way to the record that took this one over, why it is gone, or 404."""
        found = super().missing(reference)
        if not isinstance(found, errors.Gone) or not found.members["successor"]:
            return found
        address = routes.detail(f"{found.members['record_kind']}s", found.members["successor"])
        query = self.request.META.get("QUERY_STRING", "")
        return errors.Moved(found, f"{address}?{query}" if query else address)


class VersionList(ListView):
    """The versions of a record that may be read, oldest first."""

    model: type[Document]
    plural: str
    orderings = (Ordering("version", ("version",)), Ordering("-version", ("version",)))

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return number, date and address of each version."""
        reference = kwargs["reference"]
        versions = self.model.objects.readable().filter(reference=reference)
        page = self.page(versions, asked, "version", "label", "published_at", "from_seq", "to_seq")
        count = versions.count()
        if not count:
            raise gone_or_never(reference=reference)
        return self.envelope(count, (self._line(reference, *row) for row in page.rows), page.next_cursor)

    def _line(self, reference: str, version: int, label: str, published_at: Any, from_seq: int, to_seq: Any) -> str:
        links = {
            "self": routes.version(self.plural, reference, version),
            "log_entry": routes.detail("log", str(from_seq)),
        }
        return as_text(
            {
                "reference": reference,
                "version": version,
                "superseded": to_seq is not None,
                "label": label,
                "published_at": moment(published_at),
                "links": links,
            }
        )


class VersionDetail(DocumentView):
    """One version of a record at its permanent address, for ever the same but for whether it is superseded."""

    model: type[Document]

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the stored text behind one more key."""
        reference, version = kwargs["reference"], int(kwargs["version"])
        rows = self.model.objects.filter(reference=reference, version=version)
        row = rows.values_list("body", "to_seq", "retracted_seq").first()
        if row is None:
            raise NotFound(errors.NOT_FOUND)
        body, to_seq, retracted_seq = row
        if retracted_seq is not None:
            raise gone_or_never(sequence=retracted_seq)
        return f'{{"superseded":{as_text(to_seq is not None)},{body[1:]}'


def gone_or_never(**which: Any) -> errors.Gone | NotFound:
    """Return 410 with the last retraction that fits, or 404: drafts look like what never existed."""
    tombstone = Tombstone.objects.filter(Q(**which)).order_by("-sequence").first()
    return errors.retracted(tombstone) if tombstone else NotFound(errors.NOT_FOUND)
