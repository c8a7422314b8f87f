"""Accounts for tests."""

import factory
from django.contrib.auth.models import Group

from casetracker.accounts.models import User

PASSWORD = "correct horse battery staple"  # noqa: S105


class UserFactory(factory.django.DjangoModelFactory):
    """An active account. Give it roles with `roles=[Role.EDITOR]`; it has none otherwise."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person{number}")
    name = factory.Sequence(lambda number: f"Person {number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def roles(self, create, extracted, **_kwargs):
        if create and extracted:
            self.groups.set(Group.objects.filter(name__in=extracted))
