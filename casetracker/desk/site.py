"""The admin site of the desk."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from casetracker.accounts.models import FactorRecovery
from casetracker.accounts.people import person_of
from casetracker.accounts.policies import may_see_recoveries
from casetracker.accounts.roles import Role, roles_of
from casetracker.desk.entry.autocomplete import AutocompleteView
from casetracker.desk.queues import boxes_for
from casetracker.desk.releases.reading import pending_releases
from casetracker.review.choices import Action
from casetracker.review.deadlines import requests_due
from casetracker.review.kinds import all_kinds
from casetracker.review.models import ErasureRequest
from casetracker.review.policies import (
    DESK_ROLES,
    has_role_for,
    may_keep_register,
    may_log,
    may_read_confidential,
    may_read_desk,
    may_release,
)


class DeskSite(admin.AdminSite):
    """Open to active people with a role. A superuser gets in too, but holds no role by that."""

    site_title = _("casetracker desk")
    site_header = _("casetracker desk")
    index_title = _("Desk")
    enable_nav_sidebar = False  # The header has the few lists there are, and tables need the width.
    index_template = "desk/index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether this person may use the desk at all."""
        user = request.user
        return user.is_active and (user.is_superuser or bool(roles_of(user) - {Role.CLEARED}))

    def get_urls(self) -> list[Any]:
        """Add the desk's own pages. They come first: the admin's last address takes whatever is left."""
        # By name, because its views need the admin pages, which register here first.
        return [path("", include("casetracker.desk.urls")), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Say which of the desk's own pages this person may open, beside those of the admin."""
        person = person_of(request)
        own = {
            "reads_desk": bool(roles_of(request.user) & DESK_ROLES),
            "may_import": may_log(person),
            "reads_confidential": may_read_confidential(person),
        }
        return {**super().each_context(request), **own}

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        """Find what a field can point to, or offer to log it."""
        return AutocompleteView.as_view(admin_site=self)(request)

    def index(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> TemplateResponse:
        """Show the queues of this person."""
        person = person_of(request)
        boxes = boxes_for(person) if may_read_desk(person) else []
        context = {
            "boxes": boxes,
            "may_log": may_log(person),
            "kinds": _kinds_to_log(),
            "releases": pending_releases() if may_release(person) else [],
            "erasures": ErasureRequest.objects.waiting_for(person) if has_role_for(Action.ERASE, person) else (),
            "legal_due": requests_due() if may_keep_register(person) else 0,
            "recoveries": FactorRecovery.objects.waiting().count() if may_see_recoveries(person) else 0,
        }
        return super().index(request, {**context, **(extra_context or {})})

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Send people to the one page where a password is changed."""
        return HttpResponseRedirect(reverse("account_change_password"))

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Send people to the one sign-in page of the site; Django's own form is never shown.

        Raises PermissionDenied for someone who is signed in but has no role: another sign-in page
        would tell them nothing.
        """
        target = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
            target = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return HttpResponseRedirect(target)
        if request.user.is_authenticated:
            raise PermissionDenied(_("You have no role at the desk. Ask an administrator for one."))
        return redirect_to_login(target)


def _kinds_to_log() -> list[dict[str, object]]:
    return [
        {
            "label": kind.label,
            "add_url": reverse(f"admin:{kind.model._meta.app_label}_{kind.model._meta.model_name}_add"),
        }
        for kind in all_kinds()
    ]
