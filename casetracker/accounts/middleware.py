"""Who must sign in, and what a session may do: nothing once it is too old, nothing before a second factor is there."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from casetracker.accounts import fresh
from casetracker.accounts.people import person_of

_SEEN_EVERY = dt.timedelta(minutes=1)
# One leaves at any time, in any state.
_ALWAYS = frozenset({"account_logout"})
# All that somebody without a second factor can do where one is required: set one up.
SETTING_UP = frozenset({"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "language"})


class SignInMiddleware(LoginRequiredMiddleware):
    """Ask for a sign-in at every view that is not marked with login_not_required.

    Django's own looks at the user first and at the mark second. That reads the session for public
    pages too, so that they would vary by cookie and no cache could share them.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Leave public views alone, and the user unread."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class SessionGuardMiddleware:
    """Stand before every view that needs a sign-in. Public views are not looked at, and read no session.

    Three things end or stop a session: somebody ended it, or it is older than `SESSION_LONGEST` (then one signs in
    anew); nobody used it for `SESSION_IDLE` (then one confirms who one is, and nothing that was typed is lost).
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
        """Return an answer in place of the view's, if the session may not have that."""
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not getattr(view, "login_required", True) or name in _ALWAYS or not request.user.is_authenticated:
            return None
        now = timezone.now()
        session = UserSession.objects.filter(session_key=request.session.session_key, user=request.user).first()
        if session is None or now - session.created_at > settings.SESSION_LONGEST:
            return _signed_out(request)
        is_read = _may_be_read(request, view)
        if request.method == "POST" and is_read and fresh.ANSWER in request.POST:
            response = _answer(request)
            if response.status_code != _REFUSED:
                _seen(session, now)
            return response
        if now - session.last_seen_at > settings.SESSION_IDLE:
            return fresh.ask(request, {"idle": True}, is_read=is_read)
        if now - session.last_seen_at > _SEEN_EVERY:
            _seen(session, now)
        return _second_factor_first(request, name or "")


_REFUSED = 403
_FORM = "application/x-www-form-urlencoded"
# Also at addresses whose view looks for forgeries itself.
_answer = csrf_protect(fresh.answer)


def _may_be_read(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Tell whether the form that was posted may be read before its view does: not where that bounds an upload first."""
    return not getattr(view, "csrf_exempt", False) or request.content_type == _FORM


def _seen(session: UserSession, now: dt.datetime) -> None:
    UserSession.objects.filter(pk=session.pk).update(last_seen_at=now)


def _signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.warning(request, _("You were signed out. Sign in to go on."))
    # What was posted cannot come back to a stranger; the page on which it was typed can.
    return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("admin:index"))


def _second_factor_first(request: HttpRequest, name: str) -> HttpResponse | None:
    """Send those who must have a second factor, and did not sign in with one, to where they get or show it."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return None
    if any(record["method"] == "mfa" for record in get_authentication_records(request, person_of(request))):
        return None
    if Authenticator.objects.filter(user=request.user).exists():
        return fresh.ask(request, {"factor": True})
    if name in SETTING_UP:
        return None
    return HttpResponseRedirect(f"{reverse('mfa_index')}?{REDIRECT_FIELD_NAME}={request.path}")
