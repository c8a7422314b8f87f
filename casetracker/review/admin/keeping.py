"""What the pages of sources and of their copies read of what is kept."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casetracker.core.files import Purpose
from casetracker.sources.capture_choices import LinkState
from casetracker.sources.models import Capture, CaptureCopy, CaptureQuerySet, LinkHealth, Source


def captures_of(source: Source) -> CaptureQuerySet:
    """Return the copies of a source, the latest first, each with its thumbnail if it has one. Two queries."""
    thumbnails = CaptureCopy.objects.filter(purpose=Purpose.THUMBNAIL)
    found: CaptureQuerySet = Capture.objects.of_sources([source.pk]).without_texts().select_related("received_by")
    return found.prefetch_related(Prefetch("copies", thumbnails, to_attr="thumbnails"))


def link_of(source: Source) -> LinkHealth | None:
    """Return how the address fared, if it was looked at; not that of an address which the source has no more."""
    return LinkHealth.objects.filter(source=source, url=source.url).first()


class KeptFilter(admin.SimpleListFilter):
    """Sources with and without an archived copy."""

    title, parameter_name = _("archived copies"), "kept"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer both."""
        return [("yes", _("kept")), ("no", _("none"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep one half."""
        if self.value() not in ("yes", "no"):
            return queryset
        kept = Capture.objects.filter(source=OuterRef("pk"))
        return queryset.filter(Exists(kept) if self.value() == "yes" else ~Exists(kept))


class LinkFilter(admin.SimpleListFilter):
    """How the addresses of sources fared when the fetcher last looked."""

    title, parameter_name = _("address"), "link"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer all states."""
        return list(LinkState.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the sources whose address is in one state."""
        return queryset.filter(link__state=self.value(), link__url=F("url")) if self.value() else queryset
