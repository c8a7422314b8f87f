"""Search across all that is published."""

from typing import Any

from rest_framework.renderers import JSONRenderer

from casetracker.public import routes
from casetracker.public.api import parameters
from casetracker.public.api.base import ListView
from casetracker.public.api.documentation import list_of
from casetracker.public.api.serializers import search
from casetracker.public.rendering.values import LANGUAGE, as_text
from casetracker.public.search.asking import KIND, KIND_LABELS, QUERY, RELEVANCE, SearchForm, cursor_at, position_of
from casetracker.public.search.finding import KINDS, search_for
from casetracker.public.search.results import Result, plural_of, results_at
from casetracker.publication.reading import Head

ORDERINGS = (RELEVANCE,)


@list_of("search", search.SearchList, summary="Search all that is published")
class SearchList(ListView):
    """Governments, records and sources that have all words of a query.

    Case, accents and punctuation make no difference, nor do traditional and simplified characters; a Chinese name is
    found by its Pinyin and the other way round. A word of three letters or more is found by its beginning. Governments
    come first, then each kind of record, then sources; of each first what has the words in its name, and the newest.
    Where nothing fits, words give way to those of names that are a slip of the finger away.
    """

    filters = SearchForm
    orderings = ORDERINGS
    row = search.SearchResult
    plural = "search"
    renderer_classes = (JSONRenderer,)

    def text(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> bytes:
        """Return a page of what fits."""
        kinds = asked.filters.get(KIND, list(KINDS))
        after = position_of(asked.cursor)
        found = search_for(head, asked.filters[QUERY])
        counts = found.counts if found else dict.fromkeys(KINDS, 0)
        positions = found.positions(kinds, limit=asked.limit + 1, after=after) if found else []
        shown = positions[: asked.limit]
        results = results_at(shown, found) if found else []
        next_cursor = cursor_at(shown[-1]) if len(positions) > len(shown) else ""
        listing = self.envelope(sum(counts[kind] for kind in kinds), map(_text, results), next_cursor, asked)
        replaced = [{"word": word, "taken": list(taken)} for word, taken in (found.replaced if found else ())]
        return listing[:-1] + f',"counts":{as_text(counts)},"replaced":{as_text(replaced)}}}'.encode()


def _text(result: Result) -> str:
    excerpt = result.excerpt
    parts = [*result.title, *(excerpt.parts if excerpt else ())]
    return as_text(
        {
            "kind": result.kind,
            "kind_label": KIND_LABELS[result.kind],
            "reference": result.reference,
            "label": result.label,
            "excerpt": "".join(part.text for part in excerpt.parts) if excerpt else None,
            "excerpt_language": excerpt.language or None if excerpt else None,
            "matched": list(dict.fromkeys(part.text for part in parts if part.is_marked)),
            "links": {
                "self": routes.detail(plural_of(result.kind), result.reference),
                "page": routes.page(plural_of(result.kind), result.reference, LANGUAGE),
            },
        }
    )
