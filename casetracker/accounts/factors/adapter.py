"""How django-allauth keeps second factors here: sealed, and named in the desk's languages."""

import base64
import hashlib
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

from casetracker.accounts.models import User

_PURPOSE = b"casetracker second factors"


class FactorAdapter(DefaultMFAAdapter):
    """A copy of the database alone must not make codes: secrets are sealed with a key made from SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        """Seal a secret of an app, or that of recovery codes."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again, also if it was sealed with one of SECRET_KEY_FALLBACKS."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """Name the site in the app. On a lost phone it tells no more than that."""
        return str(settings.SITE_NAME)

    def get_totp_label(self, user: User) -> str:
        """Name the account by its user name: an e-mail address would tell a finder who it is."""
        return user.username

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 - django-allauth's name
        """Propose a name for a passkey."""
        return _("My passkey")

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Name the account on the passkey by its user name alone, for the same reason."""
        return super().get_public_key_credential_user_entity(user) | {
            "name": user.username,
            "display_name": user.username,
        }


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    digest = hashlib.blake2b(force_bytes(secret), key=_PURPOSE, digest_size=32).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
