"""What the page of a record shows beside its fields: where it stands, what is missing, what can be done."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Textarea
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.review import policies
from casetracker.review.admin.acts import ACTS, ELSEWHERE, AcceptSuggestion, Act, Check, Comment, DeclineSuggestion
from casetracker.review.admin.appraisals import Appraisal, appraisals_of
from casetracker.review.captured import latest_captures
from casetracker.review.choices import Action, ParticipationRole, PublicStatus, Stance, State, SuggestionState
from casetracker.review.content import build_content, detail_of
from casetracker.review.evidence import CheckResult, check_results, problems_before_review
from casetracker.review.field_texts import texts_of
from casetracker.review.kinds import Content, kind_named, label_of
from casetracker.review.models import Comment as CommentModel
from casetracker.review.models import Decision, Record, Suggestion
from casetracker.review.one_origin import one_origin_in

# Who takes one of these steps is told what rests on one document alone.
_ONWARDS = frozenset({Action.SUBMIT, Action.VERIFY, Action.APPROVE})


@dataclass(frozen=True)
class CheckedCitation:
    """A citation with what colleagues found, and the form for one's own verdict."""

    result: CheckResult
    supports: str
    stance: str
    form: Check | None
    appraisal: Appraisal
    capture: UUID | None = None


@dataclass(frozen=True)
class OpenSuggestion:
    """A suggested wording with the answers that this person may give."""

    suggestion: Suggestion
    field: str
    accept: AcceptSuggestion | None
    decline: DeclineSuggestion | None


@dataclass(frozen=True)
class Remark:
    """A comment with the name of the field that it is on, if it is on one."""

    comment: CommentModel
    about: str


def panel_for(record: Record, person: User, refused: Act | None = None) -> dict[str, Any]:
    """Collect the panel of a record for one person.

    `refused` is a form that the services have just refused: it is shown again, filled in as it was.
    """
    content = build_content(record)
    actions = policies.available_actions(record, person)
    acts = [_shown(name, record, refused) for name in _offered(actions, record, person)]
    checked = list(_checked(record, content, actions, refused))
    comment_form = _shown(Comment.name, record, refused) if policies.may_log(person) else None
    on_page = (*acts, *(found.form for found in checked), *(found.appraisal.form for found in checked), comment_form)
    return {
        "record": record,
        "acts": acts,
        "typed": list(_typed(refused)) if refused not in on_page else [],
        "returned": _returned(record),
        "missing": problems_before_review(content) if record.state == State.DRAFT else [],
        "one_origin": one_origin_in(content) if _ONWARDS.intersection(actions) else [],
        "checked": checked,
        "uncaptured": len({one.result.citation["source"]["id"] for one in checked if not one.capture}),
        "may_keep": policies.may_log(person),
        "content": content,
        "facts": list(_facts(record)),
        "private_terms": record.private_terms.select_related("publishable_by"),
        "suggestions": list(_suggestions(record, person)),
        "comment_form": comment_form,
        "comments": list(_remarks(record)),
        "colleagues": policies.readers_of_desk().order_by("name", "username") if comment_form else [],
        "decisions": record.decisions.select_related("person").order_by("-at", "-id"),
        "people": record.participations.filter(round=record.round).select_related("person"),
        "public_page": _public_page(record),
        "duplicates": record.duplicates.order_by("pk"),
    }


def _returned(record: Record) -> Decision | None:
    """Return the decision that sent a draft back, until it is submitted again."""
    if record.state != State.DRAFT:
        return None
    moves = record.decisions.filter(round=record.round, action__in=(Action.SUBMIT, Action.RETURN, Action.WITHDRAW))
    last: Decision | None = moves.select_related("person").order_by("-at", "-id").first()
    return last if last and last.action == Action.RETURN else None


def _offered(actions: list[Action], record: Record, person: User) -> Iterator[str]:
    for name, act in ACTS.items():
        if name not in ELSEWHERE and act.action in actions and act.is_of_use(record, person):
            yield name


def _remarks(record: Record) -> Iterator[Remark]:
    for comment in record.comments.select_related("person"):
        yield Remark(comment, label_of(record.kind, comment.field) if comment.field else "")


def _shown(name: str, record: Record, refused: Act | None) -> Act:
    return refused if refused and refused.name == name else ACTS[name](record=record)


def _typed(refused: Act | None) -> Iterator[tuple[str, str]]:
    """Yield the words of a form that the page has no longer a place for, so that they can be copied."""
    for field in refused.visible_fields() if refused else []:
        if isinstance(field.field.widget, Textarea) and field.value():
            yield str(field.label), str(field.value())


def _checked(
    record: Record, content: Content, actions: Collection[Action], refused: Act | None
) -> Iterator[CheckedCitation]:
    appraisals = appraisals_of(record, refused, may_grade=Action.APPRAISE in actions)
    captures = latest_captures([citation["source"]["id"] for citation in content["citations"]])
    for result in check_results(record, content):
        citation = result.citation
        form = None
        if Action.CHECK in actions:
            form = Check(record=record, citation=citation["id"], digest=result.digest)
            if isinstance(refused, Check) and refused.data.get("citation") == citation["id"]:
                form = refused
        supports = label_of(record.kind, citation["field"]) if citation["field"] else _("the record as a whole")
        stance, capture = str(Stance(citation["stance"]).label), captures.get(citation["source"]["id"])
        yield CheckedCitation(result, supports, stance, form, appraisals[citation["id"]], capture)


def _suggestions(record: Record, person: User) -> Iterator[OpenSuggestion]:
    is_author = policies.side_of(record, person) == ParticipationRole.AUTHOR
    for suggestion in record.suggestions.filter(state=SuggestionState.OPEN).select_related("person"):
        answers: tuple[AcceptSuggestion | None, DeclineSuggestion | None] = (None, None)
        if is_author:
            answers = (
                AcceptSuggestion(record=record, suggestion=suggestion.pk),
                DeclineSuggestion(record=record, suggestion=suggestion.pk),
            )
        yield OpenSuggestion(suggestion, label_of(record.kind, suggestion.field), *answers)


def _facts(record: Record) -> Iterator[tuple[str, list[str]]]:
    """Yield the filled fields and rows of a record in words, for a page on which nobody can edit them."""
    kind, detail = kind_named(record.kind), detail_of(record)
    for name in (*kind.fields, *kind.private, *kind.rows):
        if texts := texts_of(detail, kind, name):
            yield label_of(kind.name, name), texts


def _public_page(record: Record) -> str:
    """Return the address of the public page of a live record; empty if there is none."""
    is_live = record.public_status == PublicStatus.LIVE
    return f"/en/{record.kind}s/{record.reference}/" if is_live else ""
