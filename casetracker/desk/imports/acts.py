"""What can be done with an import on its page. Each does it, or returns the form that must be corrected."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent
from casetracker.desk.exchange.tasks import import_soon, plan_soon
from casetracker.desk.imports.forms import AnswerForm, ConfirmForm, answer_form
from casetracker.review.choices import ImportState
from casetracker.review.models import Import
from casetracker.review.services.uploads import answer_import, cancel_import, restart_import, wrong_state

Act = Callable[[HttpRequest, Import, User], AnswerForm | None]


def _answer(request: HttpRequest, upload: Import, person: User) -> AnswerForm | None:
    """Answer what the file leaves open, and plan it."""
    is_possible = upload.state in (ImportState.ASKING, ImportState.PLANNED)
    form = answer_form(upload, request.POST) if is_possible else None
    if form is None:
        raise wrong_state(upload)
    if not form.is_valid():
        messages.error(request, _("Please correct what is marked."))
        return form
    form.carry_out(person)
    plan_soon(upload)
    return None


def _confirm(request: HttpRequest, upload: Import, person: User) -> None:
    """Import what the plan showed."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise InvalidContent(_("What was sent is incomplete, so nothing was imported. Look at the plan again."))
    form.carry_out(upload, person)
    import_soon(upload)


def _again(_request: HttpRequest, upload: Import, person: User) -> None:
    """Plan again with the records as they are now; take up what somebody left lying."""
    if upload.state == ImportState.PLANNED:
        answer_import(upload.pk, by=person)
    elif restart_import(upload.pk, by=person).state == ImportState.PLANNED:
        return
    plan_soon(upload)


def _cancel(request: HttpRequest, upload: Import, person: User) -> None:
    """Give the file up."""
    cancel_import(upload.pk, by=person)
    messages.success(request, _("Cancelled. Nothing was written, and the file is not kept."))


ACTS: Mapping[str, Act] = {"answer": _answer, "confirm": _confirm, "again": _again, "cancel": _cancel}
