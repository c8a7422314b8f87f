"""Addresses of the desk's own pages, beside those that the admin makes."""

from functools import partial

from django.contrib import admin
from django.urls import path

from casetracker.desk.casefile.views import download_view, file_view
from casetracker.desk.reviewing.views import review_view
from casetracker.desk.views import queue_view
from casetracker.review.admin.records import REVIEW_PAGE

site = admin.site

urlpatterns = [
    path("queue/<slug:name>/", site.admin_view(partial(queue_view, site=site)), name="queue"),
    path("review/<uuid:record_id>/", site.admin_view(partial(review_view, site=site)), name=REVIEW_PAGE),
    path("review/<uuid:record_id>/file/", site.admin_view(partial(file_view, site=site)), name="record_file"),
    path("review/<uuid:record_id>/file/<int:export_id>/", site.admin_view(download_view), name="record_file_download"),
]
