"""Addresses of the desk's own pages, beside those that the admin makes."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib import admin
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_POST

from casetracker.desk.bulk.views import carry_out_view, plan_view
from casetracker.desk.captures.views import (
    capture_view,
    captures_view,
    copy_file_view,
    fetch_record_view,
    fetch_source_view,
    original_view,
    picture_view,
)
from casetracker.desk.casefile.views import download_view, file_view
from casetracker.desk.confidential.access import for_cleared
from casetracker.desk.confidential.citations import act_view as confidential_act_view
from casetracker.desk.confidential.citations import citation_view, record_view
from casetracker.desk.confidential.sources import (
    add_source_view,
    change_source_view,
    events_view,
    open_source_view,
    source_view,
    sources_view,
)
from casetracker.desk.copies.views import copies_view, mark_copy_view, sources_apart_view
from casetracker.desk.duplicates.views import apart_view, duplicates_view, merge_view
from casetracker.desk.entry.views import from_address_view, read_date_view
from casetracker.desk.exchange.export_views import (
    QUEUE_EXPORT_PAGE,
    list_export_view,
    list_file_view,
    queue_export_view,
    queue_file_view,
)
from casetracker.desk.exchange.template_files import template_view
from casetracker.desk.imports.views import act_view, import_file_view, import_view, imports_view
from casetracker.desk.notices import mail_view, notices_view, open_view, read_view
from casetracker.desk.releases.views import release_act_view, release_view, releases_view
from casetracker.desk.reviewing.views import review_view
from casetracker.desk.uploading import bounded_upload
from casetracker.desk.views import language_view, queue_view
from casetracker.review.admin.exporting import EXPORT_PAGE
from casetracker.review.admin.records import REVIEW_PAGE
from casetracker.review.admin.selecting import PLAN_PAGE
from casetracker.review.admin.widgets import READ_DATE
from casetracker.review.services.uploads import LARGEST as LARGEST_SHEET

site = admin.site


def _cleared(view: Callable[..., HttpResponseBase], *, post: bool = False) -> Callable[..., HttpResponseBase]:
    """Let cleared people alone to a view of confidential sources; the others are told before anything else."""
    page = partial(view, site=site)
    return site.admin_view(for_cleared(require_POST(page) if post else page))


_confidential = [
    path("confidential/", _cleared(sources_view), name="confidential_sources"),
    path("confidential/add/", _cleared(add_source_view), name="confidential_add"),
    path("confidential/events/", _cleared(events_view), name="confidential_events"),
    path("confidential/<uuid:source_id>/", _cleared(source_view), name="confidential_source"),
    path("confidential/<uuid:source_id>/open/", _cleared(open_source_view, post=True), name="confidential_open"),
    path("confidential/<uuid:source_id>/change/", _cleared(change_source_view, post=True), name="confidential_change"),
    path("confidential/citations/<uuid:citation_id>/", _cleared(citation_view), name="confidential_citation"),
    path(
        "confidential/citations/<uuid:citation_id>/<slug:name>/",
        _cleared(confidential_act_view, post=True),
        name="confidential_act",
    ),
    path("review/<uuid:record_id>/confidential/", _cleared(record_view), name="record_confidential"),
]

urlpatterns = [
    *_confidential,
    path("language/", require_POST(site.admin_view(partial(language_view, site=site))), name="language"),
    path("queue/<slug:name>/", site.admin_view(partial(queue_view, site=site)), name="queue"),
    path(
        "queue/<slug:name>/export/",
        site.admin_view(partial(queue_export_view, site=site)),
        name=QUEUE_EXPORT_PAGE,
    ),
    path(
        "queue/<slug:name>/export/file/",
        require_POST(site.admin_view(partial(queue_file_view, site=site))),
        name=f"{QUEUE_EXPORT_PAGE}_file",
    ),
    path("export/<slug:name>/", site.admin_view(partial(list_export_view, site=site)), name=EXPORT_PAGE),
    path(
        "export/<slug:name>/file/",
        require_POST(site.admin_view(partial(list_file_view, site=site))),
        name=f"{EXPORT_PAGE}_file",
    ),
    path("template/<slug:name>/<slug:file_format>/", site.admin_view(template_view), name="sheet_template"),
    path("notices/", site.admin_view(partial(notices_view, site=site)), name="notices"),
    path("notices/<int:notice_id>/open/", site.admin_view(open_view), name="notice_open"),
    path("notices/read/", site.admin_view(read_view), name="notices_read"),
    path("notices/mail/", site.admin_view(mail_view), name="notices_mail"),
    path("releases/", site.admin_view(partial(releases_view, site=site)), name="releases"),
    path("releases/<uuid:release_id>/", site.admin_view(partial(release_view, site=site)), name="release"),
    path(
        "releases/<uuid:release_id>/<slug:name>/",
        require_POST(site.admin_view(partial(release_act_view, site=site))),
        name="release_act",
    ),
    path("review/<uuid:record_id>/", site.admin_view(partial(review_view, site=site)), name=REVIEW_PAGE),
    path("review/<uuid:record_id>/file/", site.admin_view(partial(file_view, site=site)), name="record_file"),
    path("review/<uuid:record_id>/file/<int:export_id>/", site.admin_view(download_view), name="record_file_download"),
    path("duplicates/", site.admin_view(partial(duplicates_view, site=site)), name="duplicates"),
    path("duplicates/apart/", site.admin_view(apart_view), name="tell_apart"),
    path("duplicates/not-apart/", site.admin_view(partial(apart_view, undo=True)), name="forget_distinction"),
    path("copies/", site.admin_view(partial(copies_view, site=site)), name="copies"),
    path("copies/mark/", site.admin_view(mark_copy_view), name="mark_copy"),
    path("copies/apart/", site.admin_view(sources_apart_view), name="tell_sources_apart"),
    path(
        "copies/not-apart/",
        site.admin_view(partial(sources_apart_view, undo=True)),
        name="forget_source_distinction",
    ),
    path(
        "merge/<uuid:duplicate>/into/<uuid:target>/",
        site.admin_view(partial(merge_view, site=site)),
        name="merge",
    ),
    path(
        "imports/",
        site.admin_view(bounded_upload(partial(imports_view, site=site), largest=LARGEST_SHEET)),
        name="imports",
    ),
    path("imports/<uuid:import_id>/", site.admin_view(partial(import_view, site=site)), name="import"),
    path("imports/<uuid:import_id>/file/", site.admin_view(import_file_view), name="import_file"),
    path(
        "imports/<uuid:import_id>/<slug:name>/",
        require_POST(site.admin_view(partial(act_view, site=site))),
        name="import_act",
    ),
    path(
        "sources/<uuid:source_id>/captures/",
        site.admin_view(bounded_upload(partial(captures_view, site=site), largest=settings.CAPTURE_LARGEST)),
        name="captures",
    ),
    path("sources/<uuid:source_id>/captures/fetch/", site.admin_view(fetch_source_view), name="fetch_source"),
    path("review/<uuid:record_id>/fetch/", site.admin_view(fetch_record_view), name="fetch_record"),
    path("captures/<uuid:capture_id>/", site.admin_view(partial(capture_view, site=site)), name="capture"),
    path("captures/<uuid:capture_id>/original/", site.admin_view(original_view), name="capture_original"),
    path("captures/<uuid:capture_id>/copy/", site.admin_view(copy_file_view), name="capture_copy"),
    path("captures/<uuid:capture_id>/<slug:purpose>/", site.admin_view(picture_view), name="capture_picture"),
    path("read-date/", site.admin_view(read_date_view), name=READ_DATE),
    path(
        "sources/from-address/",
        site.admin_view(partial(from_address_view, site=site)),
        name="source_from_address",
    ),
    path("selection/<slug:name>/", site.admin_view(partial(plan_view, site=site)), name=PLAN_PAGE),
    path("selection/<slug:name>/carry-out/", site.admin_view(partial(carry_out_view, site=site)), name="carry_out"),
]
