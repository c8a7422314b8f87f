"""What all views of the API share."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Field, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from casetracker.public import caching
from casetracker.public.api import errors, parameters
from casetracker.public.keyset import BadCursor, Ordering, Page, decode_cursor, page_of
from casetracker.public.rendering.values import as_text
from casetracker.publication.reading import Head, current_head

REPRESENTATION = "json"


class PublicView(APIView):
    """A view for anyone, read only. It never looks at who asks: no session, no cookie, no user."""

    http_method_names = ["get", "head", "options"]  # noqa: RUF012 - as Django declares it
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    renderer_classes: Sequence[type[BaseRenderer]] = (JSONRenderer,)

    def perform_authentication(self, request: Request) -> None:
        """Leave the user alone."""

    def get_exception_handler(self) -> Any:
        """Answer errors as problem documents."""
        return errors.handle

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
    representation = REPRESENTATION
    content_type = "application/json"

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """Return the document, or 304 after one query."""
        asked = self.read_parameters(request)
        head = current_head()
        unchanged = caching.not_modified(request, head, self.representation)
        if unchanged:
            return unchanged
        text = self.text(head, asked, **kwargs)
        response = HttpResponse(text, content_type=self.content_type)
        return caching.stamp(response, head, self.representation)

    def read_parameters(self, request: HttpRequest) -> Any:
        """Return what `text` needs from the query. Raises `BadParameters`."""
        if self.form is not None:
            return parameters.read_form(request.GET, self.form)
        parameters.refuse_all(request.GET)
        return {}

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the answer. Raises `NotFound` or `Gone`."""
        raise NotImplementedError


class ListView(DocumentView):
    """A list in pages. `orderings` begins with the default."""

    filters: parameters.Filters | None = None
    takes_view = False
    orderings: tuple[Ordering, ...]

    def read_parameters(self, request: HttpRequest) -> parameters.ListQuery:
        """Return filters and asked."""
        return parameters.read_list(request.GET, self.filters, self.orderings, takes_view=self.takes_view)

    def envelope(self, count: int, texts: Iterable[str], next_cursor: str) -> str:
        """Join ready texts to a list. `next` keeps the query and replaces its cursor."""
        next_link = None
        if next_cursor:
            query = self.request.GET.copy()
            query[parameters.CURSOR] = next_cursor
            next_link = f"{self.request.path}?{query.urlencode()}"
        return f'{{"count":{count},"next":{as_text(next_link)},"results":[{",".join(texts)}]}}'

    def read_cursor(self, asked: parameters.ListQuery, fields: list[Field]) -> list[Any]:
        """Return what a cursor holds. Raises `BadParameters`."""
        try:
            return decode_cursor(asked.ordering, asked.cursor, fields)
        except BadCursor as error:
            raise parameters.bad_cursor(str(error)) from error

    def page(self, queryset: QuerySet, asked: parameters.ListQuery, *columns: str) -> Page:
        """Return one page of rows. Raises `BadParameters` for a bad cursor."""
        try:
            return page_of(queryset, asked.ordering, columns, limit=asked.limit, cursor=asked.cursor)
        except BadCursor as error:
            raise parameters.bad_cursor(str(error)) from error
