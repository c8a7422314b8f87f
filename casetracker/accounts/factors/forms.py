"""Asking for a second factor: counted, so that nobody tries all codes, and each code good for one time."""

import hashlib
import struct
import time
from collections.abc import Callable
from typing import Any

from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.core import context
from allauth.mfa.app_settings import _app_settings as mfa_settings
from allauth.mfa.base.forms import AuthenticateForm as DefaultCodeForm
from allauth.mfa.base.forms import ReauthenticateForm as DefaultCodeAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm as DefaultPasskeyForm
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm as DefaultPasskeyAgainForm
from axes.handlers.proxy import AxesProxyHandler
from cryptography.exceptions import InvalidSignature
from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.accounts.choices import EventKind
from casetracker.accounts.services.events import note


class _Counted:
    """Count what fails by name and address, with failed passwords: see casetracker.accounts.lockout."""

    failure = EventKind.FAILED_FACTOR
    user: Any
    code_field: str

    def checked(self, check: Any) -> Any:
        """Run a check of what was given, unless too many failed already."""
        request, credentials = context.request, {"username": self.user.username}
        if not AxesProxyHandler.is_allowed(request, credentials):
            raise forms.ValidationError(_("Too many attempts from your address. Wait fifteen minutes and try again."))
        try:
            return check()
        except forms.ValidationError:
            AxesProxyHandler.user_login_failed(sender=type(self), credentials=credentials, request=request)
            note(self.failure, person=self.user, by=None, request=request)
            raise


class _Code(_Counted):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what a code is, and ask a phone for its number keys."""
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.label = gettext_lazy("Code")
        field.help_text = gettext_lazy("Six digits from your app, or one of your recovery codes.")
        field.max_length = 20
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        """Accept a code that is right, and has not been used."""
        code: str = self.checked(self._right_code)
        return code

    def _right_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        authenticator = self.authenticator  # type: ignore[attr-defined]
        if authenticator.type == Authenticator.Type.TOTP and not _spend(authenticator, code):
            raise forms.ValidationError(_("This code has been used. Wait for the next one."))
        return code


class CodeForm(_Code, DefaultCodeForm):
    """A code, to sign in."""


class CodeAgainForm(_Code, DefaultCodeAgainForm):
    """A code, from somebody who is signed in."""

    failure = EventKind.FAILED_CONFIRMATION


# What the packages that read it break on.
_BREAKS = (ArithmeticError, AttributeError, InvalidSignature, LookupError, TypeError, ValueError, struct.error)


def _understood(read: Callable[[], Any]) -> Any:
    """Read what a browser says of a passkey. Nonsense is refused like a false answer, whatever it breaks on."""
    try:
        return read()
    except _BREAKS as error:
        raise forms.ValidationError(_("This passkey gave no answer that fits. Try again.")) from error


class _Passkey(_Counted):
    def clean_credential(self) -> Authenticator:
        """Accept the answer of a passkey of this person."""
        read = super().clean_credential  # type: ignore[misc]
        found: Authenticator = self.checked(lambda: _understood(read))
        return found


class PasskeyAloneForm(LoginWebAuthnForm):
    """A passkey in place of name and password. It names the person itself, and has asked them for a PIN or a finger."""

    def clean_credential(self) -> Authenticator:
        """Accept the answer of any passkey that may do this. Nothing can be guessed, so nothing is counted."""
        found: Authenticator = _understood(super().clean_credential)
        return found


class PasskeyForm(_Passkey, DefaultPasskeyForm):
    """A passkey after the password, to sign in."""


class PasskeyAgainForm(_Passkey, DefaultPasskeyAgainForm):
    """A passkey, from somebody who is signed in."""

    failure = EventKind.FAILED_CONFIRMATION


class PasswordAgainForm(PasswordForm):
    """The password, from somebody who is signed in and has no second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out django-allauth's placeholder: the label says it."""
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label, field.help_text = gettext_lazy("Password"), ""
        field.widget.attrs = {"autocomplete": "current-password"}


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey, under a name that tells its owner which it is."""

    name = forms.CharField(label=gettext_lazy("Name of the passkey"), required=False, max_length=60)
    passwordless = forms.BooleanField(
        label=gettext_lazy("Sign in with it alone, without the password"),
        required=False,
        help_text=gettext_lazy("It must then ask for a PIN, a finger or a face each time."),
    )

    def clean(self) -> dict[str, Any]:
        """Accept a passkey that was made for this page."""
        cleaned: dict[str, Any] = _understood(super().clean)
        return cleaned


@transaction.atomic
def _spend(authenticator: Authenticator, code: str) -> bool:
    """Note that a code was used, where every process sees it; False if it had been."""
    locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    good_for = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
    now = int(time.time())
    spent = {digest: at for digest, at in locked.data.get("spent", {}).items() if now - at < good_for}
    digest = hashlib.sha256(code.replace(" ", "").encode()).hexdigest()[:16]
    if digest in spent:
        return False
    locked.data["spent"] = {**spent, digest: now}
    locked.save(update_fields=["data"])
    return True
