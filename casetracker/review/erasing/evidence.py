"""Sources that only the erased version cited, with their archived copies."""

import uuid
from collections.abc import Iterable

from django.core.files.storage import Storage
from django.db import models, transaction

from casetracker.publication.erasers import Erasure
from casetracker.review.kinds import Content
from casetracker.review.models import Citation, PublishedContent
from casetracker.review.references import source_ids
from casetracker.sources.capture_choices import CaptureMethod, CustodyAct
from casetracker.sources.models import (
    Capture,
    CaptureCopy,
    CustodyEntry,
    LinkHealth,
    LinkOrder,
    Source,
    SourceDistinction,
)
from casetracker.sources.storage import capture_storage, original_name

_GONE = "(erased)"


def sources_of_this_alone(content: Content, record: uuid.UUID, version: int, *, whole: bool) -> frozenset[uuid.UUID]:
    """Return the sources that a content cites and that nothing else at the desk cites, ever cited or derives from."""
    cited = {uuid.UUID(str(key)) for key in source_ids(content)}
    citations = Citation.objects.filter(source__in=cited)
    if whole:
        citations = citations.exclude(record=record)
    used = set(citations.values_list("source", flat=True))
    used |= {key for key in cited if Source.objects.filter(derived_from=key).exists()}
    others = PublishedContent.objects.exclude(record=record, version=version).exclude(content="")
    return frozenset(key for key in cited - used if not others.filter(content__contains=str(key)).exists())


def erase_sources(erasure: Erasure) -> None:
    """Empty the sources, and destroy the copies of them: rows, originals and what was made from these."""
    sources = Source.objects.filter(pk__in=erasure.sources)
    Source.history.filter(id__in=erasure.sources).delete()
    sources.update(
        title=_GONE,
        publisher=_GONE,
        published_by=None,
        author="",
        published="",
        url="",
        language="",
        reliability="",
        notes="",
        search_text="",
        address_key="",
        host="",
    )
    LinkHealth.objects.filter(source__in=erasure.sources).delete()
    LinkOrder.objects.filter(source__in=erasure.sources).update(url="")
    SourceDistinction.objects.filter(first__in=erasure.sources).update(reason="")
    SourceDistinction.objects.filter(second__in=erasure.sources).update(reason="")
    _erase_captures(erasure)


def _erase_captures(erasure: Erasure) -> None:
    captures = Capture.objects.filter(source__in=erasure.sources)
    keys, digests = (list(captures.values_list(name, flat=True)) for name in ("pk", "digest"))
    erasure.empty(CustodyEntry.objects.filter(capture__in=keys).exclude(note=""))
    for method, leave in ((CaptureMethod.UPLOADED, ("url",)), (CaptureMethod.FETCHED, ())):
        erasure.empty(Capture.objects.filter(pk__in=keys, method=method), leave=leave)
    for key in keys:
        CustodyEntry(capture_id=key, act=CustodyAct.ERASED, person=erasure.by).save()
    kept = set(Capture.objects.filter(digest__in=digests).exclude(pk__in=keys).values_list("digest", flat=True))
    names = [original_name(digest) for digest in set(digests) - kept]
    names += CaptureCopy.objects.filter(capture__in=keys).values_list("name", flat=True)
    # Only once it is certain that the rest is erased: a file does not come back with a transaction that failed.
    transaction.on_commit(lambda: _delete(capture_storage(), names))


def _delete(storage: Storage, names: Iterable[str]) -> None:
    for name in names:
        storage.delete(name)


def tables() -> list[type[models.Model]]:
    """Return the tables about sources and their copies."""
    history = Source.history.model
    return [Source, history, LinkHealth, LinkOrder, SourceDistinction, Capture, CaptureCopy, CustodyEntry]
