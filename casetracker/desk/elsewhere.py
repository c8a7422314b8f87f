"""What answers at a public address where the desk stands apart."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def elsewhere(request: HttpRequest, **_kwargs: object) -> HttpResponseRedirect:
    """Lead to the same address of the public side, if we know where it is. Raises `Http404` if not."""
    if not settings.PUBLIC_URL:
        raise Http404
    return HttpResponseRedirect(settings.PUBLIC_URL + request.get_full_path())
