"""What was found, as pages show it: called what lists call it in the language of the page.

The index and the API have the English labels. Where the words that were searched for stand in the label alone, it is
shown below the name, so that a reader sees why something was found.
"""

from html import unescape

from django.utils.html import strip_tags

from casetracker.public.pages.names import record_name
from casetracker.public.rendering.values import LANGUAGE, Rendered
from casetracker.public.search.finding import Search
from casetracker.public.search.marking import Excerpt, Part
from casetracker.public.search.results import Result

_RECORDS = frozenset({"station", "response", "agreement", "claim"})


def in_page_language(result: Result, search: Search) -> Result:
    """Return a result with the name that its record has on pages, if it has one of its own there."""
    if result.content is None or not _has_own_name(result.kind, result.content):
        return result
    title = search.marker.parts(unescape(strip_tags(record_name(result.content))))
    excerpt = result.excerpt
    if not _says(title) and _says(result.title) and not (excerpt and _says(excerpt.parts)):
        excerpt = Excerpt(result.title, LANGUAGE)
    return result._replace(title=title, excerpt=excerpt, is_translated=True)


def _has_own_name(kind: str, content: Rendered) -> bool:
    """Tell whether pages make the name; that of a place is as its sources have it."""
    is_placed = kind == "station" and (content["locality"] or content["region"])
    return kind in _RECORDS and not is_placed


def _says(parts: list[Part]) -> bool:
    return any(part.is_marked for part in parts)
