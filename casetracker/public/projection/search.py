"""The words by which what is live is found. What was retracted leaves nothing behind here."""

from collections.abc import Mapping

from casetracker.public.models import SearchEntry
from casetracker.public.rendering.values import Rendered
from casetracker.public.search import engine, spelling
from casetracker.public.search.places import SPANS, entry_of
from casetracker.public.search.texts import texts_of, written
from casetracker.public.search.tokens import ROMANISED, name_tokens_of, term_called, tokens_of

_COLUMNS = ("names", "words", "passages")


def make_findable(contents: Mapping[tuple[str, int], Rendered | None]) -> None:
    """Let records and sources, by kind and number, be found by the words of their documents, and by no others.

    By none at all without a document: it was withdrawn.
    """
    entries = SearchEntry.objects.in_bulk([entry_of(*thing) for thing in contents])
    names_before = {name for entry in entries.values() for name in entry.names.split()}
    names_now: set[str] = set()
    new, changed, gone = [], [], []
    for thing, content in contents.items():
        entry = entries.get(entry_of(*thing))
        if content is None:
            gone += [entry.pk] if entry else []
            continue
        names, wanted = _entry(*thing, content)
        names_now |= names
        if entry is None:
            new.append(wanted)
        elif any(getattr(entry, column) != getattr(wanted, column) for column in _COLUMNS):
            changed.append(wanted)
    SearchEntry.objects.filter(pk__in=gone).delete()
    SearchEntry.objects.bulk_update(changed, _COLUMNS)
    SearchEntry.objects.bulk_create(new)
    spelling.learn(names_now - names_before)
    _forget_unless_used(names_before - names_now)


def _entry(kind: str, number: int, content: Rendered) -> tuple[set[str], SearchEntry]:
    """Return the words of what something is called, and its entry."""
    texts = texts_of(kind, content)
    names = name_tokens_of(texts.names)
    words = names | tokens_of([*(passage.text for passage in texts.passages), *texts.further])
    passages = written(texts.telling(content["label"], content["reference"]))
    entry = SearchEntry(pk=entry_of(kind, number), names=_written(names), words=_written(words), passages=passages)
    return names, entry


def _written(words: set[str]) -> str:
    return " ".join(sorted(words))


def _forget_unless_used(words: set[str]) -> None:
    """Forget the spellings of words that no name has any more."""
    plain = sorted(filter(spelling.can_be_mistyped, {word.removeprefix(ROMANISED) for word in words}))
    spelling.forget(word for word in plain if not _is_in_a_name(word))


def _is_in_a_name(word: str) -> bool:
    return any(engine.counts([term_called([word])], list(SPANS.values()), most=1, column="names"))
