"""What colleagues wrote about a record: comments, decisions, checks; and texts about others that name it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.db import models
from django.db.models import QuerySet

from casetracker.core.terms import SearchedText, Term
from casetracker.publication.erasers import Erasure
from casetracker.review.choices import Action, ImportState
from casetracker.review.models import (
    Check,
    Comment,
    Decision,
    Distinction,
    ErasureRequest,
    Import,
    ImportKey,
    Release,
    ReleaseDecision,
    Suggestion,
)

# What they say is the public note of an erasure.
_ABOUT_ERASURES = (Action.ASK_ERASE, Action.KEEP, Action.ERASE)
_GONE = "(erased)"


def erase_talk(erasure: Erasure) -> None:
    """Destroy what colleagues wrote about the record. That something was written, by whom and when, stays."""
    Comment.objects.filter(record=erasure.record).update(text=_GONE)
    Suggestion.objects.filter(record=erasure.record).update(current_text="", suggested_text=_GONE)
    Distinction.objects.of(erasure.record).update(reason="")
    erasure.empty(Check.objects.filter(record=erasure.record))
    decisions = Decision.objects.filter(record=erasure.record).exclude(action__in=_ABOUT_ERASURES)
    erasure.empty(decisions.exclude(comment=""))


def tables() -> list[type[models.Model]]:
    """Return the tables with what is written about a record."""
    return [Comment, Suggestion, Distinction, Check, Decision]


def erase_words(erasure: Erasure) -> None:
    """Destroy texts about other things in which the words of the erasure stand, each as a whole."""
    terms = [Term(word) for word in sorted(erasure.words)]
    erasers: Mapping[tuple[type[models.Model], str], Callable[[QuerySet[Any]], Any]] = {
        (Comment, "text"): partial(_set, text=_GONE),
        (Suggestion, "suggested_text"): partial(_set, suggested_text=_GONE, current_text=""),
        (Suggestion, "current_text"): partial(_set, current_text=""),
        (Distinction, "reason"): partial(_set, reason=""),
        (Decision, "comment"): erasure.empty,
        (Check, "comment"): erasure.empty,
        (ReleaseDecision, "comment"): erasure.empty,
        (Release, "title"): partial(_set, title=_GONE),
        (Release, "note"): partial(_set, note=""),
        (Release, "problems"): partial(_set, problems=_GONE),
        (Import, "file_name"): partial(_set, file_name=_GONE),
        (Import, "message"): partial(_set, message=_GONE),
        (ImportKey, "key"): lambda rows: rows.delete(),
    }
    for (model, column), erase in erasers.items():
        rows: QuerySet[Any] = model._default_manager.order_by().exclude(**{column: ""})
        if model is Decision:
            rows = rows.exclude(action__in=_ABOUT_ERASURES, record=erasure.record)
        found = list(_saying(terms, rows.values_list("pk", column).iterator(chunk_size=2000)))
        for start in range(0, len(found), 500):
            erase(model._default_manager.filter(pk__in=found[start : start + 500]))
    # What is packed there cannot be searched; it serves nobody once the import is over.
    over = Import.objects.filter(state__in=(ImportState.DONE, ImportState.REFUSED, ImportState.CANCELLED))
    over.update(plan=None, rest=None, question={})


def forget_words(erasure: Erasure) -> None:
    """Take the words out of the request that named them."""
    ErasureRequest.objects.filter(record=erasure.record, version=erasure.version).update(words="")


def _set(rows: QuerySet[Any], **values: Any) -> None:
    rows.update(**values)


def _saying(terms: list[Term], texts: Iterable[tuple[Any, str]]) -> Iterator[Any]:
    for key, text in texts:
        searched = SearchedText(text)
        if any(term.is_in(searched) for term in terms):
            yield key


def tables_with_words() -> list[type[models.Model]]:
    """Return the tables with texts that may name any record."""
    return [Release, ReleaseDecision, Import, ImportKey]
