"""Telling people what happened to records that concern them. Services call `tell` within their own transaction."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, Subquery
from django.utils import timezone

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role
from casetracker.review.choices import Action, NoticeKind, ParticipationRole
from casetracker.review.mentions import mentioned_in
from casetracker.review.models import Comment, Notice, Participation, Record
from casetracker.review.policies import readers_of_desk
from casetracker.review.services.mail import lock_person, schedule_mail

_REVIEWING = (Action.CHECK, Action.SUGGEST, Action.RETURN)
_HANDOVERS = (Action.SUBMIT, Action.RETURN, Action.WITHDRAW)


def tell(record: Record, kind: NoticeKind, who: Q, *, by: User, comment: Comment | None = None) -> None:
    """Write a notice for everybody meant by `who` who can read the desk, except `by`, and have an e-mail sent."""
    people = readers_of_desk().filter(who).exclude(pk=by.pk).order_by("pk")
    _deliver([Notice(person=person, record=record, kind=kind, actor=by, comment=comment) for person in people])


def tell_teams(records: Sequence[Record], kind: NoticeKind, *, by: User) -> None:
    """Tell, of each of these records, its team as `team_of` means it. A fixed number of queries."""
    teams = {record.pk: {record.assigned_to_id} for record in records}
    rounds = {record.pk: record.round for record in records}
    sides = Participation.objects.filter(record__in=rounds)
    for record_id, round_number, person_id in sides.values_list("record", "round", "person"):
        if round_number == rounds[record_id]:
            teams[record_id].add(person_id)
    people = readers_of_desk().exclude(pk=by.pk).in_bulk({key for team in teams.values() for key in team if key})
    _deliver(
        [
            Notice(person=people[key], record=record, kind=kind, actor=by)
            for record in records
            for key in sorted(people.keys() & teams[record.pk])
        ]
    )


def _deliver(notices: Sequence[Notice]) -> None:
    if notices:
        Notice.objects.bulk_create(notices)
        schedule_mail({notice.person_id: notice.person for notice in notices}.values())


# --- whom it concerns -----------------------------------------------------------


def holder_of(record: Record) -> Q:
    """Mean the person it is assigned to."""
    return Q(pk=record.assigned_to_id)


def authors_of(record: Record) -> Q:
    """Mean those who write it in the present round, and the person it is assigned to."""
    authors = record.participations.filter(round=record.round, role=ParticipationRole.AUTHOR)
    return Q(pk__in=authors.values("person")) | holder_of(record)


def team_of(record: Record) -> Q:
    """Mean those who write and review it in the present round, and the person it is assigned to."""
    return Q(pk__in=record.participations.filter(round=record.round).values("person")) | holder_of(record)


def everybody_on(record: Record) -> Q:
    """Mean those who ever wrote or reviewed it, and the person it is assigned to."""
    return Q(pk__in=record.participations.values("person")) | holder_of(record)


def editors() -> Q:
    """Mean all editors."""
    return Q(groups__name=Role.EDITOR.value)


def _talking_about(record: Record) -> Q:
    """Mean the team, and those who checked it, sent it back or commented on it since the round began."""
    decisions = record.decisions.filter(round=record.round)
    began = Subquery(decisions.order_by("at", "id").values("at")[:1])
    return (
        team_of(record)
        | Q(pk__in=decisions.filter(action__in=_REVIEWING).values("person"))
        | Q(pk__in=record.comments.filter(at__gte=began).values("person"))
    )


# --- what is more than one line where it happens --------------------------------


def tell_of_comment(comment: Comment) -> None:
    """Tell those whom a comment names, and the others who are at work on the record.

    Raises `InvalidContent` if it names somebody who is not at the desk.
    """
    record, by = comment.record, comment.person
    mentioned = Q(pk__in=[person.pk for person in mentioned_in(comment.text)])
    tell(record, NoticeKind.MENTIONED, mentioned, by=by, comment=comment)
    tell(record, NoticeKind.COMMENTED, _talking_about(record) & ~mentioned, by=by, comment=comment)


def tell_of_submission(record: Record, *, by: User) -> None:
    """Tell the person it is assigned to, and whoever returned it. Call it before the submission is decided.

    One that was only withdrawn meanwhile is no news: they were told when it was submitted first.
    """
    handovers = record.decisions.filter(round=record.round, action__in=_HANDOVERS)
    last = handovers.order_by("-at", "-id").first()
    if last is None or last.action != Action.WITHDRAW:
        returned_by = last.person_id if last and last.action == Action.RETURN else None
        tell(record, NoticeKind.SUBMITTED, holder_of(record) | Q(pk=returned_by), by=by)


# --- reading --------------------------------------------------------------------


@transaction.atomic
def read_notice(notice_id: int, *, by: User) -> Notice:
    """Note that a person has opened a notice of theirs. Raises `Notice.DoesNotExist` for anybody else's."""
    notice = Notice.objects.of(by).select_related("record").get(pk=notice_id)
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def read_notices(*, by: User, until: int) -> int:
    """Note that a person has read all notices up to one, by its number; return how many that were.

    So one that came after the page was shown stays unread.
    """
    lock_person(by.pk)
    return Notice.objects.of(by).unread().filter(pk__lte=until).update(read_at=timezone.now())


@transaction.atomic
def choose_mail(*, wanted: bool, by: User) -> None:
    """Let a person have e-mails about notices, or none."""
    by.notices_by_mail = wanted
    by.save(update_fields=["notices_by_mail"])
    if Notice.objects.of(by).to_mail().exists():
        schedule_mail([by])
