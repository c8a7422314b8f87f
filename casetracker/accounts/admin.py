"""Accounts and roles at the desk, for administrators."""

from typing import Any

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401 - and for sessions
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casetracker.accounts import services
from casetracker.accounts.admin_pages import account_urls, send_link
from casetracker.accounts.fresh import confirm_first
from casetracker.accounts.models import User
from casetracker.accounts.people import person_of
from casetracker.accounts.roles import Role, role_label
from casetracker.core.errors import DomainError


class _RoleChoices(forms.ModelMultipleChoiceField):
    """Roles in the language of the page: the names of their groups are never translated."""

    def label_from_instance(self, obj: Group) -> str:
        """Return the role in words."""
        return role_label(obj)


class RolesForm(forms.ModelForm):
    """Roles to tick, which is easier than Django's list to select from."""

    groups = _RoleChoices(
        Group.objects.filter(name__in=Role.values).order_by("name"),
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a role, the desk stays shut. Nobody reviews a record that they wrote themselves."),
    )


class AccountCreationForm(RolesForm):
    """The form for a new account. It asks for no password: the person sets it, by a link that they get."""

    class Meta:
        """What an administrator knows of a new colleague."""

        model = User
        fields = ("username", "name", "email", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the address to which the link goes."""
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = _("A link to set a password goes there. It works for a day.")


class AccountChangeForm(RolesForm):
    """The form for an existing account."""

    class Meta:
        """Being a superuser and single permissions are in no form: roles are the only way to rights."""

        model = User
        fields = ("username", "name", "email", "is_active", "groups")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Administrators add, change and deactivate accounts, and know nobody's password. Accounts are never deleted."""

    form = AccountChangeForm
    add_form = AccountCreationForm
    add_form_template = None
    change_form_template = "desk/accounts/form.html"
    fieldsets = (
        (None, {"fields": ("username",)}),
        (_("Person"), {"fields": ("name", "email")}),
        (_("Access"), {"fields": ("is_active", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "email", "groups")}),)
    readonly_fields = ("last_login", "date_joined")
    list_display = ("username", "name", "email", "role_names", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username", "name", "email")
    ordering = ("username", "pk")
    filter_horizontal = ()

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        """List the groups of an account."""
        return ", ".join(sorted(role_label(group) for group in user.groups.all())) or "–"

    def get_urls(self) -> list[Any]:
        """Add the sign-ins of each account, and what waits for two people; leave out Django's page for passwords."""
        inherited = [page for page in super().get_urls() if getattr(page, "name", "") != "auth_user_password_change"]
        return [*account_urls(self.admin_site), *inherited]

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the link once the account is surely there."""
        response: HttpResponse = super().add_view(request, *args, **kwargs)
        if account := getattr(request, "account_added", None):
            send_link(request, account)
        return response

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask who is there before anything about rights is changed."""
        if request.method == "POST":
            roles = Group.objects.filter(pk__in=[key for key in request.POST.getlist("groups") if key.isdecimal()])
            what = format_lazy("{}: {}", _("Save the account"), ", ".join(map(role_label, roles)) or "–")
            if asked := confirm_first(request, what=what, about=request.POST.get("username", "")):
                return asked
        try:
            response: HttpResponse = super().changeform_view(request, *args, **kwargs)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())
        return response

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Write nothing yet: the roles belong to it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Make the one call that adds or changes the account."""
        services.save_account(form.instance, roles=form.cleaned_data.get("groups"), by=person_of(request))
        if not change:
            request.account_added = form.instance  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Fetch the groups of all listed accounts at once."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any | None = None) -> list[str] | tuple[str, ...]:
        """Keep one's own roles and activity out of one's own hands."""
        fields = super().get_readonly_fields(request, obj)
        if obj is not None and obj == request.user and not request.user.is_superuser:
            return (*fields, "groups", "is_active")
        return fields

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """Let only superusers change a superuser: a new password would hand over the account."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """Refuse, because decisions name the people who took them."""
        return False


# An account has one address, and it is in the account's own form.
admin.site.unregister(EmailAddress)
# Second factors and sessions have pages of their own, which show no secret.
admin.site.unregister(Authenticator)
admin.site.unregister(UserSession)
admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin):
    """Roles are seeded by the program, so they are shown and not changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a role is made in the program."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """Refuse: the next migration would undo a change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """Refuse: the next migration would bring the group back."""
        return False
