"""The index on SQLite: FTS5.

An index without a copy of the text, which follows its table by triggers. The tokenizer "ascii" takes every character
beyond ASCII as a letter; detail=column keeps in which column a word is, and not at which place. Beginnings have
entries of their own: otherwise each search for one would join the lists of all words that begin so.
"""

from collections.abc import Sequence
from typing import Any

from casetracker.public.search.tokens import Term, Token, written

_INDEX = """
CREATE VIRTUAL TABLE public_search_index USING fts5(
    names, words, content='public_searchentry', content_rowid='id', tokenize='ascii', detail='column', columnsize=0,
    prefix='3 4 5 6 7 8'
)
"""
_FILL = "INSERT INTO public_search_index(public_search_index) VALUES ('rebuild')"
_ADD = "INSERT INTO public_search_index(rowid, names, words) VALUES (new.id, new.names, new.words)"
_REMOVE = (
    "INSERT INTO public_search_index(public_search_index, rowid, names, words) "
    "VALUES ('delete', old.id, old.names, old.words)"
)
_TRIGGERS = {
    "public_search_index_insert": ("INSERT", _ADD),
    "public_search_index_delete": ("DELETE", _REMOVE),
    "public_search_index_update": ("UPDATE OF id, names, words", f"{_REMOVE}; {_ADD}"),
}
_TRIGGER = "CREATE TRIGGER {name} AFTER {event} ON public_searchentry BEGIN {act}; END"
_INSTALLED = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'public_searchentry'"

_FITTING = "FROM public_search_index WHERE public_search_index MATCH %s AND rowid >= %s AND rowid < %s"
_LIST = f"SELECT rowid {_FITTING} ORDER BY rowid DESC LIMIT %s"
_COUNT = f"(SELECT count(*) FROM (SELECT 1 {_FITTING} LIMIT %s))"  # noqa: S608 - all of it stands here


def install(cursor: Any) -> None:
    """Install the index if it is not there, and fill it from the table."""
    cursor.execute(_INSTALLED)
    installed = {name for (name,) in cursor.fetchall()}
    if installed.issuperset(_TRIGGERS):
        return
    for name in installed.intersection(_TRIGGERS):
        cursor.execute(f"DROP TRIGGER {name}")
    cursor.execute("DROP TABLE IF EXISTS public_search_index")
    cursor.execute(_INDEX)
    for name, (event, act) in _TRIGGERS.items():
        cursor.execute(_TRIGGER.format(name=name, event=event, act=act))
    refill(cursor)


def refill(cursor: Any) -> None:
    """Write the index anew: words that are deleted stay in it until it merges its parts."""
    cursor.execute(_FILL)


def matching(
    cursor: Any, terms: Sequence[Term], span: range, *, in_names: bool, limit: int, is_common: bool
) -> list[int]:
    """See `engine.matching`. The index gives entries in their order: what is common costs no more than what is rare."""
    names, words = _match(terms, "names"), _match(terms, "words")
    cursor.execute(_LIST, [names if in_names else f"({words}) NOT ({names})", span.start, span.stop, limit])
    return [entry for (entry,) in cursor.fetchall()]


def counts(cursor: Any, terms: Sequence[Term], spans: Sequence[range], *, column: str, most: int) -> list[int]:
    """See `engine.counts`. One query."""
    match = _match(terms, column)
    values = [value for span in spans for value in (match, span.start, span.stop, most)]
    cursor.execute(f"SELECT {', '.join([_COUNT] * len(spans))}", values)
    return list(cursor.fetchone())


def _match(terms: Sequence[Term], column: str) -> str:
    return f"{column} : {written(terms, _token, all_of=' AND ', any_of=' OR ')}"


def _token(token: Token) -> str:
    return f'"{token.text}"*' if token.is_beginning else f'"{token.text}"'
