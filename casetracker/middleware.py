"""What happens to every request and answer: language, compression, the connection to read from, and some headers."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property

from casetracker.core.desk_languages import language_for, preferred_by
from casetracker.core.published import read_published

API_PATH = "/api/"
STAFF_PATHS = ("/desk/", "/accounts/", "/health/", "/metrics")
ARCHIVES = frozenset({"application/zip"})  # compressed already
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def is_for_staff(path: str) -> bool:
    """Tell whether an address is the desk's. The public side has none: there such a path is like any other."""
    return settings.SIDE == "desk" or (settings.SIDE == "all" and path.startswith(STAFF_PATHS))


class PolicyMiddleware(CSPMiddleware):
    """The content security policy, in one order.

    django-csp takes its parts from a set: each process would write another header, and equal answers would differ.
    """

    @cached_property
    def site_policy(self) -> str:
        """The policy of the settings, which all answers of the API have: writing it takes a tenth of such an answer."""
        return _in_order(build_policy())

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the header, sorted."""
        if request.path_info.startswith(API_PATH):
            response.headers.setdefault(HEADER, self.site_policy)
            return response
        response = super().process_response(request, response)
        if HEADER in response.headers:
            response.headers[HEADER] = _in_order(response.headers[HEADER])
        return response


def _in_order(policy: str) -> str:
    return "; ".join(sorted(policy.split("; ")))


class LanguageMiddleware(LocaleMiddleware):
    """Choose the language: of the desk by person, of public pages by address; the API has one for all.

    Its answers would otherwise differ by a header that their entity tag does not know. Where an address names
    no language, the browser's preference counts. Unlike Django's own this reads no cookie.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language; an earlier request may have left another one behind."""
        if request.path_info.startswith(API_PATH):
            _activate(request, settings.LANGUAGE_CODE)
        elif is_for_staff(request.path_info):
            _activate(request, language_for(request))
        else:
            _activate(request, translation.get_language_from_path(request.path_info) or preferred_by(request))

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Name the language in the headers; lead an address that lacks it to the page."""
        if request.path_info.startswith(API_PATH):
            response.headers.setdefault("Content-Language", settings.LANGUAGE_CODE)
            return response
        answer = super().process_response(request, response)
        if answer is not response:
            answer.headers["Vary"] = "Accept-Language"  # And no cookie, as Django says of the redirect that it made.
        return answer


def _activate(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language


class PublishedDatabaseMiddleware:
    """Let public requests read from the connection that is the public side's, where that is one of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say who asks, for as long as this thread works on it."""
        read_published(by_public=not is_for_staff(request.path_info))
        return self.get_response(request)


class CompressionMiddleware(GZipMiddleware):
    """Compress what is public.

    A compressed page can tell a secret by its length, if the same page also holds what a stranger chose (BREACH).
    Public pages hold no secret: they are the same for everyone, and know no session and no token. Staff pages do,
    and stay as they are.
    """

    max_random_bytes = 0  # They would hide lengths that are nobody's secret, and make equal answers differ.

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress an answer for whom it is shorter; say to caches that it depends on that."""
        if is_for_staff(request.path_info) or response.headers.get("Content-Type") in ARCHIVES:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        return super().process_response(request, response)


class ResponseHeadersMiddleware:
    """Set the headers that Django has no setting for.

    A public page gives no referrer to anyone, because its readers may be watched. A staff page is
    never stored by browsers or proxies and never indexed. The demonstration is never indexed at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers. What the view has set stays, but for what says that staff pages may be stored."""
        response = self.get_response(request)
        staff = is_for_staff(request.path_info)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if staff:
            response.headers["Cache-Control"] = "no-store"
            response.headers.pop("Expires", None)
        else:
            response.headers.setdefault("Referrer-Policy", settings.PUBLIC_REFERRER_POLICY)
            # Errors and redirects too: what is not there may be tomorrow, and caches would guess how long they hold.
            response.headers.setdefault("Cache-Control", "no-cache")
        if staff or settings.DEMO:
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response
