"""Addresses of the public side: pages under a language prefix, and the API."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from casetracker.public.pages.views.site import front, robots
from casetracker.public.pages.views.sitemap import Index, Section

urlpatterns = [
    path("", front),
    path("robots.txt", robots),
    path("sitemap.xml", Index.as_view(), name="sitemap"),
    path("sitemaps/<slug:section>.xml", Section.as_view(), name="sitemap-section"),
    path("api/v1/", include("casetracker.public.api.urls")),
    *i18n_patterns(path("", include("casetracker.public.pages.urls"))),
]

handler400 = "casetracker.public.error_views.bad_request"
handler404 = "casetracker.public.error_views.not_found"
handler500 = "casetracker.public.error_views.server_error"
