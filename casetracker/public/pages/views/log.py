"""The page about the log, and how to check it."""

from typing import Any

from django.urls import reverse

from casetracker.public.pages.base import Page
from casetracker.publication.models import LogEntry
from casetracker.publication.reading import Head

ROWS = 20


class Log(Page):
    """The last entries with their fingerprints, and a program that checks all of them."""

    template_name = "public/log.html"
    plural = "log"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the last entries."""
        return {
            "last": head,
            "entries": LogEntry.objects.order_by("-sequence")[:ROWS],
            "program": reverse("api-verifier"),
            "api": self.request.build_absolute_uri(reverse("api")),
        }
