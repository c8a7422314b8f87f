"""Health and metrics. They know no session, and tell nothing of records and people."""

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from casetracker.core.append_only import missing_triggers
from casetracker.operations.monitoring.gauges import Gauges
from casetracker.publication.reading import current_head

_TEXT = "text/plain; charset=utf-8"


@login_not_required
@require_safe
@never_cache
def live(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers. Restart it if not."""
    return HttpResponse("ok\n", content_type=_TEXT)


@login_not_required
@require_safe
@never_cache
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether the process can work: its database answers, and the log has its triggers. Send nobody here if not."""
    try:
        current_head()
        is_ready = not missing_triggers()
    except (DatabaseError, ImproperlyConfigured):
        is_ready = False
    if is_ready:
        return HttpResponse("ok\n", content_type=_TEXT)
    return HttpResponse("not ready: run manage.py doctor\n", status=503, content_type=_TEXT)


@login_not_required
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the figures to whoever has the token. For all others there is no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Gauges())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
