"""What tests of the pages share."""

import pytest

from tests.public.pages.reading import read


@pytest.fixture
def visit(client, db):
    """Open an address and read the page; the answer stays with it."""

    def open_page(path, status=200):
        response = client.get(path)
        assert response.status_code == status, path
        page = read(response)
        page.response = response
        return page

    return open_page
