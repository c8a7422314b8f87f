"""Lists, details and versions of published documents, for every kind alike."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db import router
from django.db.models import Q, QuerySet
from rest_framework.exceptions import NotFound

from casetracker.core.prepared import Prepared
from casetracker.core.utf8 import Utf8
from casetracker.public import routes
from casetracker.public.api import errors, parameters
from casetracker.public.api.base import DocumentView, ListView
from casetracker.public.api.downloads import bodies_of, picked
from casetracker.public.api.serializers.records import Version
from casetracker.public.counting import count_of
from casetracker.public.filters import PublicFilterSet
from casetracker.public.keyset import Ordering, as_page, rows_of_page
from casetracker.public.models import Document, Tombstone
from casetracker.public.rendering.values import as_text, moment
from casetracker.public.view import View
from casetracker.publication.reading import Head

BY_NUMBER = Ordering("number", ("number",))
BY_NUMBER_DOWN = Ordering("-number", ("number",))
# By the entry of the log that published the version.
BY_PUBLICATION = (Ordering("published", ("from_seq",)), Ordering("-published", ("from_seq",)))


class DocumentList(ListView):
    """The documents of a kind that a view shows, as they were rendered at publication."""

    model: type[Document]
    filters: type[PublicFilterSet]

    def text(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> bytes:
        """Return a page of the list, with the count of all pages."""
        view = parameters.view_of(head, asked.looking)
        using = router.db_for_read(self.model)
        query = _page_query(type(self), view, asked, using)  # type: ignore[arg-type] # classes are hashable
        page = as_page(query.fetch(), asked.ordering, asked.limit)
        count = count_of(head, self.model, asked.filters, view, lambda: self.rows(view, asked).count())
        return self.envelope(count, (body for (body,) in page.rows), page.next_cursor, asked)

    def everything(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> Iterator[str]:
        """Return the stored texts of the whole list."""
        return bodies_of(self.rows(parameters.view_of(head, asked.looking), asked), asked.ordering)

    @classmethod
    def rows(cls, view: View, asked: parameters.ListQuery) -> QuerySet:
        """Return what a view shows of what is asked for."""
        return cls.filters.narrow(cls.model.objects.seen(view), asked.filters)


@lru_cache(maxsize=1024)
def _page_query(listing: type[DocumentList], view: View, asked: parameters.ListQuery, using: str) -> Prepared:
    rows, columns = listing.rows(view, asked), (Utf8("body"),)
    return Prepared(rows_of_page(rows, asked.ordering, columns, limit=asked.limit, cursor=asked.cursor), using)


class RecordList(DocumentList):
    """The records of a kind that a view shows."""

    takes_view = True


class DocumentDetail(DocumentView):
    """The live version of a document, or some of its fields."""

    model: type[Document]

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the text with the fields that are asked for."""
        whole, fields = self.whole(head, asked, **kwargs), asked[parameters.FIELDS]
        return picked(whole, fields) if fields else whole

    def whole(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the stored text."""
        view = parameters.view_of(head, asked)
        query = _detail_query(self.model, view.known_at, router.db_for_read(self.model))
        rows = query.fetch(kwargs["reference"])
        if not rows:
            raise self.missing(kwargs["reference"])
        return rows[0][0]

    def missing(self, reference: str) -> Exception:
        """Return the answer when nothing is live."""
        return gone_or_never(reference=reference)


@lru_cache(maxsize=1024)
def _detail_query(model: type[Document], known_at: int | None, using: str) -> Prepared:
    rows = model.objects.known(known_at).filter(reference="of each question")
    return Prepared(rows.values_list("body"), using)


class RecordDetail(DocumentDetail):
    """The version of a record that is live, or that was at some time."""

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
    kind: str  # The name of the list of such records in addresses.
    row = Version
    plural = "versions"
    orderings = (Ordering("version", ("version",)), Ordering("-version", ("version",)))
    columns = ("version", "label", "published_at", "from_seq", "to_seq")

    def text(self, head: Head, asked: Any, **kwargs: Any) -> bytes:
        """Return number, date and address of each version."""
        reference = kwargs["reference"]
        versions = self._versions(reference)
        page = self.page(versions, asked, *self.columns)
        count = versions.count()
        if not count:
            raise gone_or_never(reference=reference)
        return self.envelope(count, (self._line(reference, *row) for row in page.rows), page.next_cursor, asked)

    def everything(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> Iterator[str]:
        """Return the lines of all versions: there are never many."""
        reference = kwargs["reference"]
        rows = list(self._versions(reference).order_by(*asked.ordering.order_by).values_list(*self.columns))
        if not rows:
            raise gone_or_never(reference=reference)
        return (self._line(reference, *row) for row in rows)

    def _versions(self, reference: str) -> QuerySet:
        return self.model.objects.readable().filter(reference=reference)

    def _line(self, reference: str, version: int, label: str, published_at: Any, from_seq: int, to_seq: Any) -> str:
        links = {
            "self": routes.version(self.kind, reference, version),
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
