"""Files with which reference managers cite a version of a record, or a source."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from casetracker.core.bibliography.formats import BIBTEX, CSL, RIS
from casetracker.core.bibliography.reference import Reference
from casetracker.core.bibliography.writing import write_references
from casetracker.public.models import (
    AgreementDocument,
    ClaimDocument,
    Document,
    ResponseDocument,
    SourceDocument,
    StationDocument,
)
from casetracker.public.pages.base import Page
from casetracker.public.pages.citing import ENDINGS, reference_to_source, reference_to_version
from casetracker.public.pages.views.records import version_called
from casetracker.public.pages.withdrawn import missing_source
from casetracker.publication.reading import Head

CONTENT_TYPES = {
    BIBTEX: "application/x-bibtex; charset=utf-8",
    RIS: "application/x-research-info-systems; charset=utf-8",
    CSL: "application/vnd.citationstyles.csl+json",
}


class CitationFile(Page):
    """A reference as a file. What is gone or never was is told as on a page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Return the file, or 304 to those who have it."""
        self.form = f"cite-{kwargs['ending']}"
        return super().get(request, **kwargs)

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the reference and the ending of the file."""
        return {"reference": self.reference(**kwargs), "ending": kwargs["ending"]}

    def reference(self, **kwargs: Any) -> Reference:
        """Return what is cited. Raises `Http404` or `Withdrawn`."""
        raise NotImplementedError

    def rendered(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Write the reference."""
        reference, file_format = context["reference"], ENDINGS[context["ending"]]
        response = HttpResponse(write_references([reference], file_format), content_type=CONTENT_TYPES[file_format])
        response.headers["Content-Disposition"] = f'attachment; filename="{reference.id}.{context["ending"]}"'
        return response


class VersionCitation(CitationFile):
    """One version of a record. Superseded ones can be cited: they keep their address."""

    model: type[Document]
    kind: str

    def reference(self, **kwargs: Any) -> Reference:
        """Return the version."""
        document = version_called(self.model, kwargs["reference"], int(kwargs["version"]))
        return reference_to_version(self.kind, document, self.request)


class StationCitation(VersionCitation):
    """A version of a station."""

    model, kind, plural = StationDocument, "station", "stations"


class ResponseCitation(VersionCitation):
    """A version of a response."""

    model, kind, plural = ResponseDocument, "response", "responses"


class AgreementCitation(VersionCitation):
    """A version of an agreement."""

    model, kind, plural = AgreementDocument, "agreement", "agreements"


class ClaimCitation(VersionCitation):
    """A version of a claim."""

    model, kind, plural = ClaimDocument, "claim", "claims"


class SourceCitation(CitationFile):
    """A source, as its page has it."""

    plural = "sources"

    def reference(self, **kwargs: Any) -> Reference:
        """Return the source."""
        document = SourceDocument.objects.live().filter(reference=kwargs["reference"]).first()
        if document is None:
            raise missing_source(kwargs["reference"])
        return reference_to_source(document.content)
