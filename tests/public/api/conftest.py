"""What tests of the API share."""

import pytest

API = "/api/v1/"


@pytest.fixture
def get(client, db):
    """Read an address under the API."""

    def read(path="", **headers):
        return client.get(path if path.startswith("/") else API + path, headers=headers)

    return read


@pytest.fixture
def refused(get):
    """Read an address that must be refused; return the errors by parameter."""

    def read(path):
        response = get(path)
        assert response.status_code == 400, response.content[:300]
        assert response["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert (problem["title"], problem["status"]) == ("Bad Request", 400)
        return {error["parameter"]: error for error in problem["errors"]}

    return read
