"""What all views of the API share."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from casetracker.public import caching
from casetracker.public.api import downloads, errors, formats, parameters
from casetracker.public.api.throttling import DOWNLOAD, PerMinute
from casetracker.public.keyset import BadCursor, Column, Ordering, Page, page_of
from casetracker.public.rendering.values import as_text
from casetracker.publication.reading import Head, current_head


class PublicView(APIView):
    """A view for anyone, read only. It never looks at who asks: no session, no cookie, no user."""

    http_method_names = ["get", "head", "options"]  # noqa: RUF012 - as Django declares it
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (PerMinute,)
    renderer_classes: Sequence[type[BaseRenderer]] = (JSONRenderer,)

    def perform_authentication(self, request: Request) -> None:
        """Leave the user alone."""

    def get_exception_handler(self) -> Any:
        """Answer errors as problem documents."""
        return errors.handle

    def cost(self, request: Request) -> int:
        """Return as how many requests this one counts."""
        return 1

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Say which methods there are, in the Allow header."""
        return HttpResponse(status=204)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Set what every answer carries, errors included."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", caching.CACHE_CONTROL)
        patch_vary_headers(response, ["Accept"])
        return response


class DocumentView(PublicView):
    """A view whose answer is a function of the head: it answers 304 to those who have seen it."""

    # What may be asked; None: nothing.
    form: type[forms.Form] | None = None

    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """Return the document, or 304 after one query."""
        asked = self.read_parameters(request)
        head = current_head()
        representation = self.representation(request)
        unchanged = caching.not_modified(request, head, representation)
        response = unchanged or caching.stamp(self.answer(head, asked, **kwargs), head, representation)
        response.headers["Cache-Control"] = caching.api_cache_control()
        return response

    def representation(self, request: Request) -> str:
        """Return what, beside head and address, the answer depends on."""
        return formats.JSON

    def answer(self, head: Head, asked: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the answer in full. Raises as `text` does."""
        return HttpResponse(self.text(head, asked, **kwargs), content_type="application/json")

    def read_parameters(self, request: Request) -> Any:
        """Return what `text` needs from the query. Raises `BadParameters`."""
        if self.form is not None:
            return parameters.read_form(request.GET, self.form)
        parameters.refuse_all(request.GET)
        return {}

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str | bytes:
        """Return the answer. Raises `NotFound` or `Gone`."""
        raise NotImplementedError


class ListView(DocumentView):
    """A list: in pages as JSON, or as one file with all of it. `orderings` begins with the default."""

    filters: parameters.Filters | None = None
    takes_view = False
    orderings: tuple[Ordering, ...]
    row: type[Serializer]  # What describes one of its rows.
    plural: str
    renderer_classes = formats.ROWS
    content_negotiation_class = formats.Negotiation

    def read_parameters(self, request: Request) -> parameters.ListQuery:
        """Return filters, view, place and form."""
        return parameters.read_list(request.GET, self.asking(), form=self.answer_format(request))

    @classmethod
    @cache  # It makes a serializer with all its fields.
    def asking(cls) -> parameters.Asking:
        """Return what may be asked of the list."""
        return parameters.Asking(
            filters=cls.filters,
            orderings=cls.orderings,
            takes_view=cls.takes_view,
            fields=tuple(cls.row().fields),
            formats=tuple(str(renderer.format) for renderer in cls.renderer_classes),
        )

    def answer_format(self, request: Request) -> str:
        """Return the form that was agreed on."""
        return str(request.accepted_renderer.format)

    def representation(self, request: Request) -> str:
        """Return the form: beside head and address nothing else decides."""
        return self.answer_format(request)

    def cost(self, request: Request) -> int:
        """Let a whole list count as much as many pages."""
        return 1 if self.answer_format(request) == formats.JSON else DOWNLOAD

    def answer(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> HttpResponseBase:
        """Return a page, or the way in which the whole list is sent."""
        if self.answer_format(self.request) == formats.JSON:
            try:
                return super().answer(head, asked, **kwargs)
            except BadCursor as error:
                raise parameters.bad_cursor(str(error)) from error
        return self._file(self.everything(head, asked, **kwargs), asked)

    def _file(self, texts: Iterator[str], asked: parameters.ListQuery) -> HttpResponseBase:
        form = cast(formats.Form, self.request.accepted_renderer)
        name = f"{self.plural}.{form.format}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        # For HEAD a stream too, though an empty one: with a length of 0, the file would seem to be empty.
        whole = downloads.as_file(str(form.format), texts, self.row, list(asked.fields))
        parts = () if self.request.method == "HEAD" else whole
        return StreamingHttpResponse(parts, content_type=form.content_type, headers=headers)

    def everything(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> Iterator[str]:
        """Return all rows as JSON objects. What it raises it raises at once, not while they are sent."""
        raise NotImplementedError

    def envelope(
        self, count: int, texts: Iterable[str | bytes], next_cursor: str, asked: parameters.ListQuery
    ) -> bytes:
        """Join ready texts to a list. `next` keeps the query and replaces its cursor."""
        next_link = None
        if next_cursor:
            query = self.request.GET.copy()
            query[parameters.CURSOR] = next_cursor
            next_link = f"{self.request.path}?{query.urlencode()}"
        if asked.fields:
            texts = (downloads.picked(text, asked.fields) for text in texts)
        results = b",".join(text if isinstance(text, bytes) else text.encode() for text in texts)
        return b'{"count":%d,"next":%b,"results":[%b]}' % (count, as_text(next_link).encode(), results)

    def page(self, queryset: QuerySet, asked: parameters.ListQuery, *columns: Column) -> Page:
        """Return one page of rows. Raises `BadCursor`, as whatever reads a cursor may."""
        return page_of(queryset, asked.ordering, columns, limit=asked.limit, cursor=asked.cursor)
