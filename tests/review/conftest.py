"""What tests of the review share."""

import pytest

from tests.factories.records import make_people


@pytest.fixture
def people():
    """An author, a reviewer and an editor."""
    return make_people()
