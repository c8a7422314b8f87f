"""All of the reference data, loaded once for the tests of this folder and taken back after them."""

import pytest
from django.core.cache import cache
from django.db import transaction

from casetracker.demo.loader import load_reference_data


@pytest.fixture(scope="package")
def desk(django_db_setup, django_db_blocker):
    """What the loader made. Each test runs in a savepoint of this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_reference_data()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _loaded(desk, db):
    cache.clear()  # Counts are cached by the head of the log, which other tests may share.
    return desk


@pytest.fixture
def get(client):
    """Ask the API, which must answer."""

    def get_json(address, **query):
        answer = client.get(f"/api/v1/{address}", query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return get_json
