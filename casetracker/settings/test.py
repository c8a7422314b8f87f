"""Settings of the tests: quick password hashes, and a database and files of their own in a temporary folder."""

import atexit
import tempfile
from pathlib import Path

from casetracker.settings.base import *  # noqa: F403

_folder = tempfile.TemporaryDirectory(prefix="casetracker-tests-", ignore_cleanup_errors=True)
atexit.register(_folder.cleanup)
DATA_DIR = Path(_folder.name)
MEDIA_ROOT = DATA_DIR / "media"
STORAGES["captures"] = {  # noqa: F405
    "BACKEND": "casetracker.sources.storage.WriteOnceStorage",
    "OPTIONS": {"location": DATA_DIR / "captures"},
}
PACKAGES_DIR = DATA_DIR / "packages"
# Most tests are not about copies; those that are switch it on.
CAPTURE_REQUIRED = False

SECRET_KEY = "casetracker-tests-only"  # noqa: S105
CONFIDENTIAL_KEYS, CONFIDENTIAL_KEYS_FILE = ["Y2FzZXRyYWNrZXIgdGVzdHM6IGtleSBpcyBwdWJsaWM="], ""
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Counts are kept by head, and heads of two tests may look alike. Whoever empties the cache empties that of searches.
CACHES = CACHES | {"search": CACHES["default"]}  # noqa: F405
FRONT_CACHE_ASK_AFTER = 0.0  # What a test publishes is there at once, on PostgreSQL too.
# Most tests sign people in without asking; those about it switch it on.
FRESH_SIGN_IN = None
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the browser tests have no TLS
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# The live server makes a thread for each request, and nobody would close the connections of those that are over.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, not memory: only a file has the locks that races and the browser tests meet.
    DATABASES["default"] |= {  # noqa: F405
        "NAME": str(DATA_DIR / "never-used.sqlite3"),  # not the real one, should a test ever reach for it
        "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
        "OPTIONS": SQLITE_OPTIONS | {"init_command": f"{SQLITE_PRAGMAS}; PRAGMA synchronous=OFF"},  # noqa: F405
    }
