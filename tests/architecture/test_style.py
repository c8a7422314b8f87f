"""Files stay small enough to read, and signals carry no rules."""

import ast

import pytest
from django.db.models import signals
from django.utils.functional import cached_property

from tests.architecture.ours import ROOT, app_configs, python_files

MOST_LINES = 350
MOST_LINES_OF_A_FUNCTION = 45
# Triggers, roles and the index of search are installed after migrations; nothing else listens.
MAY_LISTEN = {"casetracker/core/apps.py", "casetracker/accounts/apps.py", "casetracker/public/apps.py"}
RULE_SIGNALS = ("pre_init", "post_init", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")


def lines_of(path):
    return len(path.read_text().splitlines())


def test_no_file_is_too_long():
    others = (path for suffix in ("html", "js") for path in ROOT.glob(f"[cst]*/**/*.{suffix}"))
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (*python_files(), *others)
        if (lines := lines_of(path)) > MOST_LINES
    }
    assert long == {}, "split it along its meaning"


def test_no_function_is_too_long():
    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in python_files()
        if path.relative_to(ROOT).parts[0] != "tests"  # A test may tell a long story.
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_only_allowed_modules_know_signals():
    for path in python_files():
        name = str(path.relative_to(ROOT))
        if name.startswith("tests/") or name in MAY_LISTEN:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            modules = []
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            elif isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            assert not [module for module in modules if "signals" in module or module == "django.dispatch"], name


@pytest.mark.parametrize("name", RULE_SIGNALS)
def test_no_receiver_of_ours_listens_to_changes_of_rows(name):
    ours = tuple(config.name for config in app_configs())
    receivers = [reference for _key, reference, *_rest in getattr(signals, name).receivers]
    modules = [getattr(resolved(reference), "__module__", "") for reference in receivers]
    assert not [module for module in modules if module.startswith(ours)]


def resolved(reference):
    return reference() if hasattr(reference, "__callback__") else reference


def test_properties_do_not_query():
    """Reads are methods of query sets: a property that queries hides a query in a loop."""
    for path in python_files():
        if not path.name.startswith("models") and "models" not in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and is_property(node):
                assert "objects" not in ast.unparse(node), f"{path}: {node.name}"


def is_property(node):
    names = {ast.unparse(decorator) for decorator in node.decorator_list}
    return bool(names & {"property", cached_property.__name__, "functools.cached_property"})
