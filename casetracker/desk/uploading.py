"""Taking a file in: never more of it than may come, and never on a disk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from casetracker.core.posted import LARGEST_FILE

View = Callable[..., HttpResponse]


class MemoryAlone(MemoryFileUploadHandler):
    """Keeps a file in memory, whatever its size: it may name people, and leaves no trace on a disk."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Take everything: the length was looked at before."""
        self.activated = True


def bounded_upload(view: View, *, largest: int) -> View:
    """Take a file of up to `largest` bytes into memory, and check the CSRF token only then.

    A larger one is refused by `BodyLimitMiddleware`, before anything of it is read.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [MemoryAlone(request)]
        response: HttpResponse = protected(request, *args, **kwargs)
        return response

    setattr(bounded, LARGEST_FILE, largest)
    return bounded


def too_large(largest: int) -> str:
    """Return what is said to somebody whose file is larger than so many bytes."""
    return _("The file is larger than %(limit)d MB. Split it into several files.") % {"limit": largest >> 20}
