"""The entrance to the API, its description, and every other address under it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from casetracker.public import routes
from casetracker.public.api import errors, parameters
from casetracker.public.api.base import DocumentView, PublicView
from casetracker.public.api.documentation import index
from casetracker.public.rendering.values import as_text, moment
from casetracker.publication.reading import Head

LISTS = (
    "stations",
    "responses",
    "agreements",
    "claims",
    "governments",
    "statistics",
    "status_history",
    "sources",
    "log",
    "changes",
    "search",
    "packages",
)


@index()
class Index(DocumentView):
    """What there is to read, and the last entry of the log: all answers are a function of it."""

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the addresses and the head."""
        return as_text(
            {
                "links": {name: routes.listing(name) for name in (*LISTS, "schema", "docs")},
                "head": {
                    "sequence": head.sequence,
                    "entry_hash": head.entry_hash or None,
                    "published_at": moment(head.published_at) if head.published_at else None,
                },
            }
        )


class Schema(PublicView, SpectacularAPIView):
    """The OpenAPI description of the API, as YAML or JSON by Accept."""

    schema = None
    renderer_classes = SpectacularAPIView.renderer_classes

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the description."""
        parameters.refuse_all(request.GET)
        response = super().get(request, *args, **kwargs)
        del response.headers["Cross-Origin-Opener-Policy"]  # A looser one than ours, for sign-ins that we do not have.
        return response


class Docs(PublicView, SpectacularSwaggerView):
    """The description for people: Swagger UI, all of it from this host, no script or style in the page."""

    schema = None
    renderer_classes = SpectacularSwaggerView.renderer_classes
    template_name = "public/api/docs.html"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the page."""
        parameters.refuse_all(request.GET)
        response = super().get(request, *args, **kwargs)
        del response.headers["Cross-Origin-Opener-Policy"]  # A looser one than ours, for sign-ins that we do not have.
        return response


class Unknown(PublicView):
    """Any other address under the API: 404 as JSON, in whatever form the answer was asked for."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse nothing before it is said that nothing is here."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the address with a slash at its end, if there is one."""
        if not request.path_info.endswith("/"):
            known = resolve(f"{request.path_info}/").func
            if getattr(known, "view_class", None) is not Unknown:
                return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        raise NotFound(errors.NOT_FOUND)

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer every method alike."""
        raise NotFound(errors.NOT_FOUND)
