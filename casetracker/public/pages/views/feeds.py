"""Atom feeds: what was published and corrected, about one country, and how the status of governments changed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext

from casetracker.core.text import with_invisible_shown
from casetracker.places.countries import is_government, name_of
from casetracker.public import routes
from casetracker.public.counting import once_per_head
from casetracker.public.governments import summaries
from casetracker.public.labels import ERASURE_GROUNDS, RETRACTION_REASONS
from casetracker.public.models import (
    AgreementDocument,
    ClaimDocument,
    Document,
    ResponseDocument,
    StationDocument,
)
from casetracker.public.pages.base import Page
from casetracker.public.pages.changes import CORRECTIONS, NEWS, Change, changes_of, latest
from casetracker.public.pages.names import record_name
from casetracker.public.pages.words import ACTION_WORDS
from casetracker.public.status import histories
from casetracker.public.wording import day_words
from casetracker.publication.models import LogEntry
from casetracker.publication.reading import Head, with_notes

MOST = 50
# Which documents are about a country.
_ABOUT: dict[type[Document], tuple[str, ...]] = {
    StationDocument: ("country",),
    ResponseDocument: ("concerns", "responder"),
    AgreementDocument: ("country", "counterpart"),
    ClaimDocument: ("country",),
}


@dataclass(frozen=True)
class Item:
    """One entry of a feed. `key` is its permanent address, `page` where it leads."""

    key: str
    page: str
    title: str
    text: str
    updated: dt.datetime


class Feeds(Page):
    """All feeds, and what they are for."""

    template_name = "public/feeds.html"
    plural = "feeds"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the governments that have a feed."""
        return {"governments": sorted((name_of(one.code), one.code) for one in summaries(head))}


class _Atom(Atom1Feed):
    """A feed that is as old as what it tells, not as whoever asks."""

    def latest_post_date(self) -> dt.datetime:
        """Return when the record changed last."""
        return self.feed["changed"]


class Feed(Page):
    """A feed: the last entries, the newest first."""

    form = "atom"

    def title(self, **kwargs: Any) -> str:
        """Return what the feed is called."""
        raise NotImplementedError

    def items(self, head: Head, **kwargs: Any) -> Iterable[Item]:
        """Return the entries."""
        raise NotImplementedError

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return title and entries."""
        changed = head.published_at or dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        return {"title": self.title(**kwargs), "items": list(self.items(head, **kwargs)), "changed": changed}

    def rendered(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Write the feed."""
        absolute = request.build_absolute_uri
        feed = _Atom(
            title=f"{settings.SITE_NAME}: {context['title']}",
            link=absolute(reverse("home")),
            description="",
            subtitle=gettext("Being listed is not proof. Each entry says who reported what, and who denies it."),
            language=get_language(),
            feed_url=absolute(request.path),
            feed_guid=absolute(request.path),
            author_name=settings.SITE_NAME,
            changed=context["changed"],
        )
        for item in context["items"]:
            feed.add_item(
                title=with_invisible_shown(item.title),
                link=absolute(item.page),
                description=with_invisible_shown(item.text),
                unique_id=absolute(item.key),
                pubdate=item.updated,
                updateddate=item.updated,
            )
        return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


class AllFeed(Feed):
    """All publications and corrections."""

    def title(self, **kwargs: Any) -> str:
        """Return what the feed is called."""
        return gettext("publications and corrections")

    def items(self, head: Head, **kwargs: Any) -> Iterable[Item]:
        """Return the last entries of the log."""
        return map(_item, latest((*NEWS, *CORRECTIONS), MOST))


class CorrectionsFeed(Feed):
    """Corrections and retractions alone."""

    def title(self, **kwargs: Any) -> str:
        """Return what the feed is called."""
        return gettext("corrections and retractions")

    def items(self, head: Head, **kwargs: Any) -> Iterable[Item]:
        """Return the last corrections."""
        return map(_item, latest(CORRECTIONS, MOST))


class CountryFeed(Feed):
    """What is published about one country. A retraction is in no country's feed: the country was withdrawn too."""

    def title(self, **kwargs: Any) -> str:
        """Return the name of the country. Raises `Http404` for a code that is none."""
        if not is_government(kwargs["code"]):
            raise Http404
        return name_of(kwargs["code"])

    def items(self, head: Head, **kwargs: Any) -> Iterable[Item]:
        """Return the last publications about it. Six queries."""
        sequences = sorted(_sequences_about(kwargs["code"]), reverse=True)[:MOST]
        entries = with_notes(LogEntry.objects.filter(sequence__in=sequences)).order_by("-sequence")
        return map(_item, changes_of(list(entries)))


class StatusFeed(Feed):
    """How the response status of governments changed."""

    def title(self, **kwargs: Any) -> str:
        """Return what the feed is called."""
        return gettext("what governments did")

    def items(self, head: Head, **kwargs: Any) -> Iterable[Item]:
        """Return the last changes, by when this record told them."""
        return once_per_head(head, f"status feed {get_language()}", _status_items)


def _sequences_about(code: str) -> set[int]:
    found: set[int] = set()
    for model, fields in _ABOUT.items():
        about = Q(*((field, code) for field in fields), _connector=Q.OR)
        rows = model.objects.readable().filter(about).order_by("-from_seq")
        found.update(rows.values_list("from_seq", flat=True)[:MOST])
    return found


def _item(change: Change) -> Item:
    what = gettext(str(ACTION_WORDS[change.action]))
    where = {"reference": change.reference}
    if change.document is None:
        why = ERASURE_GROUNDS[change.ground] if change.ground else RETRACTION_REASONS[change.reason]
        text = ". ".join(filter(None, (gettext(why), change.note)))
        title, page = f"{what}: {change.reference}", reverse(change.record_kind, kwargs=where)
    else:
        content = change.document.content
        text = change.note or content.get("summary") or content.get("text") or content["label"]
        title = f"{what}: {record_name(content)} ({change.reference})"
        page = reverse(f"{change.record_kind}-version", kwargs={**where, "version": change.version})
    return Item(routes.detail("log", str(change.sequence)), page, title, text, change.published_at)


def _status_items() -> list[Item]:
    segments = [
        (code, segment) for code, its_own in histories().items() for segment in its_own if segment.status.set_by
    ]
    set_by = {segment.status.set_by for _code, segment in segments}
    told = dict(
        ResponseDocument.objects.live().filter(reference__in=set_by).values_list("reference", "first_published_at")
    )
    items = []
    for code, segment in segments:
        page = f"{reverse('government', kwargs={'code': code})}?as_of={segment.from_.isoformat()}"
        words = {"government": name_of(code), "status": gettext(segment.status.label)}
        since = gettext("Since %(day)s, by %(reference)s.") % {
            "day": day_words(segment.from_, get_language() or "en"),
            "reference": segment.status.set_by,
        }
        if segment.status.set_by in told:
            title = gettext("%(government)s: %(status)s") % words
            items.append(Item(f"{page}#{segment.status.set_by}", page, title, since, told[segment.status.set_by]))
    return sorted(items, key=lambda item: (item.updated, item.key), reverse=True)[:MOST]
