"""Promises name the tests that keep them, and these tests are there."""

import ast
import re

import pytest

from tests.architecture.ours import ROOT

DOCUMENTS = ["SECURITY.md", "docs/asvs.md"]
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def functions_of(path):
    return {node.name for node in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_is_named_is_there(document):
    named = _NAMED.findall((ROOT / document).read_text())
    assert len(named) > 30
    missing = [
        f"{path}::{name}" for path, name in named if not (ROOT / path).exists() or name not in functions_of(path)
    ]
    assert missing == []


def test_every_promise_names_a_test():
    text = (ROOT / "SECURITY.md").read_text()
    promises = text.partition("## What is promised")[2].partition("## What is not promised")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ") and "| test |" not in line]
    assert len(rows) > 25
    assert [row for row in rows if not _NAMED.search(row)] == []
