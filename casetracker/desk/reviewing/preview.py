"""A record as the public would see it if it were published now, made by the code of the public page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import get_urlconf, set_urlconf
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from casetracker.core.languages import in_data_language
from casetracker.desk.reviewing import preview_urls
from casetracker.public import routes
from casetracker.public.models import RECORD_DOCUMENTS, Document
from casetracker.public.pages.views.agreements import AgreementPage
from casetracker.public.pages.views.claims import ClaimPage
from casetracker.public.pages.views.records import RecordPage
from casetracker.public.pages.views.responses import ResponsePage
from casetracker.public.pages.views.stations import StationPage
from casetracker.public.projection.publishing import PROJECTIONS
from casetracker.public.rendering.values import as_text
from casetracker.publication.reading import current_head
from casetracker.review.kinds import Content, kind_named
from casetracker.review.models import Record
from casetracker.review.references import preview_snapshot

PAGES: dict[str, type[RecordPage]] = {
    "station": StationPage,
    "claim": ClaimPage,
    "response": ResponsePage,
    "agreement": AgreementPage,
}
# Texts are escaped, so that no other “>” stands in a tag.
_LINK_TO_NOTHING = re.compile(
    rf'<a\b[^>]*\bhref="(?:/[^"/]*/{preview_urls.NOT_PUBLIC}/|{routes.API}/[a-z]+/new/)[^>]*>(.*?)</a>', re.DOTALL
)


def preview_of(record: Record, content: Content, request: HttpRequest) -> SafeString:
    """Return what the public page would show, in HTML; nothing of a record that was erased and not written anew."""
    if not _says_something(record, content):
        return mark_safe("")
    document = _document(record, content)
    page = PAGES[record.kind]()
    # The public site has one language, whatever language the reviewer reads.
    with in_data_language(), _addresses_of_previews():
        shown = page.shown(document, routes.detail(page.plural, document.reference))
        context = {**shown, **page.surroundings(current_head(), document), "layout": "desk/review/as_public.html"}
        html = render_to_string(page.template_name, context, request)
    # The words were escaped when the page was made; only tags are taken out here.
    return mark_safe(_LINK_TO_NOTHING.sub(r"\1", html))  # noqa: S308


def _says_something(record: Record, content: Content) -> bool:
    """Tell whether all fields are filled that every record has: only an erasure empties them."""
    kind = kind_named(record.kind)
    fields = ((name, kind.model._meta.get_field(name)) for name in kind.fields)
    return all(content["fields"][name] not in ("", None) for name, field in fields if not getattr(field, "blank", True))


def _document(record: Record, content: Content) -> Document:
    """Return the row that publishing would make, unsaved."""
    snapshot, _linked = preview_snapshot(record, content)
    model, now = RECORD_DOCUMENTS[record.kind], timezone.now()
    live = model.objects.live().filter(reference=record.reference).first() if record.reference else None
    first = live.first_published_at if live else now
    return model(
        reference=snapshot["reference"],
        version=snapshot["version"],
        label=snapshot["label"],
        published_at=now,
        first_published_at=first,
        body=as_text(PROJECTIONS[record.kind].render(snapshot, now, first)),
    )


@contextmanager
def _addresses_of_previews() -> Iterator[None]:
    before = get_urlconf()
    set_urlconf(preview_urls.__name__)
    try:
        yield
    finally:
        set_urlconf(before)
