"""Addresses of the desk's own pages, beside those that the admin makes."""

from functools import partial

from django.contrib import admin
from django.urls import path

from casetracker.desk.reviewing.views import review_view
from casetracker.desk.views import queue_view
from casetracker.review.admin.records import REVIEW_PAGE

site = admin.site

urlpatterns = [
    path("queue/<slug:name>/", site.admin_view(partial(queue_view, site=site)), name="queue"),
    path("review/<uuid:record_id>/", site.admin_view(partial(review_view, site=site)), name=REVIEW_PAGE),
]
