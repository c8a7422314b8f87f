"""How much is read of what people send."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from casetracker.core.posted import BESIDE_A_FILE, LARGEST_FILE
from casetracker.middleware import STAFF_PATHS
from casetracker.public.error_views import too_large


class BodyLimitMiddleware:
    """Refuse a body that is larger than its view takes, before anything of it is read. On the public side none is.

    Without this a form with files is read to its end for its token alone, onto a disk, whatever its size and however
    slowly it comes, by whoever sent it. A view that takes more says so: see `casetracker.desk.uploading`. Of a body
    without a length Django reads nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on: the work is done where the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Look at the length that the request names."""
        text = request.headers.get("Content-Length", "")
        length = int(text) if text.isascii() and text.isdigit() else 0
        if not request.path_info.startswith(STAFF_PATHS):
            # Nothing can be changed there, so that no form is looked into for a token, and views answer 405.
            request.csrf_processing_done = True  # type: ignore[attr-defined] # what Django's own middleware sets
        limit = getattr(view, LARGEST_FILE, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return too_large(request, limit) if length > limit + BESIDE_A_FILE else None
