"""How people sign in, how long that holds, and what is kept of it. A part of the base settings."""

from datetime import timedelta

import environ

env = environ.Env()

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    # First, so that a locked-out attempt never reaches the password check.
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_MIN_LENGTH = 15
# A sorted file of the SHA-1 digests of leaked passwords, such as that of Have I Been Pwned. Empty: none is looked up.
LEAKED_PASSWORDS = env.str("LEAKED_PASSWORDS", default="")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if LEAKED_PASSWORDS:
    AUTH_PASSWORD_VALIDATORS.append(
        {"NAME": "casetracker.accounts.passwords.LeakedPasswordValidator", "OPTIONS": {"path": LEAKED_PASSWORDS}}
    )
# How long the link works with which somebody sets a password.
PASSWORD_RESET_TIMEOUT = int(timedelta(days=1).total_seconds())
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"

ACCOUNT_ADAPTER = "casetracker.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses that strangers type in
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False  # signed out when the browser closes
# Failed sign-ins are counted by axes alone, because a count by name only would let anyone lock anyone out.
ACCOUNT_RATE_LIMITS = {"login_failed": None}
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(timedelta(minutes=15).total_seconds())

# Whoever signs in must have a second factor. On for a real site, see production.py.
SECOND_FACTOR_REQUIRED = False
# How lately somebody must have proved who they are to approve, publish, retract or change rights. None: at any time.
FRESH_SIGN_IN: timedelta | None = timedelta(minutes=15)
SESSION_IDLE = timedelta(minutes=30)  # without use: then one confirms who one is, and goes on
SESSION_LONGEST = timedelta(hours=12)  # then one signs in anew
SIGN_IN_LOG_DAYS = env.int("SIGN_IN_LOG_DAYS", default=90)

MFA_ADAPTER = "casetracker.accounts.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # administrators note the addresses; nobody signs up with one
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds, before and after: clocks differ
MFA_FORMS = {
    "authenticate": "casetracker.accounts.factors.forms.CodeForm",
    "authenticate_webauthn": "casetracker.accounts.factors.forms.PasskeyForm",
    "login_webauthn": "casetracker.accounts.factors.forms.PasskeyAloneForm",
    "add_webauthn": "casetracker.accounts.factors.forms.AddPasskeyForm",
}

AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_USERNAME_CALLABLE = "casetracker.accounts.lockout.counted_name"
AXES_CLIENT_IP_CALLABLE = "casetracker.core.clients.client_address"
AXES_ALLOWED_CORS_ORIGINS = ""
AXES_DISABLE_ACCESS_LOG = True  # the sign-in log is ours: accounts.models.AccountEvent
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
