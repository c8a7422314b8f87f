"""Pages of the desk about accounts: somebody's sign-ins, and second factors that were lost."""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from casetracker.accounts import services
from casetracker.accounts.fresh import confirm_first
from casetracker.accounts.models import AccountEvent, FactorRecovery, User
from casetracker.accounts.people import person_of
from casetracker.accounts.policies import may_agree, may_drop, may_keep, may_keep_accounts, may_see_recoveries
from casetracker.accounts.signed_in import places_of
from casetracker.core.errors import DomainError

ON_A_PAGE = 50


class RecoveryForm(forms.ModelForm):
    """Why somebody's second factors should go."""

    class Meta:
        """Whose they are, and who proposes it, are not for the form to say."""

        model = FactorRecovery
        fields = ("reason",)
        widgets = {"reason": forms.Textarea(attrs={"rows": 2})}  # noqa: RUF012 - Django reads it once


def account_urls(site: AdminSite) -> list[Any]:
    """Return the addresses of these pages, below that of the list of accounts."""

    def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return site.admin_view(partial(view, site=site))

    return [
        path("recoveries/", page(require_safe(recoveries_view)), name="account_recoveries"),
        path("recoveries/<int:recovery_id>/<slug:name>/", page(require_POST(recovery_act_view)), name="recovery_act"),
        path("<int:account_id>/sign-ins/", page(require_safe(sign_ins_view)), name="account_sign_ins"),
        path("<int:account_id>/sign-ins/<slug:name>/", page(require_POST(account_act_view)), name="account_act"),
    ]


def sign_ins_view(
    request: HttpRequest, *, site: AdminSite, account_id: int, form: RecoveryForm | None = None
) -> HttpResponse:
    """Show where somebody is signed in, and what happened to their account."""
    account = _account(request, account_id)
    events = AccountEvent.objects.of(account).select_related("by")
    has_factor = Authenticator.objects.filter(user=account).exists()
    context = {
        **site.each_context(request),
        "title": _("Sign-ins of %(person)s") % {"person": account},
        "account": account,
        "places": places_of(account, this=request.session.session_key),
        "page": Paginator(events, ON_A_PAGE).get_page(request.GET.get("page")),
        "log_days": settings.SIGN_IN_LOG_DAYS,
        "has_factor": has_factor,
        "recovery": FactorRecovery.objects.filter(person=account).waiting().first(),
        "form": (form or RecoveryForm(label_suffix="")) if has_factor and account != request.user else None,
    }
    return TemplateResponse(request, "desk/accounts/sign_ins.html", context)


def account_act_view(request: HttpRequest, *, site: AdminSite, account_id: int, name: str) -> HttpResponse:
    """Do something about somebody's sign-in, and come back."""
    account = _account(request, account_id)
    if name not in _ACTS:
        raise Http404
    title, act = _ACTS[name]
    form = RecoveryForm(request.POST, label_suffix="") if name == "lost" else None
    if asked := confirm_first(request, what=title, about=account, form=form):
        return asked
    if form is not None and not form.is_valid():
        request.method = "GET"
        return sign_ins_view(request, site=site, account_id=account_id, form=form)
    try:
        messages.success(request, act(request, account))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    except UserSession.DoesNotExist as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("admin:account_sign_ins", args=[account.pk]))


def _invite(request: HttpRequest, account: User) -> str:
    services.invite(account, by=person_of(request), request=request)
    return _("A link to set a password was sent to %(address)s.") % {"address": account.email}


def _end(request: HttpRequest, account: User) -> str:
    services.end_session(_key(request), by=person_of(request))
    return _("Signed out there.")


def _end_all(request: HttpRequest, account: User) -> str:
    services.end_sessions_of(account, by=person_of(request))
    return _("Signed out everywhere.")


def _lost(request: HttpRequest, account: User) -> str:
    services.propose_recovery(account, reason=request.POST.get("reason", ""), by=person_of(request))
    return _("Proposed. Another administrator or an editor must agree within a day.")


_ACTS: dict[str, tuple[Any, Callable[[HttpRequest, User], str]]] = {
    "link": (gettext_lazy("Send a link to set a password"), _invite),
    "end": (gettext_lazy("Sign out there"), _end),
    "end-all": (gettext_lazy("Sign out everywhere"), _end_all),
    "lost": (gettext_lazy("Propose to take the second factors away"), _lost),
}


def send_link(request: HttpRequest, account: User) -> None:
    """Send a new colleague the link to set a password, and say so."""
    try:
        messages.success(request, _invite(request, account))
    except DomainError as refusal:
        messages.error(request, str(refusal))


def recoveries_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """Show what waits for a second colleague, and what became of the last ones."""
    person = _second(request)
    waiting = list(FactorRecovery.objects.with_people().waiting())
    context = {
        **site.each_context(request),
        "title": _("Lost second factors"),
        "waiting": [(one, may_agree(one, person), may_drop(one, person)) for one in waiting],
        "closed": FactorRecovery.objects.with_people().exclude(closed_at=None)[:ON_A_PAGE],
    }
    return TemplateResponse(request, "desk/accounts/recoveries.html", context)


def recovery_act_view(request: HttpRequest, *, site: AdminSite, recovery_id: int, name: str) -> HttpResponse:
    """Agree to a proposal, or drop it."""
    person = _second(request)
    recovery = FactorRecovery.objects.with_people().filter(pk=recovery_id).first()
    if recovery is None or name not in _DECISIONS:
        raise Http404
    title, done, decide = _DECISIONS[name]
    if asked := confirm_first(request, what=title, about=recovery.person):
        return asked
    try:
        decide(recovery.pk, by=person)
        messages.success(request, done)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("admin:account_recoveries"))


_DECISIONS: dict[str, tuple[Any, Any, Callable[..., FactorRecovery]]] = {
    "agree": (
        gettext_lazy("Agree: take the second factors away"),
        gettext_lazy("Taken away. At the next sign-in the person sets up new ones."),
        services.agree_to_recovery,
    ),
    "drop": (gettext_lazy("Drop it"), gettext_lazy("Dropped. Nothing has changed."), services.drop_recovery),
}


def _account(request: HttpRequest, account_id: int) -> User:
    """Return an account that this person may look into."""
    person = person_of(request)
    if not may_keep_accounts(person):
        raise PermissionDenied
    account = User.objects.filter(pk=account_id).first()
    if account is None:
        raise Http404
    if not may_keep(account, person):
        raise PermissionDenied
    return account


def _second(request: HttpRequest) -> User:
    person = person_of(request)
    if not may_see_recoveries(person):
        raise PermissionDenied
    return person


def _key(request: HttpRequest) -> int:
    try:
        return forms.IntegerField(min_value=1, max_value=2**63 - 1).clean(request.POST.get("session", ""))
    except forms.ValidationError as error:
        raise UserSession.DoesNotExist from error
