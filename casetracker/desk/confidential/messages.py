"""Saying at a form why something was refused."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from casetracker.core.errors import DomainError


def say(request: HttpRequest, form: forms.Form, refusal: DomainError) -> None:
    """Put the messages of a refusal at their fields, and what has none at the top of the page.

    Services of confidential sources put no word of a source into them: the top of the page is kept in a cookie.
    """
    at_fields = {name: texts for name, texts in refusal.field_errors.items() if name in form.fields}
    for name, texts in at_fields.items():
        form.add_error(name, texts)
    for line in [] if at_fields else str(refusal).split("\n"):
        messages.error(request, line)
