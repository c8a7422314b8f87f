"""One's own account: second factors, where one is signed in, and what happened."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from casetracker.accounts import services
from casetracker.accounts.models import AccountEvent
from casetracker.accounts.people import person_of
from casetracker.accounts.signed_in import places_of

ON_A_PAGE = 50


@require_safe
def overview_view(request: HttpRequest) -> HttpResponse:
    """Show the places where one is signed in, and the sign-in log."""
    person = person_of(request)
    events = AccountEvent.objects.of(person).select_related("by")
    context = {
        "places": places_of(person, this=request.session.session_key),
        "page": Paginator(events, ON_A_PAGE).get_page(request.GET.get("page")),
        "log_days": settings.SIGN_IN_LOG_DAYS,
    }
    return render(request, "account/overview.html", context)


@require_POST
def end_session_view(request: HttpRequest, *, session_id: int) -> HttpResponse:
    """Sign out in one other place."""
    try:
        services.end_session(session_id, by=person_of(request))
    except UserSession.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Signed out there."))
    return HttpResponseRedirect(reverse("account_overview"))


@require_POST
def end_others_view(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = services.end_other_sessions(by=person_of(request), this=request.session.session_key or "")
    done = ngettext("Signed out in %(count)d other place.", "Signed out in %(count)d other places.", ended)
    messages.success(request, done % {"count": ended})
    return HttpResponseRedirect(reverse("account_overview"))
