"""All addresses: public pages under a language prefix, the API, the desk, and sign-in."""

from allauth.account import views as account
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from casetracker.accounts import pages
from casetracker.public.pages.views.site import front, robots
from casetracker.public.pages.views.sitemap import Index, Section

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

urlpatterns = [
    path("", front),
    path("robots.txt", robots),
    path("sitemap.xml", Index.as_view(), name="sitemap"),
    path("sitemaps/<slug:section>.xml", Section.as_view(), name="sitemap-section"),
    path("api/v1/", include("casetracker.public.api.urls")),
    path("accounts/", include(account_patterns)),
    path("desk/", admin.site.urls),
    *i18n_patterns(path("", include("casetracker.public.pages.urls"))),
]

handler400 = "casetracker.public.error_views.bad_request"
handler404 = "casetracker.public.error_views.not_found"
handler500 = "casetracker.public.error_views.server_error"
