import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError

from casetracker.accounts.apps import seed_after_migrate
from casetracker.accounts.models import User
from casetracker.accounts.roles import GROUP_PERMISSIONS, Role, roles_of, seed_roles
from casetracker.core.append_only import drop_triggers
from tests.factories.users import PASSWORD, UserFactory

pytestmark = pytest.mark.both


def group_permissions():
    return {
        group.name: sorted(f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all())
        for group in Group.objects.prefetch_related("permissions__content_type")
    }


@pytest.mark.django_db
def test_the_roles_are_seeded_by_the_migration():
    assert group_permissions() == {
        "Administrator": ["accounts.add_user", "accounts.change_user", "accounts.view_user", "auth.view_group"],
        "Cleared for confidential sources": [],
        "Editor": [],
        "Observer": [],
        "Researcher": [],
    }


@pytest.mark.django_db
def test_seeding_again_mends_what_was_changed_and_adds_nothing():
    before = group_permissions()
    Group.objects.get(name=Role.EDITOR).permissions.add(Permission.objects.get(codename="delete_user"))
    Group.objects.get(name=Role.ADMINISTRATOR).permissions.clear()
    Group.objects.get(name=Role.OBSERVER).delete()
    seed_roles()
    seed_roles()
    assert group_permissions() == before


@pytest.mark.django_db(transaction=True)
def test_a_flush_leaves_the_roles_in_place():
    UserFactory(roles=[Role.EDITOR])
    drop_triggers("default")
    call_command("flush", interactive=False, verbosity=0)
    assert not User.objects.exists()
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


def test_seeding_waits_while_the_groups_are_migrated_away():
    class NoModels:
        def get_model(self, *_names):
            raise LookupError

    seed_after_migrate(using="default", apps=NoModels())  # would fail without a database


def test_every_role_says_what_its_group_may_do():
    assert set(GROUP_PERMISSIONS) == set(Role)


@pytest.mark.django_db
def test_roles_come_from_groups_in_one_query(django_assert_num_queries):
    user = UserFactory(roles=[Role.RESEARCHER, Role.EDITOR])
    user.groups.add(Group.objects.create(name="Book club"))
    with django_assert_num_queries(1):
        assert roles_of(user) == {Role.RESEARCHER, Role.EDITOR}
        assert roles_of(user) == {Role.RESEARCHER, Role.EDITOR}


@pytest.mark.django_db
def test_nobody_else_has_a_role(superuser):
    assert roles_of(AnonymousUser()) == frozenset()
    assert roles_of(superuser) == frozenset()
    assert roles_of(UserFactory(roles=[Role.EDITOR], is_active=False)) == frozenset()


@pytest.mark.django_db
def test_an_account_is_shown_by_its_name():
    assert str(UserFactory.build(name="Ana Lima", username="ana")) == "Ana Lima"
    assert str(UserFactory.build(name="", username="ana")) == "ana"
    assert UserFactory.build(name="Ana Lima").get_full_name() == "Ana Lima"
    assert UserFactory.build(name="Ana Lima").get_short_name() == "Ana Lima"


@pytest.mark.django_db
def test_names_and_addresses_are_unique_in_any_letter_case():
    UserFactory(username="ana", email="ana@example.org")
    with pytest.raises(ValidationError) as refusal:
        User(username="Ana", email="ANA@example.org", password="!").full_clean()  # noqa: S106
    assert refusal.value.message_dict["__all__"] == [
        "This user name is taken.",
        "Another account has this e-mail address.",
    ]
    with pytest.raises(IntegrityError):
        UserFactory(username="ANA")


@pytest.mark.django_db
def test_many_accounts_may_have_no_address():
    UserFactory(email="")
    UserFactory(email="").full_clean()


@pytest.mark.parametrize("username", ["аna", "ana lima", "ana/lima", "安娜"])
def test_a_user_name_has_plain_letters_only(username):
    with pytest.raises(ValidationError, match="valid username"):
        User(username=username).clean_fields(exclude=["password"])


@pytest.mark.django_db
def test_accounts_are_made_with_and_without_rights():
    ana = User.objects.create_user("ana", "ana@EXAMPLE.org", PASSWORD)
    root = User.objects.create_superuser("root")
    assert (ana.is_superuser, ana.email, ana.check_password(PASSWORD)) == (False, "ana@example.org", True)
    assert (root.is_superuser, root.has_usable_password()) == (True, False)
    assert User.objects.get_by_natural_key("ANA") == ana
