"""How the sign-in pages of django-allauth behave here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import activate, get_language, override

from casetracker.accounts.models import User
from casetracker.core.clients import client_address
from casetracker.core.desk_languages import language_for


class AccountAdapter(DefaultAccountAdapter):
    """Administrators make accounts; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the door shut, also for a sign-up page that is added to the URLs by mistake."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and speak the language of this person from now on: the answer greets them."""
        super().login(request, user)
        activate(language_for(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language that the person has chosen, whoever asked for the mail and from where."""
        person = context.get("user")
        with override((person and person.language) or get_language()):
            super().send_mail(template_prefix, email, context)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Limit requests by the same address that failed sign-ins are counted by."""
        return client_address(request) or "unknown"
