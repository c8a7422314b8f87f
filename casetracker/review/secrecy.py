"""Private terms: addresses, hosts and people that must not appear in public text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from casetracker.core.terms import contains_term
from casetracker.review.models import PrivateTerm


def texts_of(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield every text of a snapshot with the words that name its place, such as “citations 1 quote”."""
    if isinstance(value, str):
        yield " ".join(path), value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from texts_of(part, (*path, str(name).replace("_", " ")))
    elif isinstance(value, Sequence):
        for number, part in enumerate(value, start=1):
            yield from texts_of(part, (*path, str(number)))


def private_terms_in(texts: Iterable[tuple[str, str]], record_ids: Iterable[str]) -> list[str]:
    """Return a message for each private term of these records that occurs in one of the texts."""
    terms = PrivateTerm.objects.filter(record__in=list(record_ids), publishable_at__isnull=True)
    found = list(texts)
    return [
        _(
            "The private term “%(term)s” (%(kind)s) stands in “%(place)s”. "
            "Take it out there, or let an editor mark it publishable with a reason."
        )
        % {"term": term.text, "kind": term.get_kind_display(), "place": place}
        for term in terms
        for place, text in found
        if contains_term(text, term.text)
    ]
