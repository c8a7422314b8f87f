"""Who gets to the pages of confidential sources. For everybody else they are not there."""

from collections.abc import Callable
from functools import wraps
from types import FrameType
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.debug import SafeExceptionReporterFilter

from casetracker.accounts.people import person_of
from casetracker.review.policies import may_read_confidential

View = Callable[..., HttpResponseBase]


class SaysNothing(SafeExceptionReporterFilter):
    """Keeps all that was posted, and every variable, out of a report of an error, whatever the settings are."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Hide it while debugging too."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Report nothing of what was posted."""
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: FrameType) -> list[tuple[str, Any]]:  # type: ignore[override]
        """Report no variable: what is opened is in those of Django and of the templates as well as in ours."""
        return []


def for_cleared(view: View) -> View:
    """Let cleared people alone to a view; say to all others that nothing is there, whatever they ask for.

    Nothing that is posted or shown gets into a report of an error.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read_confidential(person_of(request)):
            raise Http404
        request.exception_reporter_filter = SaysNothing()  # Django looks for it here.
        return view(request, *args, **kwargs)

    return guarded
