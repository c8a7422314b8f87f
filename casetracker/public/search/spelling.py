"""Words of names that differ by a slip of the finger: a letter too many, too few, wrong, or two exchanged."""

from collections.abc import Iterable

from casetracker.public.models import Spelling
from casetracker.public.search.tokens import ROMANISED, is_unspaced

# Below that, every other word is one slip away; above, nobody types it.
_SHORTEST, _LONGEST = 4, 30
_MOST_SUGGESTIONS = 3


def can_be_mistyped(word: str) -> bool:
    """Tell whether slips in a word are forgiven: not in numbers, short words and Chinese ones."""
    return _SHORTEST <= len(word) <= _LONGEST and word.isalpha() and not is_unspaced(word)


def spellings_of(word: str) -> set[str]:
    """Return a word and what is left of it without one of its letters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def learn(words: Iterable[str]) -> None:
    """Note the words of names that can be mistyped."""
    Spelling.objects.bulk_create(
        [
            Spelling(spelling=spelling, word=word)
            for word in sorted({word.removeprefix(ROMANISED) for word in words})
            if can_be_mistyped(word)
            for spelling in sorted(spellings_of(word))
        ],
        ignore_conflicts=True,
    )


def forget(words: Iterable[str]) -> None:
    """Forget words that no name has any more."""
    Spelling.objects.filter(word__in=list(words)).delete()


def similar_words(word: str, further: Iterable[str] = ()) -> list[str]:
    """Return the words of names, and of some further ones, that may be meant, nearest first. One query."""
    if not can_be_mistyped(word):
        return []
    spellings = spellings_of(word)
    known = set(Spelling.objects.filter(spelling__in=spellings).values_list("word", flat=True))
    known |= {other for other in further if not spellings.isdisjoint(spellings_of(other))}
    # Two words without one letter each may be two slips apart: that much is forgiven in long ones alone.
    most = 1 if len(word) < 8 else 2
    distances = {other: distance(word, other) for other in known}
    nearest = min(distances.values(), default=most + 1)
    if nearest > most:
        return []
    return sorted(other for other in known if distances[other] == nearest)[:_MOST_SUGGESTIONS]


def distance(one: str, other: str) -> int:
    """Return how many slips lie between two words (optimal string alignment)."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, counterpart in enumerate(other, start=1):
            changed = last[column - 1] + (letter != counterpart)
            current.append(min(last[column] + 1, current[-1] + 1, changed))
            exchanged = row > 1 < column and letter == other[column - 2] and one[row - 2] == counterpart
            if exchanged:
                current[-1] = min(current[-1], before_last[column - 2] + 1)
        before_last, last = last, current
    return last[-1]
