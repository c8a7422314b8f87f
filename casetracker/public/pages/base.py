"""What all public pages share."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.generic import View

from casetracker.public import caching
from casetracker.public.pages.withdrawn import Withdrawn
from casetracker.publication.reading import Head, current_head


class MovedTo(Exception):
    """The reader is sent to another page, for good."""

    def __init__(self, address: str) -> None:
        """Take the address of the page."""
        super().__init__(address)
        self.address = address


# There is nothing to forge: a page takes GET and HEAD only, and refuses the rest with 405 instead of 403.
@method_decorator([csrf_exempt, login_not_required, require_safe], name="dispatch")
class Page(View):
    """A page for anyone, read only: a function of address, language and head. It never asks who reads."""

    template_name: str
    # The part of the site that it belongs to; in lists and records the name in the API's addresses too.
    plural = ""
    form = "html"  # What the answer is, for caches.

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Return the page, or 304 after one query to those who have it."""
        head = current_head()
        representation = self.representation()
        unchanged = caching.not_modified(request, head, representation)
        if unchanged is not None:
            return unchanged
        try:
            context = self.context(head, **kwargs)
        except MovedTo as moved:
            return self._moved(moved.address)
        except Withdrawn as withdrawn:
            return self._error("410.html", HTTPStatus.GONE, {"withdrawn": withdrawn})
        except Http404:
            return self._error("404.html", HTTPStatus.NOT_FOUND, {})
        context = {"last_change": head.published_at, "section": self.plural, **context}
        if context.get("refused"):
            return self._error(self.template_name, HTTPStatus.BAD_REQUEST, context)
        return caching.stamp(self.rendered(request, context), head, representation)

    def representation(self) -> str:
        """Return what, beside head and address, the answer depends on."""
        return f"{self.form}-{get_language()}"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows; `refused` makes it the answer to a bad query.

        Raises `Http404`, `Withdrawn` or `MovedTo`.
        """
        return {}

    def rendered(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Return the answer itself."""
        return render(request, self.template_name, context)

    def _moved(self, address: str) -> HttpResponse:
        response = HttpResponsePermanentRedirect(address)
        # Browsers would keep it without asking ever again.
        response.headers["Cache-Control"] = caching.CACHE_CONTROL
        return response

    def _error(self, template_name: str, status: HTTPStatus, context: dict[str, Any]) -> HttpResponse:
        response = render(self.request, template_name, context, status=status)
        response.headers["Cache-Control"] = caching.CACHE_CONTROL
        return response
