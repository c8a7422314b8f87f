"""A typed client can be made from the schema, and reads a list: as docs/api.md shows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories.publications import closed, publish_response, publish_station

DOCS = Path(settings.BASE_DIR) / "docs"

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def test_a_client_made_from_the_schema_reads_lists_with_types(live_server, tmp_path):
    publish_station(1)
    publish_station(2, country="DE", latitude=None, longitude=None, first_reported="")
    publish_response(1, **closed())
    generator = [sys.executable, "-m", "openapi_python_client", "generate", "--path", str(DOCS / "openapi.yaml")]
    (tmp_path / "config.yaml").write_text("post_hooks: []")  # It would look for a formatter.
    made = subprocess.run(
        [*generator, "--config", "config.yaml", "--meta", "none", "--output-path", "casetracker_client"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert "Warning" not in made.stdout, made.stdout
    (example,) = re.findall(r"```python\n(.*?)```", (DOCS / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    example = example.replace("http://127.0.0.1:8000", live_server.url)
    read = subprocess.run(
        [sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert read.returncode == 0, read.stderr
    assert read.stdout.splitlines() == [
        "S-1 Netherlands unknown 52.37",
        "S-2 Germany unknown None",
        "NL closed ordered",
    ]
