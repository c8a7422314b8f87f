"""The words by which what is live is found. What was retracted leaves nothing behind here."""

from casetracker.public.models import SearchEntry
from casetracker.public.rendering.values import Rendered
from casetracker.public.search import engine, spelling
from casetracker.public.search.places import entry_of
from casetracker.public.search.texts import texts_of
from casetracker.public.search.tokens import ROMANISED, name_tokens_of, term_called, tokens_of

_END = 10**12  # behind all entries


def make_findable(kind: str, number: int, content: Rendered) -> None:
    """Let a record or source be found by the words of its document, and by no others."""
    texts = texts_of(kind, content)
    names = name_tokens_of(texts.names)
    words = names | tokens_of([*(passage.text for passage in texts.passages), *texts.further])
    entry = SearchEntry.objects.filter(pk=entry_of(kind, number)).first()
    had = set(entry.names.split()) if entry else set()
    changed = {"names": _written(names), "words": _written(words)}
    if entry is None:
        SearchEntry.objects.create(pk=entry_of(kind, number), **changed)
    elif (entry.names, entry.words) != (changed["names"], changed["words"]):
        SearchEntry.objects.filter(pk=entry.pk).update(**changed)
    spelling.learn(names - had)
    _forget_unless_used(had - names)


def make_unfindable(kind: str, number: int) -> None:
    """Let nothing be found any more by what was withdrawn."""
    entry = SearchEntry.objects.filter(pk=entry_of(kind, number)).first()
    if entry is not None:
        entry.delete()
        _forget_unless_used(set(entry.names.split()))


def _written(words: set[str]) -> str:
    return " ".join(sorted(words))


def _forget_unless_used(words: set[str]) -> None:
    """Forget the spellings of words that no name has any more."""
    plain = sorted(filter(spelling.can_be_mistyped, {word.removeprefix(ROMANISED) for word in words}))
    spelling.forget(word for word in plain if not _is_in_a_name(word))


def _is_in_a_name(word: str) -> bool:
    return engine.count([term_called([word])], low=0, high=_END, most=1, column="names") > 0
