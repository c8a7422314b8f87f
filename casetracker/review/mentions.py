"""Colleagues named in a comment: “@ana”.

What looks like one in an e-mail address or in an address of the web is none. Chinese is written without
blanks, so a name may follow a character directly, and the sign may be the wide one.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent
from casetracker.review.policies import readers_of_desk

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_PATTERN = re.compile(
    r"(?:https?|ftp)://\S+|www\.\S+"
    rf"|(?:(?<![\w.+%-])|(?<=[{_CJK}]))[@＠](?P<name>[A-Za-z0-9_.@+-]+)",
    re.IGNORECASE,
)
_ENDS = ".@+-_"  # A user name may end so; a sentence more often does.
_MOST_NAMED = 5  # in a message about names that nobody has


def mentioned_in(text: str) -> list[User]:
    """Return the people whom a comment names, each once.

    Raises `InvalidContent` if it names somebody who cannot read the desk, with the names that are like it.
    """
    names = list(dict.fromkeys(match["name"] for match in _mentions(text)))
    if not names:
        return []
    known = {person.username.lower(): person for person in readers_of_desk()}
    found = {name: _find(name.lower(), known) for name in names}
    unknown = [name for name, person in found.items() if person is None]
    if unknown:
        problems = [_problem(name.rstrip(_ENDS), known) for name in unknown[:_MOST_NAMED]]
        raise InvalidContent("\n".join(problems), field_errors={"text": problems})
    return list({person.pk: person for person in found.values() if person}.values())


def split_at_mentions(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a comment in order, and of each whether it names somebody."""
    done = 0
    for match in _mentions(text):
        end = match.start("name") + len(match["name"].rstrip(_ENDS))
        yield text[done : match.start()], False
        yield text[match.start() : end], True
        done = end
    yield text[done:], False


def _mentions(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _PATTERN.finditer(text) if (match["name"] or "").strip(_ENDS))


def _find(name: str, known: Mapping[str, User]) -> User | None:
    while name:
        if name in known:
            return known[name]
        if name[-1] not in _ENDS:
            return None
        name = name[:-1]
    return None


def _problem(name: str, known: Mapping[str, User]) -> str:
    # People know one another by name; what they type may be a part of it.
    words = {word: person for person in known.values() for word in person.name.lower().split()} | dict(known)
    close = get_close_matches(name.lower(), words, n=3, cutoff=0.5)
    similar = dict.fromkeys(f"@{words[word].username} ({words[word]})" for word in close)
    if not similar:
        return _("Nobody at the desk has the user name “@%(name)s”. If nobody is meant, write it without the @.") % {
            "name": name
        }
    return _(
        "Nobody at the desk has the user name “@%(name)s”. Did you mean %(similar)s? "
        "If nobody is meant, write it without the @."
    ) % {"name": name, "similar": ", ".join(similar)}
