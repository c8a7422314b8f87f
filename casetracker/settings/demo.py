"""The demonstration on one's own machine. Its accounts and its key are public: never expose it to a network."""

from casetracker.settings.base import *  # noqa: F403

DEMO = True
SECRET_KEY = "casetracker-demonstration-only-this-key-is-public"  # noqa: S105
CONFIDENTIAL_KEYS, CONFIDENTIAL_KEYS_FILE = ["Y2FzZXRyYWNrZXI6IHRoaXMga2V5IGlzIHB1YmxpYyE="], ""  # public too
CONTACT = "corrections@casetracker.example"  # nobody's
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on one's own machine, without TLS

# Names of their own: the demonstration can be thrown away, and must never be a real site's data.
MEDIA_ROOT = DATA_DIR / "demo-media"  # noqa: F405
STORAGES["captures"] = {  # noqa: F405
    "BACKEND": "casetracker.sources.storage.WriteOnceStorage",
    "OPTIONS": {"location": DATA_DIR / "demo-captures"},  # noqa: F405
}
PACKAGES_DIR = DATA_DIR / "demo-packages"  # noqa: F405
# The reference data name their sources, and have no copies of them.
CAPTURE_REQUIRED = False
DATA_DIR.mkdir(parents=True, exist_ok=True)  # noqa: F405
DATABASES = databases_of_side(DATA_DIR / "demo.sqlite3")  # noqa: F405
