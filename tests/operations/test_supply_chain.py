"""What is installed is what was locked, to the byte, and is written down."""

import json
import re
import subprocess
import sys

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.ours import ROOT

LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-uv.txt"]
_PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", re.MULTILINE)


def pins(name):
    return {canonicalize_name(package): version for package, version in _PIN.findall((ROOT / name).read_text())}


@pytest.mark.parametrize("name", LOCKS)
def test_every_pinned_package_has_its_hashes(name):
    text = re.sub(r"#.*", "", (ROOT / name).read_text()).replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert lines
    for line in lines:
        assert _PIN.match(line), f"only exact versions from the index: {line}"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", line), line
        assert "://" not in line, line


@pytest.mark.parametrize("name", LOCKS)
def test_the_locks_have_what_is_asked_for(name):
    locked = pins(name)
    for line in (ROOT / name).with_suffix(".in").read_text().splitlines():
        if line and not line.startswith(("#", "-r")):
            asked = Requirement(line)
            assert asked.specifier.contains(locked[canonicalize_name(asked.name)]), f"./run lock: {line}"


def test_what_runs_is_locked_alike_for_developers():
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.slow
def test_the_bill_of_materials_names_every_pinned_package(tmp_path):
    file = tmp_path / "sbom.json"
    options = ["requirements", "requirements.txt", "--output-reproducible", "--output-file", str(file)]
    command = [sys.executable, "-m", "cyclonedx_py", *options]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    components = json.loads(file.read_text())["components"]
    assert {canonicalize_name(entry["name"]): entry["version"] for entry in components} == pins("requirements.txt")
    for entry in components:
        assert any(reference.get("hashes") for reference in entry["externalReferences"]), entry["name"]
