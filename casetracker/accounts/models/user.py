"""The people who sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casetracker.core.desk_languages import Language


class UserManager(BaseUserManager["User"]):
    """Accounts by name, in any letter case, because phones write the first letter large."""

    use_in_migrations = True

    def create_user(self, username: str, email: str = "", password: str | None = None, **fields: object) -> "User":
        """Make an ordinary account. Without a password it cannot be used to sign in."""
        user = self.model(username=username, email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, email: str = "", password: str | None = None, **fields: object) -> "User":
        """Make an account that may change every account. It holds no role, so it decides on no record."""
        return self.create_user(username, email, password, **{**fields, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find the account of that name. Raises User.DoesNotExist."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A colleague. What they may do follows from their groups; see `casetracker.accounts.roles`.

    There is no `is_staff`: the desk is open to whoever has a role.
    """

    username = models.CharField(
        _("user name"),
        max_length=150,
        unique=True,
        # Plain letters only, so that nobody can pass for a colleague with a look-alike letter.
        validators=[ASCIIUsernameValidator()],
        help_text=_("Letters, digits and @ . + - _ only. Used to sign in."),
        error_messages={"unique": _("This user name is taken.")},
    )
    name = models.CharField(_("name"), max_length=150, blank=True, help_text=_("Shown to colleagues, never in public."))
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Optional; needed to reset a forgotten password."))
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=Language.choices,
        blank=True,
        help_text=_("Of the desk and of its e-mails. Empty: what the browser prefers."),
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Take the tick away instead of deleting an account, so that the history stays readable."),
    )
    notices_by_mail = models.BooleanField(
        _("e-mail about notices"),
        default=True,
        help_text=_("At most one an hour. It says how many notices wait at the desk, and nothing of what is in them."),
    )
    date_joined = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {"id", "password", "last_login", "is_superuser", "username", "name", "email", "is_active"}
        | {"language", "notices_by_mail", "date_joined", "groups", "user_permissions"}
    )

    class Meta:
        """Names and addresses are unique in any letter case."""

        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("username", "pk")
        constraints = (
            models.UniqueConstraint(
                Lower("username"),
                name="accounts_user_username_any_case",
                violation_error_message=_("This user name is taken."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_any_case",
                condition=~models.Q(email=""),
                violation_error_message=_("Another account has this e-mail address."),
            ),
        )

    def __str__(self) -> str:
        """Give the name that colleagues know, or else the user name."""
        return self.name or self.username

    def get_full_name(self) -> str:
        """Give the same as `str`; Django's admin and its templates ask for it."""
        return str(self)

    def get_short_name(self) -> str:
        """Give the same as `str`; Django's admin and its templates ask for it."""
        return str(self)

    def clean(self) -> None:
        """Normalise the e-mail address."""
        super().clean()
        self.email = type(self).objects.normalize_email(self.email)
