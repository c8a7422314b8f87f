"""What people change about their own account."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent


@transaction.atomic
def choose_language(language: str, *, by: User) -> None:
    """Let a person read the desk in a language; empty for what the browser prefers.

    Raises `InvalidContent` for a language that the desk does not speak.
    """
    person = User.objects.select_for_update().get(pk=by.pk)
    person.language = language
    try:
        person.full_clean()
    except ValidationError as error:
        if "language" in error.message_dict:
            message = _("The desk does not speak this language. Choose one of those offered.")
            raise InvalidContent(message, field_errors={"language": [message]}) from error
        raise InvalidContent("\n".join(error.messages)) from error
    person.save(update_fields=["language"])
