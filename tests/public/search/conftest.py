"""What tests of search share."""

from urllib.parse import urlencode

import pytest


@pytest.fixture
def search(client, db):
    """Search through the API; return its answer."""

    def ask(query, **parameters):
        response = client.get(f"/api/v1/search/?{urlencode({'q': query, **parameters})}")
        assert response.status_code == 200, response.content[:300]
        return response.json()

    return ask


@pytest.fixture
def find(search):
    """Search; return the references of what was found, in order."""
    return lambda query, **parameters: [found["reference"] for found in search(query, **parameters)["results"]]
