"""System checks of the sign-in (`manage.py check --deploy`)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def check_sign_in(*, app_configs: Any, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Report a sign-in that is weaker than a real site's should be."""
    found: list[checks.CheckMessage] = []
    if not settings.SECOND_FACTOR_REQUIRED:
        found.append(
            checks.Warning(
                "A password alone opens the desk.",
                hint="Take SECOND_FACTOR_REQUIRED=0 out of the environment.",
                id="casetracker.W007",
            )
        )
    if settings.LEAKED_PASSWORDS and not Path(settings.LEAKED_PASSWORDS).is_file():
        found.append(
            checks.Error(
                "The list of leaked passwords is not where LEAKED_PASSWORDS says.",
                hint="Nobody can set a password until it is there, or until the setting is empty.",
                id="casetracker.E004",
            )
        )
    return found
