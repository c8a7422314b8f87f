"""The index on PostgreSQL: GIN over text search vectors.

GIN has no order: it collects all that fits before the newest can be taken. That is right for words that few records
have. What many have is found sooner among the newest records, read one after the other until there are enough. Both
ways give the same. Which one is taken is decided here, by what was counted, and not by the planner: it takes the share
of records with two words to be the product of both, which is as wrong as whoever chooses the words likes.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from casetracker.public.search.places import SPANS
from casetracker.public.search.tokens import Term, Token, written

# Not to_tsvector, whose parser would cut words, and drop those of scripts that the locale does not know. The cost
# is what it takes for a text of a record: without it, the planner would rather read the table than the index. Words of
# names stand in it twice, the second time with a sign that no word has, so that one index tells the two apart.
_IN_NAME = "="
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION public_search_vector(names text, words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$ BEGIN
RETURN array_to_tsvector(string_to_array(ltrim(words || ' {_IN_NAME}' || replace(names, ' ', ' {_IN_NAME}')), ' '));
END $$
"""
# One for each kind: a word that all stations have costs nothing where sources are searched.
_INDEX = """
CREATE INDEX IF NOT EXISTS public_search_{kind} ON public_searchentry USING gin (public_search_vector(names, words))
WHERE id >= {low} AND id < {high}
"""

_IN_SPAN = "FROM public_searchentry WHERE id >= %s AND id < %s"
# In a query of its own, the words are hidden from the planner. It then expects that they are rare, and takes the index.
_ALL = f"{_IN_SPAN} AND public_search_vector(names, words) @@ (SELECT %s::tsquery)"
_NEWEST = f"FROM (SELECT id, names, words {_IN_SPAN} ORDER BY id DESC LIMIT %s) AS newest WHERE {{condition}}"
_COUNT = "(SELECT count(*) FROM (SELECT 1 {fitting} LIMIT %s) AS fitting)"
_LOOKED_AT = 4_000  # of the newest records, at most
# Where that many of the newest fit, there are soon enough of them.
_SAMPLE, _DENSE = 100, 25

_ELSEWHERE = "elsewhere"  # in the words of a record, and not in its names

# What stands behind SELECT, and its values.
Part = tuple[str, list[Any]]


def install(cursor: Any) -> None:
    """Install the index if it is not there."""
    cursor.execute(_FUNCTION)
    for kind, span in SPANS.items():
        cursor.execute(_INDEX.format(kind=kind, low=span.start, high=span.stop))


def matching(
    cursor: Any, terms: Sequence[Term], span: range, *, in_names: bool, limit: int, is_common: bool
) -> list[int]:
    """See `engine.matching`. One query, or two where what is common is rare among the newest."""
    found: list[int] = []
    for way in (partial(_newest, number=_LOOKED_AT), _all) if is_common else (_all,):
        fitting, values = way(terms, span, "names" if in_names else _ELSEWHERE)
        cursor.execute(f"SELECT id {fitting} ORDER BY id DESC LIMIT %s", [*values, limit])
        found = [entry for (entry,) in cursor.fetchall()]
        if len(found) == limit:
            break
    return found


def counts(cursor: Any, terms: Sequence[Term], spans: Sequence[range], *, column: str, most: int) -> list[int]:
    """See `engine.counts`. Three queries at most."""
    count = partial(_counts, cursor, terms, column)
    sampled = count(spans, _SAMPLE, partial(_newest, number=_SAMPLE)) if most > _SAMPLE else {}
    dense = [span for span, number in sampled.items() if number >= _DENSE]
    newest = count(dense, most, partial(_newest, number=_LOOKED_AT))
    found = {span: number for span, number in newest.items() if number == most}
    found |= count([span for span in spans if span not in found], most, _all)
    return [found[span] for span in spans]


def _counts(
    cursor: Any, terms: Sequence[Term], where: str, spans: Sequence[range], most: int, way: Callable[..., Part]
) -> dict[range, int]:
    if not spans:
        return {}
    parts = [way(terms, span, where) for span in spans]
    columns = [_COUNT.format(fitting=fitting) for fitting, _values in parts]
    given = [value for _fitting, values in parts for value in (*values, most)]
    cursor.execute(f"SELECT {', '.join(columns)}", given)
    return dict(zip(spans, cursor.fetchone(), strict=True))


def _all(terms: Sequence[Term], span: range, where: str) -> Part:
    words = written(terms, _lexeme, all_of=" & ", any_of=" | ")
    names = written(terms, partial(_lexeme, sign=_IN_NAME), all_of=" & ", any_of=" | ")
    query = {"words": words, "names": names, _ELSEWHERE: f"{words} & !{names}"}[where]
    return _ALL, [span.start, span.stop, query]


def _newest(terms: Sequence[Term], span: range, where: str, number: int) -> Part:
    words, names = _says("words", terms), _says("names", terms)
    condition = {"words": words, "names": names, _ELSEWHERE: f"{words} AND NOT {names}"}[where]
    tokens = [token for term in terms for alternative in term.alternatives for token in alternative]
    patterns = [f"% {token.text}{'' if token.is_beginning else ' '}%" for token in tokens]
    values = patterns * 2 if where == _ELSEWHERE else patterns
    return _NEWEST.format(condition=condition), [span.start, span.stop, number, *values]


def _says(column: str, terms: Sequence[Term]) -> str:
    """Return the same condition without a vector: making one takes longer than reading the words."""
    return written(terms, lambda _token: f"' ' || {column} || ' ' LIKE %s", all_of=" AND ", any_of=" OR ")


def _lexeme(token: Token, sign: str = "") -> str:
    return f"'{sign}{token.text}':*" if token.is_beginning else f"'{sign}{token.text}'"
