"""The first administrator, whom nobody can invite. After them everybody is invited at the desk."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casetracker.accounts.choices import EventKind
from casetracker.accounts.models import User
from casetracker.accounts.roles import Role
from casetracker.accounts.services.events import note
from casetracker.core.errors import InvalidContent, NotAllowed


@transaction.atomic
def create_first_administrator(username: str, *, name: str, email: str, password: str | None) -> User:
    """Make the account of the first administrator, while nobody is there to whom it could matter.

    Without a password they set one by the path of `invitation_path`. It stands in the sign-in log, by nobody.
    Raises `NotAllowed` once somebody can keep accounts, and `InvalidContent`.
    """
    role = Group.objects.select_for_update().get(name=Role.ADMINISTRATOR)  # Two at once wait for each other.
    if User.objects.filter(Q(groups=role) | Q(is_superuser=True), is_active=True).exists():
        raise NotAllowed(
            _("There is an administrator already. They invite people at the desk; a lost second factor takes two.")
        )
    person = User(username=username, name=name, email=email)
    try:
        if password is not None:
            validate_password(password, person)
        person.set_password(password)
        person.full_clean()
    except ValidationError as error:
        raise InvalidContent("\n".join(error.messages)) from error
    person.save()
    person.groups.set([role])
    note(EventKind.ACCESS_CHANGED, person=person, by=None)
    return person


def invitation_path(person: User) -> str:
    """Return the path at which a person sets a password: once, and not for long."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])
