"""Pages about the record itself, the way to the first one, and what robots are told."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from casetracker.places.countries import name_of
from casetracker.public import labels
from casetracker.public.caching import CACHE_CONTROL
from casetracker.public.counting import once_per_head
from casetracker.public.models import RECORD_DOCUMENTS
from casetracker.public.pages import words
from casetracker.public.pages.base import Page
from casetracker.public.pages.examples import EXAMPLES
from casetracker.public.pages.steps import steps
from casetracker.publication.models import LogAction, LogEntry
from casetracker.publication.reading import Head


class Method(Page):
    """How the record is made: its tables come from the lists that the code uses."""

    template_name = "public/method.html"
    plural = "method"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the closed lists and what each of their words means."""
        return {
            "accused": name_of(settings.ACCUSED_STATE),
            "steps": steps(),
            "numbers": once_per_head(head, "method", _numbers),
            "levels": _explained(labels.VERIFICATION_LEVELS, words.LEVEL_NOTES),
            "standings": _explained(labels.STANDINGS, words.STANDING_NOTES),
            "statements": _explained(labels.EPISTEMIC_STATUSES, words.EPISTEMIC_NOTES),
            "precisions": _explained(labels.PLACE_PRECISIONS, words.PRECISION_NOTES),
            "statuses": [(*key, label, words.STATUS_LIMITS[key]) for key, label in labels.STATUSES.items()],
            "no_statuses": _explained(labels.NO_STATUS, words.NO_STATUS_LIMITS),
            "examples": EXAMPLES,
            "reasons": list(labels.RETRACTION_REASONS.values()),
        }


def _numbers() -> dict[str, Any]:
    """Return how many live records of each kind have each level, and how often something was put right."""
    kinds = list(RECORD_DOCUMENTS)
    counts = {
        kind: dict(model.objects.live().order_by().values_list("verification").annotate(Count("pk")))
        for kind, model in RECORD_DOCUMENTS.items()
    }
    disputed = [model.objects.live().filter(disputed=True).count() for model in RECORD_DOCUMENTS.values()]
    acts = dict(LogEntry.objects.order_by().values_list("action").annotate(Count("pk")))
    return {
        "levels": [
            (code, label, [counts[kind].get(code, 0) for kind in kinds])
            for code, label in labels.VERIFICATION_LEVELS.items()
        ],
        "disputed": disputed,
        "acts": [(words.ACTION_WORDS[action], acts[action]) for action in LogAction.values if action in acts],
    }


def _explained(codes: labels.Labels, notes: dict[str, Any]) -> list[tuple[str, str, Any]]:
    return [(code, label, notes[code]) for code, label in codes.items() if code in notes]


@csrf_exempt
@login_not_required
@require_safe
def front(_request: HttpRequest) -> HttpResponse:
    """Lead to the first page in the language that the browser prefers, which the middleware has chosen."""
    return HttpResponseRedirect(reverse("home"), headers={"Cache-Control": CACHE_CONTROL})


@csrf_exempt
@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots whether they are welcome, and where all pages are listed. The demonstration is not for them."""
    rule = "Disallow: /" if settings.DEMO else "Disallow:"
    pages = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(f"User-agent: *\n{rule}\n\nSitemap: {pages}\n", content_type="text/plain")
