"""Which side a process serves, what it has installed for that, and which databases it reaches.

`public`: what anyone may read. No desk, no sign-in, no sessions, no secret of the desk, and one connection that can
read published tables and nothing else. `desk`: what staff see. `all`: both in one process. A part of the base settings.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

SIDES = ("public", "desk", "all")
SIDE = env.str("CASETRACKER_SIDE", default="all")
if SIDE not in SIDES:
    raise ImproperlyConfigured(f"CASETRACKER_SIDE is “{SIDE}”. Set it to one of these: {', '.join(SIDES)}.")
IS_PUBLIC = SIDE == "public"
IS_DESK = SIDE == "desk"

ROOT_URLCONF = f"casetracker.urls.{SIDE}"
# Where readers find the public side, such as https://cases.example.org: the desk, when it stands apart, leads there.
PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/")

# --- Secrets -------------------------------------------------------------------

if IS_PUBLIC and env.str("DATABASE_URL", default="") and not env.str("PUBLIC_DATABASE_URL", default=""):
    raise ImproperlyConfigured(
        "The public side has a connection of its own: set PUBLIC_DATABASE_URL, and take DATABASE_URL out of its "
        "environment."
    )

_SECRETS_OF_THE_DESK = (
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "DATABASE_URL",
    "CONFIDENTIAL_KEYS",
    "CONFIDENTIAL_KEYS_FILE",
    "CHECKPOINT_KEY",
    "CHECKPOINT_KEY_FILE",
    "EMAIL_URL",
)
# Those that the public side was given all the same. No setting reads them there; a check asks to take them away.
SECRETS_OUT_OF_PLACE = [name for name in _SECRETS_OF_THE_DESK if IS_PUBLIC and os.environ.pop(name, None)]


def secret_key() -> str:
    """Return the key of this side.

    The public side signs nothing. Its key only keeps the counters of callers from telling addresses, so one that a
    process makes for itself will do; PUBLIC_SECRET_KEY is for processes that share a cache.
    """
    if not IS_PUBLIC:
        return env.str("SECRET_KEY")
    return env.str("PUBLIC_SECRET_KEY", default="") or secrets.token_urlsafe(50)


# --- Applications --------------------------------------------------------------

_PUBLIC_APPS = {
    "casetracker.core",
    "casetracker.places",
    "casetracker.publication",
    "casetracker.public",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "corsheaders",
    "csp",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
}
_PUBLIC_MIDDLEWARE = {
    "casetracker.core.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "casetracker.middleware.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "casetracker.middleware.ResponseHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "casetracker.middleware.CompressionMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "casetracker.middleware.PublishedDatabaseMiddleware",
    "casetracker.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "casetracker.public.body_limit.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",  # It sets no cookie while no page asks for a token.
}
_PUBLIC_CONTEXT = {"django.template.context_processors.request", "casetracker.context.site"}
_NOT_FOR_THE_DESK = {"corsheaders.middleware.CorsMiddleware", "casetracker.middleware.PublishedDatabaseMiddleware"}


def apps_of_side(names: list[str]) -> list[str]:
    """Return the apps that this side installs."""
    return [name for name in names if not IS_PUBLIC or name in _PUBLIC_APPS]


def middleware_of_side(names: list[str]) -> list[str]:
    """Return the middleware that this side runs."""
    if IS_DESK:
        return [name for name in names if name not in _NOT_FOR_THE_DESK]
    return [name for name in names if not IS_PUBLIC or name in _PUBLIC_MIDDLEWARE]


def context_of_side(names: list[str]) -> list[str]:
    """Return what all templates of this side are given."""
    return [name for name in names if not IS_PUBLIC or name in _PUBLIC_CONTEXT]


# --- Databases -----------------------------------------------------------------

_SQLITE = "django.db.backends.sqlite3"
# IMMEDIATE takes the write lock at the start of a transaction: two approvers queue up instead of
# failing halfway. recursive_triggers makes INSERT OR REPLACE fire the append-only triggers.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON"
)
SQLITE_OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS}
# Opening one costs more than most answers; on SQLite too, which then reads its pragmas and the whole schema.
_CONN_MAX_AGE = env.int("CONN_MAX_AGE", default=60)
# A server that is away must not hold up whoever asks: seconds until it is given up, milliseconds for a lost one.
_PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 10_000}

PUBLIC_DATABASE_URL = env.str("PUBLIC_DATABASE_URL", default="")
# The connection that public pages read from. Apart from the desk's, it can read published tables alone.
PUBLIC_DB_ALIAS = "public" if IS_PUBLIC or (PUBLIC_DATABASE_URL and not IS_DESK) else "default"
DATABASE_ROUTERS = ["casetracker.core.published.PublishedRouter"]


def databases_of_side(file: Path) -> dict[str, dict[str, Any]]:
    """Return what this side connects to; `file` is the SQLite database if the environment names no other.

    Without a default connection (an empty one) whatever forgets which side it is on fails at once.
    """
    local = f"sqlite:///{file}"
    found: dict[str, dict[str, Any]] = {"default": {} if IS_PUBLIC else _writing(_parsed("DATABASE_URL", local))}
    if PUBLIC_DB_ALIAS == "public":
        found["public"] = for_reading(_parsed("PUBLIC_DATABASE_URL", local))
    return found


def on_server(databases: dict[str, dict[str, Any]]) -> bool:
    """Tell whether public pages are read from a server, and not from a file."""
    return "sqlite" not in databases[PUBLIC_DB_ALIAS]["ENGINE"]


def _parsed(name: str, otherwise: str) -> dict[str, Any]:
    return dict(env.db_url_config(env.str(name, default="") or otherwise))


def _writing(database: dict[str, Any]) -> dict[str, Any]:
    # ATOMIC_REQUESTS stays off: with IMMEDIATE, every page view would take the write lock.
    if database["ENGINE"] == _SQLITE:
        return {**database, "OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": _CONN_MAX_AGE}
    return _on_server(database)


def for_reading(database: dict[str, Any]) -> dict[str, Any]:
    """Return a database as the public side connects to it. What a role of PostgreSQL may read is the role's own."""
    if database["ENGINE"] != _SQLITE:
        return _on_server(database)
    return {
        **database,
        "ENGINE": "casetracker.core.published_sqlite",
        "NAME": f"file:{quote(database['NAME'])}?mode=ro",
        "OPTIONS": {"timeout": 20, "init_command": "PRAGMA query_only=ON"},
        "CONN_MAX_AGE": _CONN_MAX_AGE,
    }


def _on_server(database: dict[str, Any]) -> dict[str, Any]:
    options = {**_PATIENCE, **database.get("OPTIONS", {})}
    return {**database, "CONN_MAX_AGE": _CONN_MAX_AGE, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
