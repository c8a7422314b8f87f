"""Signatures over the head of the log, the keys behind them, and a program that checks both."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Max, Min
from django.http import HttpResponse
from rest_framework.request import Request

from casetracker.public import routes
from casetracker.public.api import parameters, verify_log
from casetracker.public.api.base import DocumentView, ListView, PublicView
from casetracker.public.api.documentation import list_of, public_keys
from casetracker.public.api.serializers import site
from casetracker.public.keyset import Ordering
from casetracker.public.rendering.values import as_text, moment
from casetracker.publication.models import Checkpoint
from casetracker.publication.reading import Head

ORDERINGS = (Ordering("signed", ("id",)), Ordering("-signed", ("id",)))
COLUMNS = ("sequence", "entry_hash", "signed_at", "public_key", "signature")


def _last() -> int:
    """Return the last checkpoint: one is signed without any publication, so that answers depend on it too."""
    return Checkpoint.objects.order_by("-id").values_list("id", flat=True).first() or 0


@list_of("checkpoints", site.CheckpointList)
class CheckpointList(ListView):
    """All checkpoints. Keep one: a later log that has another hash at its number was rewritten."""

    orderings = ORDERINGS
    row = site.Checkpoint
    plural = "checkpoints"

    def representation(self, request: Request) -> str:
        """Name the last checkpoint too."""
        return f"{self.answer_format(request)}-{_last()}"

    def text(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> bytes:
        """Return a page of checkpoints."""
        checkpoints = Checkpoint.objects.all()
        page = self.page(checkpoints, asked, *COLUMNS)
        return self.envelope(checkpoints.count(), map(_line, page.rows), page.next_cursor, asked)

    def everything(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> Iterator[str]:
        """Return all checkpoints."""
        rows = Checkpoint.objects.order_by(*asked.ordering.order_by).values_list(*COLUMNS)
        return map(_line, list(rows))


def _line(row: tuple[Any, ...]) -> str:
    checkpoint = dict(zip(COLUMNS, row, strict=True))
    checkpoint["signed_at"] = moment(checkpoint["signed_at"])
    return as_text({**checkpoint, "links": {"entry": routes.detail("log", str(checkpoint["sequence"]))}})


@public_keys()
class Keys(DocumentView):
    """The keys that have signed the log. Compare them with what the publisher says elsewhere, on paper best."""

    def representation(self, request: Request) -> str:
        """Name the last checkpoint too."""
        return f"{super().representation(request)}-{_last()}"

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the keys, the newest first."""
        keys_in_use = Checkpoint.objects.order_by().values_list("public_key")
        spans = keys_in_use.annotate(first=Min("signed_at"), last=Max("signed_at")).order_by("-last", "public_key")
        keys = [
            {"public_key": key, "first_signed_at": moment(first), "last_signed_at": moment(last)}
            for key, first, last in spans
        ]
        return as_text({"keys": keys})


@cache
def _program() -> bytes:
    return Path(verify_log.__file__).read_bytes()


class Verifier(PublicView):
    """The program that checks the log from outside, for download."""

    schema = None

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Refuse nobody: there is no other form of it."""
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """Return its text."""
        parameters.refuse_all(request.GET)
        headers = {"Content-Disposition": 'attachment; filename="verify_log.py"'}
        return HttpResponse(_program(), content_type="text/x-python; charset=utf-8", headers=headers)
