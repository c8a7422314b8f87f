"""System checks of what a public site owes to those whom it names."""

from typing import Any

from django.conf import settings
from django.core import checks

from casetracker.public.pages.replying import is_contact

_HINT = "Set CASETRACKER_CONTACT to an e-mail address that is read every day, or to an https:// address of a page."


@checks.register(checks.Tags.security, deploy=True)
def check_contact(*, app_configs: Any, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Report that nobody can be told of an error, or asked for a correction."""
    found: list[checks.CheckMessage] = []
    if not settings.CONTACT:
        found.append(
            checks.Warning(
                "No address is set for reports of errors and for replies.", hint=_HINT, id="casetracker.W006"
            )
        )
    elif not is_contact(settings.CONTACT):
        found.append(
            checks.Error(
                "The address for reports of errors and for replies is none.", hint=_HINT, id="casetracker.E006"
            )
        )
    if settings.REPLY_DAYS < 1:
        hint = "Set CASETRACKER_REPLY_DAYS to the days within which you answer."
        found.append(
            checks.Error("No report of an error can be answered in that time.", hint=hint, id="casetracker.E007")
        )
    return found
