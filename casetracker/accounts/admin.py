"""Accounts and roles at the desk, for administrators."""

from typing import Any

import allauth.account.admin  # noqa: F401 - registers EmailAddress, which is taken out below
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role, role_label


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


class AccountCreationForm(RolesForm, UserCreationForm):
    """The form for a new account."""

    class Meta:
        """Django's form is bound to its own user model."""

        model = User
        fields = ("username", "name", "email", "groups")


class AccountChangeForm(RolesForm, UserChangeForm):
    """The form for an existing account."""

    class Meta:
        """Being a superuser and single permissions are in no form: roles are the only way to rights."""

        model = User
        fields = ("username", "name", "email", "is_active", "groups")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Administrators add, change and deactivate accounts. Accounts are never deleted."""

    form = AccountChangeForm
    add_form = AccountCreationForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("name", "email")}),
        (_("Access"), {"fields": ("is_active", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "email", "groups", "password1", "password2")}),)
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
