"""How the sign-in pages of django-allauth behave here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from casetracker.accounts.lockout import client_address


class AccountAdapter(DefaultAccountAdapter):
    """Administrators make accounts; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the door shut, also for a sign-up page that is added to the URLs by mistake."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Limit requests by the same address that failed sign-ins are counted by."""
        return client_address(request) or "unknown"
