"""The WSGI application; production settings apply unless DJANGO_SETTINGS_MODULE says otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetracker.settings.production")

django_application = get_wsgi_application()

from django.db import connections  # noqa: E402 - as below

from casetracker.core.append_only import require_triggers  # noqa: E402 - needs the app registry
from casetracker.public.front_cache import FrontCache  # noqa: E402 - so does this

application = FrontCache(django_application)

# A process that serves a log which somebody can rewrite is worse than one that does not start.
require_triggers()
connections.close_all()  # The process may fork; its workers open connections of their own.
