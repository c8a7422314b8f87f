"""What tests of the public side share."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache():
    """Counts are cached by head; heads of two tests may look alike, because nothing was published in both."""
    cache.clear()
