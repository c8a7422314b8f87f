"""What the schema allows and forbids, asked of a served API by schemathesis, with all of its checks.

In CI some hundred cases. `API_CASES=20000 ./run test tests/public/api/test_schemathesis.py` asks so many, and goes
through each bound of each parameter besides; API_SEED chooses others.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.factories.publications import (
    citation_part,
    closed,
    merge,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
)

SCHEMA = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
CASES = int(os.environ.get("API_CASES", "300"))
SEED = os.environ.get("API_SEED", "1")
MANY = 5_000
# These do not hold, for a reason.
EXCLUDED = (
    # Of the text of a cursor the schema cannot say which ones there are, nor of a box that south is below north.
    "positive_data_acceptance",
)

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def test_the_api_keeps_what_its_schema_says(live_server, tmp_path):
    publish_station(1)
    publish_station(1, version=2)
    publish_station(2, citations=[citation_part("D-2")])
    publish_response(1, **closed())
    publish_agreement(1)
    publish_claim(1)
    publish_station(3)
    retract("S-2")
    merge("S-3", "S-1")
    cases = max(1, CASES // len(yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))["paths"]))
    phases = "coverage,fuzzing" if CASES >= MANY else "fuzzing"
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", str(SCHEMA), "--url", live_server.url),
        *("--phases", phases, "--checks", "all", "--exclude-checks", ",".join(EXCLUDED)),
        *("--max-examples", str(cases), "--seed", SEED, "--continue-on-failure"),
        *("--generation-database", "none", "--no-color", "--warnings", "off", "--suppress-health-check", "all"),
    ]
    asked = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert asked.returncode == 0, asked.stdout[-20_000:] + asked.stderr[-2_000:]
