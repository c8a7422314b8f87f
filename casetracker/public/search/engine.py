"""The index itself: FTS5 on SQLite, GIN over text search vectors on PostgreSQL.

Both take the words as `tokens` makes them, and cut or change nothing: neither knows Chinese, and their own ways of
folding differ. Nothing is ranked by the database either. So both find the same, in the same order.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, router, transaction

from casetracker.public.models import SearchEntry
from casetracker.public.search.tokens import Term, Token

_TABLE = "public_searchentry"

# An index without a copy of the text, which follows its table by triggers. The tokenizer "ascii" takes every
# character beyond ASCII as a letter; detail=column keeps in which column a word is, and not at which place. Beginnings
# have entries of their own: otherwise each search for one would join the lists of all words that begin so.
_SQLITE_INDEX = """
CREATE VIRTUAL TABLE public_search_index USING fts5(
    names, words, content='public_searchentry', content_rowid='id', tokenize='ascii', detail='column', columnsize=0,
    prefix='3 4 5 6 7 8'
)
"""
_SQLITE_FILL = "INSERT INTO public_search_index(public_search_index) VALUES ('rebuild')"
_ADD = "INSERT INTO public_search_index(rowid, names, words) VALUES (new.id, new.names, new.words)"
_REMOVE = (
    "INSERT INTO public_search_index(public_search_index, rowid, names, words) "
    "VALUES ('delete', old.id, old.names, old.words)"
)
_SQLITE_TRIGGERS = {
    "public_search_index_insert": ("INSERT", _ADD),
    "public_search_index_delete": ("DELETE", _REMOVE),
    "public_search_index_update": ("UPDATE", f"{_REMOVE}; {_ADD}"),
}
_SQLITE_TRIGGER = "CREATE TRIGGER {name} AFTER {event} ON public_searchentry BEGIN {act}; END"
_SQLITE_INSTALLED = """
SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'public_searchentry'
"""


_SQLITE_SEARCH = """
SELECT rowid FROM public_search_index WHERE public_search_index MATCH %s AND rowid >= %s AND rowid < %s
ORDER BY rowid DESC LIMIT %s
"""
_POSTGRESQL_SEARCH = """
SELECT id FROM public_searchentry WHERE {condition} AND id >= %s AND id < %s ORDER BY id DESC LIMIT %s
"""
# Not to_tsvector, whose parser would cut words, and drop those of scripts that the locale does not know. The cost
# is what it takes for a text of a record: without it, the planner would rather read the table than the index.
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION public_search_vector(words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000
AS $$ BEGIN RETURN array_to_tsvector(string_to_array(words, ' ')); END $$
"""
_POSTGRESQL_INDEX = """
CREATE INDEX IF NOT EXISTS public_search_index_{column} ON public_searchentry USING gin (public_search_vector({column}))
"""


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Install the index if it is not there, and fill it from the table."""
    database = connections[using]
    if _TABLE not in database.introspection.table_names():
        return
    with transaction.atomic(using=using), database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
            for column in ("names", "words"):
                cursor.execute(_POSTGRESQL_INDEX.format(column=column))
        else:
            _install_on_sqlite(cursor)


def _install_on_sqlite(cursor: Any) -> None:
    cursor.execute(_SQLITE_INSTALLED)
    installed = {name for (name,) in cursor.fetchall()}
    if installed.issuperset(_SQLITE_TRIGGERS):
        return
    for name in installed.intersection(_SQLITE_TRIGGERS):
        cursor.execute(f"DROP TRIGGER {name}")
    cursor.execute("DROP TABLE IF EXISTS public_search_index")
    cursor.execute(_SQLITE_INDEX)
    for name, (event, act) in _SQLITE_TRIGGERS.items():
        cursor.execute(_SQLITE_TRIGGER.format(name=name, event=event, act=act))
    cursor.execute(_SQLITE_FILL)


def refill(using: str = DEFAULT_DB_ALIAS) -> None:
    """Write the index anew: on SQLite, words that are deleted stay in it until it merges its parts."""
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            cursor.execute(_SQLITE_FILL)


def install_after_migrate(using: str, **_kwargs: Any) -> None:
    """Install the index (receiver of `post_migrate`): a migration may remake the table, and drop it with that."""
    install(using)


def matching(terms: Iterable[Term], *, in_names: bool, low: int, high: int, limit: int) -> list[int]:
    """Return the entries from `low` to below `high` that fit all terms, last first. One query.

    `in_names` wants all of them in names; without it, those are left out.
    """
    return _matching(list(terms), "names" if in_names else "words but not names", low, high, limit)


def count(terms: Iterable[Term], *, low: int, high: int, most: int, column: str = "words") -> int:
    """Return how many entries fit, counted up to `most`. One query."""
    return len(_matching(list(terms), column, low, high, most))


def _matching(terms: list[Term], what: str, low: int, high: int, limit: int) -> list[int]:
    connection = connections[router.db_for_read(SearchEntry)]
    search = _search_postgresql if connection.vendor == "postgresql" else _search_sqlite
    statement, values = search(terms, what)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, low, high, limit])
        return [row[0] for row in cursor.fetchall()]


def _search_sqlite(terms: list[Term], what: str) -> tuple[str, list[str]]:
    asked = _written(terms, _sqlite_token, " AND ", " OR ")
    only = {"names": f"names : {asked}", "words": f"words : {asked}"}
    match = only.get(what) or f"({only['words']}) NOT ({only['names']})"
    return _SQLITE_SEARCH, [match]


def _search_postgresql(terms: list[Term], what: str) -> tuple[str, list[str]]:
    asked = _written(terms, _postgresql_token, " & ", " | ")
    fits = {column: f"public_search_vector({column}) @@ %s::tsquery" for column in ("names", "words")}
    if what in fits:
        return _POSTGRESQL_SEARCH.format(condition=fits[what]), [asked]
    return _POSTGRESQL_SEARCH.format(condition=f"{fits['words']} AND NOT {fits['names']}"), [asked, asked]


def _written(terms: list[Term], write: Callable[[Token], str], all_of: str, any_of: str) -> str:
    """Return a query in the language of a database. Words have letters and digits only: nothing is to be escaped."""
    parts = [any_of.join(f"({all_of.join(map(write, tokens))})" for tokens in term.alternatives) for term in terms]
    return f"({all_of.join(f'({part})' for part in parts)})"


def _sqlite_token(token: Token) -> str:
    return f'"{token.text}"*' if token.is_beginning else f'"{token.text}"'


def _postgresql_token(token: Token) -> str:
    return f"'{token.text}':*" if token.is_beginning else f"'{token.text}'"
