"""Pages of single records and of their versions."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from casetracker.public import routes
from casetracker.public.models import Document
from casetracker.public.pages import linked_data
from casetracker.public.pages.base import MovedTo, Page
from casetracker.public.pages.changes import versions_of
from casetracker.public.pages.evidence import evidence_of
from casetracker.public.pages.withdrawn import Withdrawn, missing
from casetracker.publication.reading import Head


def version_called(model: type[Document], reference: str, number: int) -> Document:
    """Return one version of a record. Raises `Withdrawn`, or `Http404` if there never was one."""
    document = model.objects.filter(reference=reference, version=number).first()
    if document is None:
        raise Http404
    if document.retracted_seq is not None:
        raise missing(sequence=document.retracted_seq)
    return document


class RecordPage(Page):
    """A record as published last, with what else is known around it."""

    model: type[Document]

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the record with its evidence and versions, and what surrounds it."""
        document = self.model.objects.live().filter(reference=kwargs["reference"]).first()
        if document is None:
            raise self.missing(kwargs["reference"])
        shown = self.shown(document, routes.detail(self.plural, document.reference))
        return {**shown, **self.surroundings(head, document), "linked_data": self.linked_data(document)}

    def missing(self, reference: str) -> Exception:
        """Return where the record went, why it is gone, or 404."""
        found = missing(reference=reference)
        if isinstance(found, Withdrawn) and found.successor:
            return MovedTo(routes.page(self.plural, found.successor, get_language() or settings.LANGUAGE_CODE))
        return found

    def shown(self, document: Document, api_link: str) -> dict[str, Any]:
        """Return what comes from the record itself."""
        return {
            "document": document,
            "record": document.content,
            "url_name": self.plural.removesuffix("s"),
            "evidence": evidence_of(document.content),
            "versions": versions_of(self.model, document.reference),
            "api_link": api_link,
        }

    def linked_data(self, document: Document) -> linked_data.Data:
        """Return the record for programs."""
        kind, where = self.plural.removesuffix("s"), {"reference": document.reference}
        version = reverse(f"{kind}-version", kwargs={**where, "version": document.version})
        page = reverse(kind, kwargs=where)
        return linked_data.about_record(document, self.request.build_absolute_uri, page, version)

    def surroundings(self, head: Head, document: Document) -> dict[str, Any]:
        """Return what other records say about it."""
        return {}


class VersionPage(RecordPage):
    """One version at its permanent address: the record alone, for what surrounds it changes."""

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the version."""
        document = version_called(self.model, kwargs["reference"], int(kwargs["version"]))
        shown = self.shown(document, routes.version(self.plural, document.reference, document.version))
        return {**shown, "permanent": True, "linked_data": self.linked_data(document)}
