"""Addresses of the desk: its pages, and sign-in. Those of the public side are known here, and lead away."""

from collections.abc import Iterable, Iterator

from allauth.account import views as account
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from casetracker.accounts import pages
from casetracker.desk.elsewhere import elsewhere
from casetracker.urls import public
from casetracker.urls.public import handler400, handler404, handler500

__all__ = ["desk_patterns", "handler400", "handler404", "handler500", "urlpatterns"]

# Only what a closed circle of colleagues needs: no sign-up, no e-mail management.
account_patterns = [
    path("", pages.overview_view, name="account_overview"),
    path("sessions/<int:session_id>/end/", pages.end_session_view, name="account_end_session"),
    path("sessions/end-others/", pages.end_others_view, name="account_end_others"),
    path("factors/", include("casetracker.accounts.factors.urls")),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

desk_patterns = [
    path("accounts/", include(account_patterns)),
    path("desk/", admin.site.urls),
    path("", include("casetracker.operations.monitoring.urls")),
]


def _elsewhere(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    """Yield public addresses as error pages and previews link to them. None leads to a view of the public side."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield URLResolver(pattern.pattern, list(_elsewhere(pattern.url_patterns)))
        else:
            yield URLPattern(pattern.pattern, elsewhere, pattern.default_args, pattern.name)


urlpatterns = [
    *desk_patterns,
    path("", RedirectView.as_view(pattern_name="admin:index")),
    *_elsewhere(public.urlpatterns),
]
