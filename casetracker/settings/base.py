"""What all settings share. Values that differ between machines come from the environment."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

import casetracker
from casetracker.settings.sides import *  # noqa: F403 - first, because it takes the desk's secrets from the public side
from casetracker.settings.sides import (
    apps_of_side,
    context_of_side,
    databases_of_side,
    middleware_of_side,
    on_server,
)
from casetracker.settings.sign_in import *  # noqa: F403
from casetracker.settings.sign_in import SESSION_LONGEST

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]

# The one folder that holds what must be kept: the SQLite database and uploaded files.
DATA_DIR = Path(env.str("CASETRACKER_DATA", default="") or BASE_DIR / "data").absolute()

# --- The project -------------------------------------------------------------

DEMO = False  # shows the banner "Demonstration, not a publication" and forbids indexing
SITE_NAME = env.str("SITE_NAME", default="casetracker")  # whom citations name as the author of a record
# Part of every ETag: a new build makes cached answers stale.
BUILD = "+".join(filter(None, [casetracker.__version__, env.str("CASETRACKER_BUILD", default="")]))
ACCUSED_STATE = "CN"  # its own answers are recorded, but it is in no tally of governments
# The desk asks for another look at what nobody has confirmed for so many months.
LOOK_AGAIN_MONTHS = env.int("LOOK_AGAIN_MONTHS", default=6)
# Where e-mails send people to, such as https://cases.example.org/desk/. Without it they name no address:
# that of a request could be forged.
DESK_URL = env.str("DESK_URL", default="")
# Where errors are reported and replies are sent to, an e-mail address or a page, and within how many days they are
# answered. Each public page leads there.
CONTACT = env.str("CASETRACKER_CONTACT", default="")
REPLY_DAYS = env.int("CASETRACKER_REPLY_DAYS", default=14)
# Under which licence the data may be used: its SPDX code, its name, and where it can be read.
LICENCE_NAME = env.str("LICENCE_NAME", default="CC-BY-4.0")
LICENCE_TITLE = env.str("LICENCE_TITLE", default="Creative Commons Attribution 4.0 International")
LICENCE_URL = env.str("LICENCE_URL", default="https://creativecommons.org/licenses/by/4.0/")
# Within how many days a request to take something down is answered; and how many days before a request by law is due
# editors are told. What data protection law gives is in casetracker.review.deadlines.
TAKEDOWN_DAYS = env.int("TAKEDOWN_DAYS", default=7)
LEGAL_WARNING_DAYS = env.int("LEGAL_WARNING_DAYS", default=7)
# What seals confidential sources, newest first: in the environment, or one a line in a file. Without any, the desk
# has no confidential sources. Keep them, and a copy of them, apart from the database: see docs/operations.md.
CONFIDENTIAL_KEYS = env.list("CONFIDENTIAL_KEYS", default=[])
CONFIDENTIAL_KEYS_FILE = env.str("CONFIDENTIAL_KEYS_FILE", default="")
# Public keys of age (age1…): only their owners can open a backup. See manage.py make_backup_key.
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
# What signs the head of the log (manage.py sign_checkpoint): a key, or better a file with one. See docs/operations.md.
CHECKPOINT_KEY = env.str("CHECKPOINT_KEY", default="")
CHECKPOINT_KEY_FILE = env.str("CHECKPOINT_KEY_FILE", default="")
# What opens /metrics. Empty: nobody gets any.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# `manage.py doctor` says so when less than this is free on the disk of DATA_DIR; half of it is a fault.
DISK_FREE_LEAST = env.int("DISK_FREE_LEAST_MB", default=5_000) * 1024**2  # bytes

# --- Applications ------------------------------------------------------------

INSTALLED_APPS = [
    "casetracker.core",
    "casetracker.accounts",
    "casetracker.places",
    "casetracker.sources",
    "casetracker.publication",
    "casetracker.review",
    "stations",
    "responses",
    "casetracker.public",
    "casetracker.desk",
    "casetracker.demo",
    "casetracker.operations",
    "casetracker.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "corsheaders",
    "csp",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "rest_framework",
    "simple_history",
]
INSTALLED_APPS = apps_of_side(INSTALLED_APPS)

MIDDLEWARE = [
    # First, so that whatever fails has its number in the log.
    "casetracker.core.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "casetracker.middleware.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "casetracker.middleware.ResponseHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Behind the static files, which are compressed already.
    "casetracker.middleware.CompressionMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    # Before whatever reads the database.
    "casetracker.middleware.PublishedDatabaseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Before the language, which is that of the person. It asks for nobody until somebody asks it.
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "casetracker.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before the next one, which reads a form for its token.
    "casetracker.public.body_limit.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # Every view needs a sign-in unless it is marked with login_not_required.
    "casetracker.accounts.middleware.SignInMiddleware",
    # What a session may do that is signed in: it can be ended, too old, or lack a second factor.
    "casetracker.accounts.middleware.SessionGuardMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    # Last, because it turns the lockout of the sign-in into a response.
    "axes.middleware.AxesMiddleware",
]
MIDDLEWARE = middleware_of_side(MIDDLEWARE)

WSGI_APPLICATION = "casetracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": context_of_side(
                [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                    "casetracker.context.site",
                ]
            ),
        },
    },
]

# Form widgets come from templates/ too: see django/forms/widgets/select.html there.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database ----------------------------------------------------------------

# Whether the database role must not own the tables of the log. On for a real site, see production.py.
ROLES_APART = False
DATABASES = databases_of_side(DATA_DIR / "casetracker.sqlite3")  # see sides.py

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Language and time -------------------------------------------------------

LANGUAGE_CODE = "en"
# Of the public pages, by the first part of their address, and of the desk (casetracker.core.desk_languages.Language).
LANGUAGES = [("en", "English"), ("nl", "Nederlands"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# --- Background work ---------------------------------------------------------

# Tasks wait in the database, so that a task that a transaction enqueues is gone when that is rolled back.
# `manage.py db_worker` carries them out.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# A mail server that does not answer must not hold up the worker.
EMAIL_TIMEOUT = 30  # seconds

# --- Files -------------------------------------------------------------------

STATIC_URL = "/static/"
MEDIA_ROOT = DATA_DIR / "media"
# Archived copies of sources. Nothing serves this folder: each file goes through a view that asks who wants it.
CAPTURES_S3_BUCKET = env.str("CAPTURES_S3_BUCKET", default="")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "captures": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            # Keys come from where boto3 looks for them: the environment, or the role of the machine.
            "OPTIONS": {
                "bucket_name": CAPTURES_S3_BUCKET,
                "endpoint_url": env.str("CAPTURES_S3_ENDPOINT", default="") or None,
                "region_name": env.str("CAPTURES_S3_REGION", default="") or None,
                "location": env.str("CAPTURES_S3_FOLDER", default=""),
                "default_acl": None,
                "file_overwrite": False,
            },
        }
        if CAPTURES_S3_BUCKET
        else {
            "BACKEND": "casetracker.sources.storage.WriteOnceStorage",
            "OPTIONS": {"location": DATA_DIR / "captures"},
        }
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# No record is approved while a source that it cites has no archived copy.
CAPTURE_REQUIRED = env.bool("CAPTURE_REQUIRED", default=True)
CAPTURE_LARGEST = env.int("CAPTURE_LARGEST_MB", default=50) * 1024**2  # bytes, of one file
CAPTURE_DAILY = env.int("CAPTURE_DAILY_MB", default=2_000) * 1024**2  # bytes, of one person within a day
CAPTURE_QUOTA = env.int("CAPTURE_QUOTA_MB", default=100_000) * 1024**2  # bytes, of all together
# Data packages for download, written by `manage.py build_package`. The public side only reads this folder.
PACKAGES_DIR = Path(env.str("CASETRACKER_PACKAGES", default="") or DATA_DIR / "packages").absolute()
PACKAGES_KEPT = env.int("PACKAGES_KEPT", default=12)  # the newest; each can be cited as long as it lies there
LINK_LOOK_DAYS = env.int("LINK_LOOK_DAYS", default=30)  # between two looks at the same address
# Pairs of address and port that the fetcher may reach although they are not public. For the tests alone.
FETCHER_ALLOWED: tuple[tuple[str, int], ...] = ()
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # other sites may read the API, and nothing else

# --- Security (for signing in, see sign_in.py) --------------------------------

# How many reverse proxies of our own stand in front. Zero: X-Forwarded-For is ignored.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
# A record may have a hundred rows of each sort, and a citation alone has 14 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Other sites learn nothing from either value. The desk's forms need the first: under no-referrer
# a browser sends "Origin: null", which the CSRF check refuses. Public pages get the second.
SECURE_REFERRER_POLICY = "same-origin"
PUBLIC_REFERRER_POLICY = "no-referrer"

SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # until the browser closes
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# Anyone's page may read the API, never with cookies.
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = False
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "Last-Modified", "Retry-After", "Content-Disposition"]

# --- API ---------------------------------------------------------------------

# How long a cache may show an answer of the API while it asks for a newer one: so late, at most, a retraction is
# seen by all. 0: nothing is shown without asking.
API_STALE_SECONDS = env.int("API_STALE_SECONDS", default=30)
# Of one caller, counted by each process unless the cache is shared. 0: no limit.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=0)
# What each process keeps of its answers in front of all else, for as long as the log does not move. 0: nothing.
FRONT_CACHE_BYTES = env.int("FRONT_CACHE_MB", default=32) * 1024**2
# How old may be what it knows of the log, in seconds. A server is another process, maybe on another machine: asking it
# costs more than giving an answer that is ready.
FRONT_CACHE_ASK_AFTER = env.float("FRONT_CACHE_ASK_AFTER", default=0.01 if on_server(DATABASES) else 0.0)
# How long it gives them while the database does not answer, and nobody can tell whether the log has moved.
FRONT_CACHE_STALE_SECONDS = env.int("FRONT_CACHE_STALE_SECONDS", default=60)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Apart, so that many callers, and many searches, cannot push out what was counted for all.
    "search": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "search",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
    "throttle": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "throttle",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [],
    "URL_FORMAT_OVERRIDE": None,  # ?format= is read by casetracker.public.api.formats
    "UNAUTHENTICATED_USER": None,
    "UNAUTHENTICATED_TOKEN": None,
    "NUM_PROXIES": TRUSTED_PROXIES,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "casetracker",
    "DESCRIPTION": (
        "What was reported about covert overseas police stations, by whom, and how governments responded.\n\n"
        "What is not known is null; lists are empty instead. Addresses are relative to the host. "
        "Dates are EDTF, with the first and last day that they allow beside them. "
        "Answers change with the publication log alone: ask again with the ETag."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    # Codes stay where they are used, instead of in components with made-up names; `fields` leaves out keys.
    "POSTPROCESSING_HOOKS": [
        "casetracker.public.api.hooks.drop_enum_ids",
        "casetracker.public.api.hooks.allow_parts",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# --- Desk --------------------------------------------------------------------

IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_ESCAPE_ILLEGAL_CHARS_ON_EXPORT = True
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "add"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
# A revert in the history pages would write past the services.
SIMPLE_HISTORY_REVERT_DISABLED = True
