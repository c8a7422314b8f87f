"""Files for imports."""

import pytest


@pytest.fixture
def sheet(tmp_path):
    """Write a file, and return its path."""

    def write(text, name="sheet.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write
