"""What can happen to an account, and by what a person proves who they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What happened. Each is a whole sentence about the account, as its owner reads it."""

    SIGNED_IN = "signed_in", _("Signed in")
    FAILED = "failed", _("Failed to sign in: wrong password")
    FAILED_FACTOR = "failed_factor", _("Failed to sign in: right password, wrong second factor")
    CONFIRMED = "confirmed", _("Confirmed who they are")
    FAILED_CONFIRMATION = "failed_confirmation", _("Failed to confirm who they are")
    SIGNED_OUT = "signed_out", _("Signed out")
    ENDED = "ended", _("Signed out elsewhere")
    INVITED = "invited", _("Sent a link to set a password")
    PASSWORD_CHANGED = "password_changed", _("Changed the password")
    FACTOR_ADDED = "factor_added", _("Added a second factor")
    FACTOR_REMOVED = "factor_removed", _("Removed a second factor")
    NEW_CODES = "new_codes", _("Made new recovery codes")
    ACCESS_CHANGED = "access_changed", _("Had roles or access changed")
    RECOVERY_PROPOSED = "recovery_proposed", _("Is to lose the second factors, because one was lost")
    RECOVERED = "recovered", _("Lost the second factors, because two colleagues agreed")


class Factor(models.TextChoices):
    """By what a person proved who they are. The values but the first are the types of django-allauth."""

    PASSWORD = "password", _("password")
    TOTP = "totp", _("code of an app")
    WEBAUTHN = "webauthn", _("passkey")
    RECOVERY_CODES = "recovery_codes", _("recovery code")
