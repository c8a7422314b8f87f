"""Addresses as a preview needs them: those of the public pages, and some for what has no reference yet.

Nothing is served from here. Links to what is not public are taken out of the preview by their beginning.
"""

from django.conf.urls.i18n import i18n_patterns
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

NOT_PUBLIC = "not-public-yet"
_NAMED = ("station", "response", "agreement", "claim", "source")


def _nothing(_request: HttpRequest, reference: str) -> HttpResponse:
    raise Http404(reference)


urlpatterns = i18n_patterns(
    path("", include("casetracker.public.pages.urls")),
    *(path(f"{NOT_PUBLIC}/{name}/<str:reference>/", _nothing, name=name) for name in _NAMED),
)
