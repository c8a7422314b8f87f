"""In which forms lists are served: JSON in pages, everything else as one file with the whole list."""

from collections.abc import Iterable

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

FORMAT = "format"


class Form(BaseRenderer):
    """A form of the answer. The text is ready when DRF would render it."""

    content_type: str


class Ndjson(Form):
    """One JSON object on each line."""

    media_type = "application/x-ndjson"
    format = "ndjson"
    content_type = media_type


class Csv(Form):
    """A table (RFC 4180), safe to open in a spreadsheet program."""

    media_type = "text/csv"
    format = "csv"
    content_type = "text/csv; charset=utf-8; header=present"


class GeoJson(Form):
    """A feature collection (RFC 7946)."""

    media_type = "application/geo+json"
    format = "geojson"
    content_type = media_type


JSON = JSONRenderer.format
ROWS: tuple[type[BaseRenderer], ...] = (JSONRenderer, Ndjson, Csv)
PLACES: tuple[type[BaseRenderer], ...] = (*ROWS, GeoJson)


class Negotiation(BaseContentNegotiation):
    """Choose the form by `?format=`, which links can carry, or else by Accept with its weights."""

    def select_parser(self, request: Request, parsers: Iterable) -> None:
        """Parse nothing: no request has a body."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the form and its media type. Raises `NotAcceptable`.

        A value of `format` that is not offered here is left to the reading of parameters, which names it.
        """
        forms = {str(renderer.media_type): renderer for renderer in renderers}
        first, *_others = forms.values()
        asked = request.query_params.get(FORMAT)
        if asked is not None:
            named = {str(renderer.format): renderer for renderer in forms.values()}
            chosen = named.get(asked, first)
            return chosen, str(chosen.media_type)
        preferred = request._request.get_preferred_type(list(forms))
        if preferred is None:
            raise NotAcceptable(f"Nothing that is served here suits Accept. Ask for one of: {', '.join(forms)}.")
        return forms[preferred], preferred
