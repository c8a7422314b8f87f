"""The demonstration on one's own machine. Its accounts and its key are public: never expose it to a network."""

from casetracker.settings.base import *  # noqa: F403

DEMO = True
SECRET_KEY = "casetracker-demonstration-only-this-key-is-public"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    DATA_DIR.mkdir(parents=True, exist_ok=True)  # noqa: F405
