"""How the sign-in pages of django-allauth behave here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as allauth_context
from django.http import HttpRequest
from django.utils.translation import activate, get_language, override

from casetracker.accounts.choices import EventKind, Factor
from casetracker.accounts.fresh import is_fresh
from casetracker.accounts.lockout import counted_name
from casetracker.accounts.models import User
from casetracker.accounts.services.events import note
from casetracker.core.clients import client_address
from casetracker.core.desk_languages import language_for

_NO_ADDRESS = "::"  # "unspecified": a Unix socket tells none, and the list of sessions wants one


class AccountAdapter(DefaultAccountAdapter):
    """Administrators make accounts; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the door shut, also for a sign-up page that is added to the URLs by mistake."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and speak the language of this person from now on: the answer greets them."""
        super().login(request, user)
        activate(language_for(request))
        records = get_authentication_records(request, user)
        factors = [record.get("type", Factor.PASSWORD) for record in records]
        note(EventKind.SIGNED_IN, person=user, by=user, request=request, factors=factors)

    def logout(self, request: HttpRequest) -> None:
        """Sign out."""
        if isinstance(request.user, User):
            note(EventKind.SIGNED_OUT, person=request.user, by=request.user, request=request)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password. Somebody who is signed in and confirms who they are is noted where they are asked."""
        if not request.user.is_authenticated:
            person = User.objects.filter(username__iexact=counted_name(request, credentials)).first()
            note(EventKind.FAILED, person=person, by=None, request=request)

    def set_password(self, user: User, password: str) -> None:
        """Note that the password is another."""
        super().set_password(user, password)
        note(EventKind.PASSWORD_CHANGED, person=user, by=user, request=allauth_context.request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Tell django-allauth who has just proved who they are: one rule for its pages and ours."""
        return not is_fresh(allauth_context.request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language that the person has chosen, whoever asked for the mail and from where."""
        person = context.get("user")
        with override((person and person.language) or get_language()):
            super().send_mail(template_prefix, email, context)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Limit requests by the same address that failed sign-ins are counted by."""
        return client_address(request) or _NO_ADDRESS
