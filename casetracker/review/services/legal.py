"""The register of requests by law: who asks for what, by when it must be answered, and what came of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed, WrongState
from casetracker.core.saving import save_checked
from casetracker.review import policies
from casetracker.review.choices import LegalAct, NoticeKind
from casetracker.review.deadlines import first_deadline, last_deadline, warned_until
from casetracker.review.models import LegalEvent, LegalRequest, Notice
from casetracker.review.services.mail import schedule_mail

LEGAL_FIELDS = (
    "kind",
    "sender",
    "way",
    "received_on",
    "due_on",
    "extended_because",
    "asked",
    "records",
    "handled_by",
    "outcome",
    "reasons",
    "answered_on",
)
_FORGOTTEN = "(forgotten)"


@transaction.atomic
def enter_request(*, fields: Mapping[str, Any], by: User) -> LegalRequest:
    """Enter a request. Without `due_on`, it is due when the law says. `fields` has values for `LEGAL_FIELDS`."""
    _check_keeper(by)
    last = LegalRequest.objects.aggregate(last=Max("number"))["last"] or 0
    request = LegalRequest(number=last + 1)
    _write(request, fields, LegalAct.ENTERED, by)
    return request


@transaction.atomic
def change_request(request_id: UUID, *, fields: Mapping[str, Any], by: User, lock_version: int) -> LegalRequest:
    """Change a request, put its deadline off, answer it, or open it again. Whoever asked is told by other ways."""
    _check_keeper(by)
    request = _lock(request_id, lock_version)
    before = (request.answered_on, request.due_on)
    values = {name: fields.get(name, getattr(request, name)) for name in ("answered_on", "due_on")}
    act = LegalAct.CHANGED
    if values["answered_on"] and not before[0]:
        act = LegalAct.ANSWERED
    elif before[0] and not values["answered_on"]:
        act = LegalAct.REOPENED
    elif values["due_on"] and values["due_on"] > before[1]:
        act = LegalAct.EXTENDED
    _write(request, fields, act, by)
    return request


@transaction.atomic
def forget_request(request_id: UUID, *, by: User, lock_version: int) -> LegalRequest:
    """Take out who asked and what exactly, once a request is answered and nobody can dispute the answer any more.

    What it was about in general, the days and the outcome stay.
    """
    _check_keeper(by)
    request = _lock(request_id, lock_version)
    if request.is_open:
        raise WrongState(_("Answer it first: what is open must be known."))
    forgotten = {"sender": _FORGOTTEN, "asked": _FORGOTTEN, "reasons": _FORGOTTEN, "extended_because": ""}
    for name, value in forgotten.items():
        setattr(request, name, value)
    _save(request, LegalAct.FORGOT, by)
    return request


def _check_keeper(by: User) -> None:
    if not policies.may_keep_register(by):
        raise NotAllowed(_("Only editors and administrators deal with requests by law."))


def _lock(request_id: UUID, lock_version: int) -> LegalRequest:
    request = LegalRequest.objects.select_for_update().get(pk=request_id)
    if request.lock_version != lock_version:
        last = request.events.select_related("person").order_by("-at", "-id").first()
        raise ChangedMeanwhile(
            _("Changed meanwhile by %(person)s. Reload the page and try again.")
            % {"person": last.person if last else ""}
        )
    request.lock_version += 1
    return request


def _write(request: LegalRequest, fields: Mapping[str, Any], act: LegalAct, by: User) -> None:
    unknown = set(fields) - set(LEGAL_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a request: {sorted(unknown)}")
    for name in fields.keys() - {"records"}:
        setattr(request, name, fields[name])
    if request.due_on is None and request.received_on:
        request.due_on = first_deadline(request.kind, request.received_on)
    _check_days(request)
    _save(request, act, by)
    if "records" in fields:
        request.records.set(fields["records"])
    if request.is_open:
        _schedule_warning(request)


def _check_days(request: LegalRequest) -> None:
    """Raise `InvalidContent` for a day that cannot be, or a deadline that was put off without a reason."""
    today, errors = timezone.now().date(), dict[str, list[str]]()
    for name in ("received_on", "answered_on"):
        day = getattr(request, name)
        if day and day > today:
            errors[name] = [_("This day is still to come.")]
    if request.received_on and request.due_on:
        latest = last_deadline(request.kind, request.received_on)
        if latest and request.due_on > latest:
            errors["due_on"] = [_("Data protection law allows no more than three months: %(day)s.") % {"day": latest}]
        elif request.due_on > first_deadline(request.kind, request.received_on) and not request.extended_because:
            errors["extended_because"] = [_("Say why it takes longer, and tell the sender.")]
    if errors:
        raise InvalidContent(_("Please correct the fields that are marked."), field_errors=errors)


def _save(request: LegalRequest, act: LegalAct, by: User) -> None:
    try:
        save_checked(request)
    except ValidationError as error:
        raise InvalidContent(
            _("Please correct the fields that are marked."), field_errors=error.message_dict
        ) from error
    LegalEvent(request=request, act=act, person=by, due_on=request.due_on).save()


# --- Deadlines --------------------------------------------------------------------


def _schedule_warning(request: LegalRequest) -> None:
    day = request.due_on - dt.timedelta(days=settings.LEGAL_WARNING_DAYS)
    moment = dt.datetime.combine(day, dt.time(6), tzinfo=dt.UTC)
    warn_when_due.using(run_after=max(moment, timezone.now())).enqueue()


@task
def warn_when_due() -> None:
    """Tell editors of what must be answered soon. It takes nothing, and may run at any time."""
    warn_of_deadlines()


@transaction.atomic
def warn_of_deadlines() -> int:
    """Tell all editors, and who deals with it, once of each request that is due soon; return how many these are."""
    soon = list(LegalRequest.objects.due_by(warned_until()).filter(warned_on__isnull=True).select_for_update())
    people = list(policies.keepers_of_register().filter(pk__in=policies.readers_of_desk()).order_by("pk"))
    for request in soon:
        Notice.objects.bulk_create(
            Notice(person=person, kind=NoticeKind.DUE, legal_request=request) for person in people
        )
    LegalRequest.objects.filter(pk__in=[request.pk for request in soon]).update(warned_on=timezone.now().date())
    if soon:
        schedule_mail(people)
    return len(soon)
