"""The story of a record: all that anybody did to it, as one list."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.review.choices import Action, SuggestionState
from casetracker.review.edit_history import Change, FieldChange, changes_of_record
from casetracker.review.kinds import label_of
from casetracker.review.models import Comment, Decision, Record, Suggestion


class Sort(models.TextChoices):
    """Sorts of entries; each can be asked for alone."""

    CHANGES = "changes", gettext_lazy("Changes of content")
    CHECKS = "checks", gettext_lazy("Checks of citations")
    DECISIONS = "decisions", gettext_lazy("Decisions")
    TALK = "talk", gettext_lazy("Comments and suggestions")
    EXPORTS = "exports", gettext_lazy("Files taken out")


_SORTS = {
    Action.LOG: Sort.CHANGES,
    Action.EDIT: Sort.CHANGES,
    Action.DISCLOSE: Sort.CHANGES,
    Action.CHECK: Sort.CHECKS,
    Action.SUGGEST: Sort.TALK,
    Action.APPRAISE: Sort.CHANGES,
}
_TITLES = {
    Action.LOG: gettext_lazy("logged the record"),
    Action.EDIT: gettext_lazy("changed the record"),
    Action.DISCLOSE: gettext_lazy("marked a private term publishable"),
    Action.ASSIGN: gettext_lazy("assigned the record"),
    Action.SUBMIT: gettext_lazy("submitted it for review"),
    Action.CHECK: gettext_lazy("checked a citation"),
    Action.SUGGEST: gettext_lazy("suggested a wording"),
    Action.APPRAISE: gettext_lazy("graded a citation"),
    Action.VERIFY: gettext_lazy("verified it"),
    Action.APPROVE: gettext_lazy("approved it"),
    Action.PUBLISH: gettext_lazy("published it"),
    Action.RETURN: gettext_lazy("returned it to the author"),
    Action.WITHDRAW: gettext_lazy("withdrew it from review"),
    Action.REVISE: gettext_lazy("began a revision"),
    Action.ABANDON: gettext_lazy("abandoned the revision"),
    Action.DISCARD: gettext_lazy("discarded it"),
    Action.RETRACT: gettext_lazy("retracted it"),
    Action.ASK_ERASE: gettext_lazy("asked that a version is erased"),
    Action.KEEP: gettext_lazy("withdrew the request for erasure"),
    Action.ERASE: gettext_lazy("erased a version"),
}


@dataclass
class Entry:
    """One act of one person. `key` names it for good; `changes` are what it wrote, and say all if `title` is empty."""

    key: str
    at: dt.datetime
    person: Any
    title: str
    sorts: set[Sort]
    text: str = ""
    state: str = ""
    changes: list[Change] = field(default_factory=list)


def story_of(record: Record) -> list[Entry]:
    """Return all that was done to a record, earliest first. The number of queries does not depend on how much it is."""
    found = _decisions(record)
    found = [*found, *_unattended(found, changes_of_record(record))]
    found += _comments(record.comments.select_related("person"), record)
    found += _declined(record)
    found += _exports(record)
    return sorted(found, key=lambda entry: entry.at)


def story_of_changes(changes: Iterable[Change]) -> list[Entry]:
    """Return changes as a story of their own, earliest first: for what has no decisions, such as a source."""
    return sorted((_of_change(change) for change in changes), key=lambda entry: entry.at)


def _decisions(record: Record) -> list[Entry]:
    decisions = list(record.decisions.select_related("person").order_by("at", "id"))
    found = [_of_decision(decision) for decision in decisions]
    for check in record.checks.select_related("person"):
        if (entry := _act_of(found, check.at, check.person)) and check.comment:
            entry.text = "\n".join(filter(None, (entry.text, check.comment)))
    for suggestion in record.suggestions.select_related("person"):
        if entry := _act_of(found, suggestion.at, suggestion.person):
            entry.text = ""
            entry.changes.append(_wording(suggestion, record))
    return found


def _of_decision(decision: Decision) -> Entry:
    action = Action(decision.action)
    title = str(_TITLES.get(action, action.label))
    if decision.version:
        title = _("%(act)s (version %(version)s)") % {"act": title, "version": decision.version}
    return Entry(
        f"decision-{decision.pk}",
        decision.at,
        decision.person,
        title,
        {_SORTS.get(action, Sort.DECISIONS)},
        text=decision.comment,
        state=decision.get_to_state_display() if decision.from_state != decision.to_state else "",
    )


def _act_of(found: list[Entry], at: dt.datetime, person: Any) -> Entry | None:
    """Return the act that wrote a row: every service writes its rows first and its decision last."""
    place = bisect_left(found, at, key=lambda entry: entry.at)
    if place == len(found) or found[place].person != person:
        return None
    return found[place]


def _unattended(found: list[Entry], changes: Iterable[Change]) -> list[Entry]:
    """Hand the changes to the acts that made them; return entries for those of which there is none."""
    rest = []
    for change in sorted(changes, key=lambda change: change.at):
        if entry := _act_of(found, change.at, change.person):
            entry.changes.append(change)
            entry.sorts.add(Sort.CHANGES)
        else:
            rest.append(_of_change(change))
    return rest


def _of_change(change: Change) -> Entry:
    return Entry(change.key, change.at, change.person, "", {Sort.CHANGES}, changes=[change])


def _wording(suggestion: Suggestion, record: Record) -> Change:
    label = label_of(record.kind, suggestion.field)
    words = FieldChange(label, suggestion.current_text, suggestion.suggested_text)
    return Change(f"suggestion-{suggestion.pk}", suggestion.at, suggestion.person, _("wording"), "", [words])


def _comments(comments: Iterable[Comment], record: Record) -> Iterator[Entry]:
    for comment in comments:
        title = _("commented")
        if comment.field:
            title = _("commented on “%(field)s”") % {"field": label_of(record.kind, comment.field)}
        yield Entry(f"comment-{comment.pk}", comment.at, comment.person, title, {Sort.TALK}, text=comment.text)


def _declined(record: Record) -> Iterator[Entry]:
    """Yield who declined which suggestion; those that were accepted are edits with a decision of their own."""
    for suggestion in record.suggestions.filter(state=SuggestionState.DECLINED).select_related("decided_by"):
        title = _("declined the wording for “%(field)s”") % {"field": label_of(record.kind, suggestion.field)}
        yield Entry(
            f"declined-{suggestion.pk}",
            suggestion.decided_at or suggestion.at,
            suggestion.decided_by,
            title,
            {Sort.TALK},
            text=suggestion.suggested_text,
        )


def _exports(record: Record) -> Iterator[Entry]:
    for export in record.file_exports.select_related("person"):
        title = _("took the case file out, without private terms")
        if export.with_private_terms:
            title = _("took the case file out, with private terms")
        text = _("SHA-256 of the file: %(digest)s") % {"digest": export.digest}
        yield Entry(f"export-{export.pk}", export.at, export.person, title, {Sort.EXPORTS}, text=text)
