"""What administrators can and cannot do at the desk."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role, roles_of
from tests.factories.users import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

USERS = "/desk/accounts/user/"
OUR_APPS = {
    config.label
    for config in apps.get_app_configs()
    if config.name.split(".")[0] in {"casetracker", "stations", "responses"}
}


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def change_url(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def groups(*roles):
    return [Group.objects.get(name=role).pk for role in roles]


def form_of(user, **changes):
    return {"username": user.username, "name": user.name, "email": user.email, "is_active": "on"} | changes


def test_an_administrator_adds_an_account(desk):
    form = {"username": "ana", "name": "Ana", "email": "ana@example.org", "groups": groups(Role.EDITOR)}
    response = desk.post(f"{USERS}add/", form)
    assert response.status_code == 302
    ana = User.objects.get(username="ana")
    assert roles_of(ana) == {Role.EDITOR}
    assert not ana.has_usable_password()
    assert not ana.is_superuser


def test_an_administrator_changes_an_account_and_sees_the_list(desk, researcher):
    form = form_of(researcher, name="Ana", groups=groups(Role.EDITOR))
    assert desk.post(change_url(researcher), form).status_code == 302
    listing = desk.get(USERS)
    assert "Ana" in listing.text
    assert roles_of(User.objects.get(pk=researcher.pk)) == {Role.EDITOR}


def test_a_taken_name_is_refused_at_the_form(desk, researcher, editor):
    response = desk.post(change_url(researcher), form_of(researcher, username="EDITOR"))
    assert response.status_code == 200
    assert "This user name is taken." in response.text


def test_nobody_changes_their_own_roles(desk, administrator):
    form = form_of(administrator, name="New name", groups=groups(*Role))
    del form["is_active"]
    assert desk.post(change_url(administrator), form).status_code == 302
    own = User.objects.get(pk=administrator.pk)
    assert (own.name, own.is_active, roles_of(own)) == ("New name", True, {Role.ADMINISTRATOR})


def test_no_form_makes_a_superuser_or_gives_a_single_permission(desk, researcher):
    form = form_of(researcher, is_superuser="on", user_permissions=["1"])
    assert desk.post(change_url(researcher), form).status_code == 302
    researcher.refresh_from_db()
    assert not researcher.is_superuser
    assert not researcher.user_permissions.exists()


def test_an_administrator_cannot_take_over_a_superuser(desk, superuser):
    assert desk.post(change_url(superuser), form_of(superuser, name="x")).status_code == 403
    for act in ("link", "end-all", "lost"):
        assert desk.post(f"{USERS}{superuser.pk}/sign-ins/{act}/", {"reason": "x"}).status_code == 403


def test_nobody_sets_the_password_of_another(desk, superuser, client, researcher):
    client.force_login(superuser)
    form = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert client.post(f"{USERS}{researcher.pk}/password/", form).status_code in {302, 404}
    assert User.objects.get(pk=researcher.pk).password == researcher.password


def test_a_superuser_changes_every_account_also_their_own(client, superuser, administrator):
    client.force_login(superuser)
    assert client.post(change_url(administrator), form_of(administrator, groups=[])).status_code == 302
    assert client.post(change_url(superuser), form_of(superuser, groups=groups(Role.OBSERVER))).status_code == 302
    assert roles_of(User.objects.get(pk=superuser.pk)) == {Role.OBSERVER}


def test_accounts_are_never_deleted(desk, researcher, client, superuser):
    client.force_login(superuser)
    assert client.post(f"{USERS}{researcher.pk}/delete/", {"post": "yes"}).status_code == 403


def test_groups_are_shown_and_not_changed(client, administrator, superuser):
    group = Group.objects.get(name=Role.EDITOR)
    for user in (administrator, superuser):
        client.force_login(user)
        assert client.get(f"/desk/auth/group/{group.pk}/change/").status_code == 200
        assert client.post(f"/desk/auth/group/{group.pk}/change/", {"name": "x"}).status_code == 403
        assert client.post(f"/desk/auth/group/{group.pk}/delete/", {"post": "yes"}).status_code == 403
        assert client.get("/desk/auth/group/add/").status_code == 403


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.EDITOR, Role.OBSERVER])
def test_only_administrators_see_accounts(client, role, researcher):
    client.force_login(UserFactory(roles=[role]))
    assert client.get(USERS).status_code == 403
    assert client.get(change_url(researcher)).status_code == 403
    assert client.get(f"{USERS}add/").status_code == 403


def test_an_administrator_sees_no_record(desk, rf, administrator):
    request = rf.get("/desk/")
    request.user = administrator
    open_to_administrators = {
        model._meta.label_lower
        for model, model_admin in admin.site._registry.items()
        if any(model_admin.get_model_perms(request).values())
    }
    assert open_to_administrators == {"accounts.user", "auth.group", "review.legalrequest"}
    for model in admin.site._registry:
        if model._meta.app_label in OUR_APPS - {"accounts"} and model._meta.label_lower not in open_to_administrators:
            for page in ("changelist", "add"):
                url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")
                assert desk.get(url).status_code == 403, url
