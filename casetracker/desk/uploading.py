"""Taking a file in: never more of it than may come, and never on a disk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

_BESIDE_THE_FILE = 64 * 1024  # bytes: the other fields of the form, and what stands between them

View = Callable[..., HttpResponse]


class MemoryAlone(MemoryFileUploadHandler):
    """Keeps a file in memory, whatever its size: it may name people, and leaves no trace on a disk."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Take everything: `bounded_upload` has looked at the length."""
        self.activated = True


def bounded_upload(view: View, *, largest: int) -> View:
    """Refuse a file of more than `largest` bytes before anything of it is read, and check the CSRF token only then."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _length_of(request) > largest + _BESIDE_THE_FILE:
            messages.error(request, too_large(largest))
            return HttpResponseRedirect(request.path)
        request.upload_handlers = [MemoryAlone(request)]
        response: HttpResponse = protected(request, *args, **kwargs)
        return response

    return bounded


def too_large(largest: int) -> str:
    """Return what is said to somebody whose file is larger than so many bytes."""
    return _("The file is larger than %(limit)d MB. Split it into several files.") % {"limit": largest >> 20}


def _length_of(request: HttpRequest) -> int:
    """Return how long a body is. Django reads nothing of one without a length."""
    text = request.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() else 0
