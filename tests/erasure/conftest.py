"""What tests of erasures share."""

import pytest

from casetracker.accounts.roles import Role
from tests.desk.browser import Browser
from tests.factories.users import UserFactory


@pytest.fixture
def editors(db):
    """Two editors, each with a browser."""
    names = {"edith": "Edith Editor", "egon": "Egon Editor"}
    return [Browser(UserFactory(username=key, name=name, roles=[Role.EDITOR])) for key, name in names.items()]
