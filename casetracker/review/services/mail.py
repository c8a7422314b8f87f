"""E-mails about notices: at most one an hour for each person.

A notice has a background task enqueued that sends the e-mail some minutes later, so that a burst becomes one
e-mail, and not before the hour is over. The command `send_notices` does the same from a timetable.

Who sends first claims: under a lock on the person, what is to be counted gets its `mailed_at`. Then the e-mail
is sent, outside of any transaction, because a mail server may be slow. If that fails, the claim is taken back,
and the next try counts the same notices again. See docs/adr/0012-notices-and-their-mail.md.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casetracker.accounts.models import User
from casetracker.review.models import Notice
from casetracker.review.notice_mail import compose
from casetracker.review.policies import may_read_desk

BETWEEN_MAILS = dt.timedelta(hours=1)
BURST = dt.timedelta(minutes=5)


def schedule_mail(people: Iterable[User]) -> None:
    """Have an e-mail sent to each of these people who wants one, unless a task for that waits already."""
    keys = [person.pk for person in people if _wants_mail(person)]
    waiting = _waiting() if keys else set()
    now = timezone.now()
    last = _last_mails([key for key in keys if key not in waiting])
    for key in keys:
        if key not in waiting:
            earliest = last[key] + BETWEEN_MAILS if key in last else now
            mail_notices.using(run_after=max(earliest, now + BURST)).enqueue(key)


@task()
def mail_notices(person_id: int) -> None:
    """Send a person the e-mail that is due; come back later if it is not due yet, or cannot be sent."""
    try:
        due = send_mail_to(person_id)
    except Exception:
        _come_back(person_id, timezone.now() + BETWEEN_MAILS)
        raise
    if due:
        _come_back(person_id, due)


def send_mail_to(person_id: int) -> dt.datetime | None:
    """Tell a person by e-mail how many notices wait, if there are new ones.

    Return the moment from which it may be done, if that is still to come. Raises what the mail server raises;
    nothing counts as mailed then. Must not be called in a transaction.
    """
    now = timezone.now()
    person, claimed, due = _claim(person_id, now)
    if claimed:
        try:
            compose(person, Notice.objects.of(person).unread()).send()
        except Exception:
            _take_back(person_id, claimed)
            raise
    return due


def lock_person(person_id: int) -> User:
    """Lock a person for this transaction, before several of their notices are changed.

    Not against the use of the key: colleagues may write further notices for them at the same time.
    """
    return User.objects.select_for_update(no_key=True).get(pk=person_id)


def people_to_mail() -> list[int]:
    """Return the keys of the people with notices that no e-mail has counted."""
    return list(Notice.objects.to_mail().order_by("person").values_list("person", flat=True).distinct())


@transaction.atomic
def _claim(person_id: int, now: dt.datetime) -> tuple[User, list[int], dt.datetime | None]:
    person = lock_person(person_id)
    new = list(Notice.objects.of(person).to_mail().values_list("pk", flat=True))
    if not new or not (_wants_mail(person) and may_read_desk(person)):
        return person, [], None
    last = _last_mails([person.pk]).get(person.pk)
    if last and last + BETWEEN_MAILS > now:
        return person, [], last + BETWEEN_MAILS
    Notice.objects.filter(pk__in=new).update(mailed_at=now)
    return person, new, None


@transaction.atomic
def _take_back(person_id: int, claimed: list[int]) -> None:
    lock_person(person_id)
    Notice.objects.filter(pk__in=claimed).update(mailed_at=None)


def _wants_mail(person: User) -> bool:
    return person.is_active and person.notices_by_mail and bool(person.email)


def _last_mails(keys: list[int]) -> dict[int, dt.datetime]:
    mailed = Notice.objects.filter(person__in=keys, mailed_at__isnull=False)
    return dict(mailed.order_by().values_list("person").annotate(Max("mailed_at")))


def _come_back(person_id: int, moment: dt.datetime) -> None:
    if person_id not in _waiting():
        mail_notices.using(run_after=moment).enqueue(person_id)


def _waiting() -> set[int]:
    """Return the people for whom a task waits."""
    tasks = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=mail_notices.module_path)
    return {arguments["args"][0] for arguments in tasks.values_list("args_kwargs", flat=True)}
