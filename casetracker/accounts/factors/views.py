"""Pages for setting up second factors: those of django-allauth, with this site's questions and records around them."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormView

from casetracker.accounts.choices import EventKind, Factor
from casetracker.accounts.factors.qr import qr_path
from casetracker.accounts.fresh import fresh_only
from casetracker.accounts.people import person_of
from casetracker.accounts.services import note

_SETTING_UP = _("Change how you sign in")


class FactorsView(IndexView):
    """What second factors a person has, and the ways to more."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether one is required, and which can be taken away."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        own = Authenticator.objects.filter(user=self.request.user).exclude(type=Factor.RECOVERY_CODES)
        required = settings.SECOND_FACTOR_REQUIRED
        return context | {"is_required": required, "may_remove": not required or own.count() > 1}


class AddAppView(ActivateTOTPView):
    """Add an app that makes codes, in place of the one that is there: its phone may be lost."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Leave out django-allauth's own, which knows no replacing. `fresh_only` and its flow ask for a fresh proof."""
        return FormView.dispatch(self, request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the picture of the secret as the path of an SVG, which needs no style and no other address."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        own = {"qr": qr_path(context["totp_url"]), "secret": context["form"].secret}
        return context | own | {"replaces": self._present().exists()}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Note it, and that this session has now shown a second factor."""
        removed, _by_model = self._present().delete()
        if removed:
            _note(self.request, EventKind.FACTOR_REMOVED, Factor.TOTP)
        response: HttpResponse = super().form_valid(form)
        _added(self.request, Factor.TOTP)
        return response

    def _present(self) -> QuerySet[Authenticator]:
        return Authenticator.objects.filter(user=self.request.user, type=Factor.TOTP)


class AddPasskeyView(AddWebAuthnView):
    """Add a passkey."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Note it, and that this session has now shown a second factor."""
        response: HttpResponse = super().form_valid(form)
        _added(self.request, Factor.WEBAUTHN)
        return response


class _Removing:
    """Where a second factor is required, the last one stays."""

    request: HttpRequest
    factor: Factor

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn back from taking the last one away."""
        own = Authenticator.objects.filter(user=request.user).exclude(type=Factor.RECOVERY_CODES)
        if settings.SECOND_FACTOR_REQUIRED and own.count() < 2:
            return HttpResponseRedirect(reverse("mfa_index"))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Note it."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        _note(self.request, EventKind.FACTOR_REMOVED, self.factor)
        return response


class RemoveAppView(_Removing, DeactivateTOTPView):
    """Take the app away."""

    factor = Factor.TOTP


class RemovePasskeyView(_Removing, RemoveWebAuthnView):
    """Take a passkey away."""

    factor = Factor.WEBAUTHN
    success_url = reverse_lazy("mfa_index")


class NewCodesView(GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones are worth nothing then."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Note it."""
        response: HttpResponse = super().form_valid(form)
        _note(self.request, EventKind.NEW_CODES, Factor.RECOVERY_CODES)
        return response


def _added(request: HttpRequest, factor: Factor) -> None:
    record_authentication(request, person_of(request), "mfa", type=str(factor), reauthenticated=True)
    _note(request, EventKind.FACTOR_ADDED, factor)


def _note(request: HttpRequest, kind: EventKind, factor: Factor) -> None:
    person = person_of(request)
    note(kind, person=person, by=person, request=request, factors=[factor])


factors_view = FactorsView.as_view()
_asking = fresh_only(_SETTING_UP)
add_app_view = _asking(AddAppView.as_view())
remove_app_view = _asking(RemoveAppView.as_view())
add_passkey_view = _asking(AddPasskeyView.as_view())
remove_passkey_view = _asking(RemovePasskeyView.as_view())
codes_view = _asking(ViewRecoveryCodesView.as_view())
new_codes_view = _asking(NewCodesView.as_view())
codes_file_view = _asking(DownloadRecoveryCodesView.as_view())
