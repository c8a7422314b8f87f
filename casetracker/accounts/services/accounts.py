"""Adding and changing accounts."""

import smtplib
from collections.abc import Iterable

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casetracker.accounts.choices import EventKind
from casetracker.accounts.models import User
from casetracker.accounts.policies import may_change_access, may_keep, may_keep_accounts
from casetracker.accounts.services.events import note
from casetracker.accounts.services.sessions import end_all
from casetracker.core.errors import DomainError, InvalidContent, NotAllowed


class MailNotSent(DomainError):
    """The mail server did not take an e-mail. What was saved before stays saved."""


@transaction.atomic
def save_account(account: User, *, roles: Iterable[Group] | None, by: User) -> User:
    """Add an account, or change it; `roles` is None where they stay. The person has no password until they set one.

    Whoever gets other roles, another name to sign in with, or is switched off, is signed out everywhere: no page
    that is open goes on with rights that are gone. Raises `NotAllowed` and `InvalidContent`.
    """
    is_new = account.pk is None
    before = None if is_new else User.objects.select_for_update().get(pk=account.pk)
    if not (may_keep_accounts(by) if before is None else may_keep(before, by)):
        raise NotAllowed(_("Only an administrator keeps accounts, and only a superuser that of a superuser."))
    old = set() if before is None else set(before.groups.values_list("pk", flat=True))
    new = old if roles is None else {group.pk for group in roles}
    is_other = new != old or (before is not None and _access(before) != _access(account))
    if before is not None and is_other and not may_change_access(before, by):
        raise NotAllowed(_("Ask another administrator: nobody changes their own roles or access."))
    if is_new:
        account.set_unusable_password()
    try:
        account.full_clean()
    except ValidationError as error:
        raise InvalidContent("\n".join(error.messages), field_errors=error.message_dict) from error
    account.save()
    account.groups.set(new)
    if is_other:
        note(EventKind.ACCESS_CHANGED, person=account, by=by)
        end_all(account, by=by)
    return account


def _access(account: User) -> tuple[object, ...]:
    return account.is_active, account.username, account.is_superuser


def invite(account: User, *, by: User, request: HttpRequest) -> None:
    """Send a person a link with which they set their own password: nobody else ever knows it.

    Raises `NotAllowed`, `InvalidContent` without an e-mail address, `MailNotSent`.
    """
    if not may_keep(account, by):
        raise NotAllowed(_("Only an administrator invites, and only a superuser a superuser."))
    if not (account.is_active and account.email):
        raise InvalidContent(_("Note the person's e-mail address first, and see that the account is active."))
    adapter = get_adapter(request)
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(account)
    link = adapter.get_reset_password_from_key_url(f"{user_pk_to_url_str(account)}-{token}")
    try:
        adapter.send_mail("account/email/invitation", account.email, {"user": account, "link": link})
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotSent(
            _("The e-mail could not be sent. The account is there: send the link again when the mail server answers.")
        ) from error
    note(EventKind.INVITED, person=account, by=by)
