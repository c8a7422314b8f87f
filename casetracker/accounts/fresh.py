"""Asking people who are signed in to prove again that it is them: after a pause, and before what cannot be undone.

The page that asks carries what was typed, and posts to the same address. Once the answer is right, what was typed is
shown with a button, and nothing is done until that is pressed: see `casetracker.accounts.middleware`.
"""

import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from casetracker.accounts.choices import EventKind, Factor
from casetracker.accounts.factors.forms import CodeAgainForm, PasskeyAgainForm, PasswordAgainForm
from casetracker.accounts.models import User
from casetracker.accounts.people import person_of
from casetracker.accounts.services.events import note
from casetracker.core.posted import typed_in

# What the page that asks adds to what was typed.
ANSWER, ABOUT, GOING = "_confirm", "_confirm_about", "_confirm_going"
_OWN = frozenset({ANSWER, ABOUT, GOING})
_SALT = "casetracker.accounts.fresh"


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person has proved who they are within the last minutes."""
    if settings.FRESH_SIGN_IN is None:
        return True
    records = get_authentication_records(request, person_of(request))
    return bool(records) and time.time() - records[-1]["at"] < settings.FRESH_SIGN_IN.total_seconds()


def confirm_first(
    request: HttpRequest, *, what: Any, about: Any = "", form: forms.BaseForm | None = None
) -> HttpResponse | None:
    """Return the page that asks to confirm before an act; None if the person has just done so.

    `what` is the act as its button names it, `about` what it is done to, `form` what was typed for it.
    """
    if is_fresh(request):
        return None
    shown = _typed(form) if form is not None else []
    return ask(request, {"what": str(what), "about": str(about), "shown": shown})


def fresh_only(what: Any) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let nobody to a view, not even to look, who has not just proved who they are."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return confirm_first(request, what=what) or view(request, *args, **kwargs)

        return asking

    return decorate


def ask(
    request: HttpRequest, about: dict[str, Any], *, refused: forms.BaseForm | None = None, is_read: bool = True
) -> HttpResponse:
    """Show the page that asks, with what was typed in it; without, if nobody may read it yet (`is_read`)."""
    person = person_of(request)
    ways = {
        name: refused if isinstance(refused, form_class) else form_class(user=person, auto_id="confirm-%s")
        for name, form_class in _ways_of(person).items()
    }
    context = {
        "about": about,
        "signed_about": signing.dumps(about, salt=_SALT),
        "going": "post" if is_read and _is_going(request) else "",
        "kept": kept(request) if is_read else [],
        "has_files": not is_read,
        "ways": ways,
        "passkey_options": begin_authentication(person) if Factor.WEBAUTHN in ways else None,
    }
    return TemplateResponse(request, "account/confirm.html", context, status=403)


def answer(request: HttpRequest) -> HttpResponse:
    """Take an answer to the page that asks. If it is right, show what was typed with a button that does it."""
    person = person_of(request)
    about = _about(request)
    form_class = _ways_of(person).get(request.POST[ANSWER])
    if form_class is None:
        return ask(request, about)
    form = form_class(data=request.POST, user=person, auto_id="confirm-%s")
    if not form.is_valid():
        if form_class is PasswordAgainForm:
            note(EventKind.FAILED_CONFIRMATION, person=person, by=person, request=request)
        return ask(request, about, refused=form)
    if isinstance(form, PasswordAgainForm):
        reauthenticate_by_password(request)
    else:
        form.save()
    factor = get_authentication_records(request, person)[-1].get("type", Factor.PASSWORD)
    note(EventKind.CONFIRMED, person=person, by=person, request=request, factors=[factor])
    if not _is_going(request):
        return HttpResponseRedirect(request.get_full_path())
    context = {"about": about, "kept": kept(request)}
    return TemplateResponse(request, "account/confirmed.html", context)


def _ways_of(person: User) -> dict[str, Any]:
    """Return the forms by which a person can confirm: second factors if there are any, and only else the password."""
    types = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    ways: dict[str, Any] = {}
    if Factor.WEBAUTHN in types:
        ways[Factor.WEBAUTHN.value] = PasskeyAgainForm
    if types - {Factor.WEBAUTHN}:
        ways["code"] = CodeAgainForm
    return ways or {Factor.PASSWORD.value: PasswordAgainForm}


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, but for secrets."""
    return typed_in(request, without=_OWN)


def _is_going(request: HttpRequest) -> bool:
    """Tell whether something was about to be done, rather than looked at."""
    return request.method == "POST" and (ANSWER not in request.POST or bool(request.POST.get(GOING)))


def _about(request: HttpRequest) -> dict[str, Any]:
    try:
        about: dict[str, Any] = signing.loads(request.POST.get(ABOUT, ""), salt=_SALT)
    except signing.BadSignature:
        return {}
    return about


def _typed(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Return what was typed and can be seen, as pairs of label and text."""
    fields: Iterable[Any] = form.visible_fields()
    return [(str(field.label), _in_words(field)) for field in fields if field.value() not in (None, "", [], False)]


def _in_words(field: Any) -> str:
    value = field.value()
    if hasattr(field.field, "choices"):
        chosen = {str(item) for item in (value if isinstance(value, list | tuple) else [value])}
        return ", ".join(str(label) for key, label in field.field.choices if str(key) in chosen)
    return "✓" if value in (True, "on") else str(value)
