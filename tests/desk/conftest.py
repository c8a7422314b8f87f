"""What tests of the desk share: people with names that can be found on a page, each with a browser."""

import pytest

from casetracker.accounts.roles import Role
from tests.desk.browser import Browser
from tests.factories.records import People
from tests.factories.users import UserFactory


@pytest.fixture
def team(db):
    """Three people who bring a record to publication."""
    return People(
        author=UserFactory(username="ana", name="Ana Author", roles=[Role.RESEARCHER]),
        reviewer=UserFactory(username="rosa", name="Rosa Reviewer", roles=[Role.RESEARCHER]),
        editor=UserFactory(username="edith", name="Edith Editor", roles=[Role.EDITOR]),
    )


@pytest.fixture
def author(team):
    return Browser(team.author)


@pytest.fixture
def reviewer(team):
    return Browser(team.reviewer)


@pytest.fixture
def editor(team):
    """The browser of the editor who approves; stands in for the account of the same name."""
    return Browser(team.editor)
