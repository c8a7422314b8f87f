"""A real site. ALLOWED_HOSTS, and for the desk SECRET_KEY, must be in the environment; the start fails without them.

Both sides are in one process unless CASETRACKER_SIDE says otherwise. To forget it where the public side is to stand
alone does not open the desk there: without SECRET_KEY, which that environment does not have, nothing starts.
"""

from casetracker.settings.base import *  # noqa: F403
from casetracker.settings.base import BASE_DIR, STORAGES, TRUSTED_PROXIES, env, secret_key

SECRET_KEY = secret_key()
# Old keys, so that a change of the key signs nobody out.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
# Codes of checks that somebody has decided to do without, such as casetracker.W002.
SILENCED_SYSTEM_CHECKS = env.list("SILENCED_SYSTEM_CHECKS", default=[])

ROLES_APART = True

API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=600)

# TLS everywhere. The proxy's word counts only when TRUSTED_PROXIES says that there is one: it must
# then set X-Forwarded-Proto itself and drop what a caller sent.
SECURE_SSL_REDIRECT = True
# Asked for by programs on the same machine or network, past the proxy.
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=63_072_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Everybody at the desk has a second factor. Without it they can do nothing but set one up.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)

# The prefix makes browsers refuse these cookies from a sister domain or without TLS.
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

# To stderr, where the service manager keeps it: one JSON object a line, with nothing of people and records in it.
LOG_REQUESTS = env.bool("LOG_REQUESTS", default=True)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "casetracker.core.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "casetracker.requests": {"level": "INFO" if LOG_REQUESTS else "WARNING"},
        # Django would write these past the formatter, or a second time.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # What was not found or not allowed has its line already.
        "django.request": {"level": "ERROR"},
        # Whatever the level of the rest: at DEBUG this one writes out all that a page was made of.
        "django.template": {"level": "INFO"},
    },
}

# Static files are collected once (`manage.py collectstatic`) and named by their content.
WHITENOISE_USE_FINDERS = False
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

# Password resets and e-mails about notices go out by this server, for example smtp+tls://user:password@mail.example.org:587
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
