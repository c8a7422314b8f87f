"""Where errors are reported and replies are sent to, and what they are about."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from casetracker.places.countries import is_government

ABOUT = "about"
_REFERENCE = re.compile(r"[SRACD]-[1-9][0-9]{0,8}", re.ASCII)
_is_address = URLValidator(schemes=["https"])


@dataclass(frozen=True)
class Contact:
    """Where to write to: an e-mail address or a page, and what a link to it leads to."""

    text: str
    address: str


def is_subject(text: str | None) -> bool:
    """Tell whether a text is a reference or the code of a government. Nothing else is carried along."""
    return bool(text) and (bool(_REFERENCE.fullmatch(text or "")) or is_government(text or ""))


def contact_about(subject: str) -> Contact | None:
    """Return where to write to about something; None while the site names no address, or a wrong one."""
    text = settings.CONTACT
    if not is_contact(text):
        return None
    if text.startswith("https://"):
        return Contact(text, text)
    title = f"{settings.SITE_NAME} {subject}".strip()
    return Contact(text, f"mailto:{quote(text, safe='@')}?subject={quote(title)}")


def is_contact(text: str) -> bool:
    """Tell whether a text is an e-mail address or the address of a page."""
    try:
        if text.startswith("https://"):
            _is_address(text)
        else:
            validate_email(text)
    except ValidationError:
        return False
    return True
