"""Addresses of second factors, under the names that django-allauth knows them by."""

from allauth.mfa.base.views import authenticate
from allauth.mfa.webauthn.views import login_webauthn
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from casetracker.accounts.factors import views

urlpatterns = [
    path("", views.factors_view, name="mfa_index"),
    path("check/", authenticate, name="mfa_authenticate"),
    path("app/add/", views.add_app_view, name="mfa_activate_totp"),
    path("app/remove/", views.remove_app_view, name="mfa_deactivate_totp"),
    path("passkeys/add/", views.add_passkey_view, name="mfa_add_webauthn"),
    path("passkeys/sign-in/", login_not_required(login_webauthn), name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/remove/", views.remove_passkey_view, name="mfa_remove_webauthn"),
    path("codes/", views.codes_view, name="mfa_view_recovery_codes"),
    path("codes/new/", views.new_codes_view, name="mfa_generate_recovery_codes"),
    path("codes/file/", views.codes_file_view, name="mfa_download_recovery_codes"),
]
