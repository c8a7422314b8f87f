"""Who may import whom: the contracts hold, and no package is forgotten in them."""

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.ours import CONTRACTS, RANKS, ROOT, app_configs, contract, packages

# Modules that only Django itself calls. They know the shared ground at most.
FRAMEWORK = {"casetracker.settings", "casetracker.wsgi", "casetracker.middleware", "casetracker.context"}
# What the public side may know, beside itself.
OPEN_TO_THE_PUBLIC = {"casetracker.core", "casetracker.places", "casetracker.publication"}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*CONTRACTS["root_packages"], cache_dir=None)


def test_the_contracts_hold(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_package_stands_in_a_layer():
    assert set(RANKS) | FRAMEWORK == packages()


def test_every_app_stands_in_a_layer():
    assert {config.name.removesuffix(".apps") for config in app_configs()} <= set(RANKS)


def test_every_root_package_is_checked():
    assert {name.partition(".")[0] for name in packages()} == set(CONTRACTS["root_packages"])


def test_everything_below_the_public_side_is_either_open_to_it_or_forbidden():
    forbidden = contract("forbidden")
    assert forbidden["source_modules"] == ["casetracker.public"]
    below = {name for name, rank in RANKS.items() if rank < RANKS["casetracker.public"]}
    assert below - OPEN_TO_THE_PUBLIC == {
        name for name in forbidden["forbidden_modules"] if name != "casetracker.publication.log"
    }
    assert "casetracker.publication.log" in forbidden["forbidden_modules"]
    assert not forbidden.get("allow_indirect_imports")
    assert not forbidden.get("ignore_imports")


def test_only_the_review_may_append():
    protected = contract("protected")
    assert protected["protected_modules"] == ["casetracker.publication.log"]
    assert protected["allowed_importers"] == ["casetracker.review"]
    assert not protected.get("ignore_imports")
    assert not contract("layers").get("ignore_imports")


def test_the_framework_modules_know_the_shared_ground_at_most(graph):
    ground = {"casetracker", "casetracker.core"} | graph.find_descendants("casetracker.core")
    ground.add("casetracker.public.front_cache")  # What a server asks stands around the site.
    for name in FRAMEWORK:
        modules = {name} | graph.find_descendants(name)
        known = {other for module in modules for other in graph.find_modules_directly_imported_by(module)}
        assert known <= ground | modules, name


# The index of search is asked in the language of the database, for its own table alone.
ASKS_THE_DATABASE = ROOT / "casetracker" / "public" / "search" / "engine.py"


def test_the_public_side_does_not_import_by_name():
    """An import by name would pass by the contracts."""
    words = ("import_module", "import_string", "get_model(", "get_models(", "__import__", "ContentType", "connection")
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in (ROOT / "casetracker" / "public").rglob("*.py")
        for word in words
        if "migrations" not in path.parts and word in path.read_text()
        if (path, word) != (ASKS_THE_DATABASE, "connection")
    ]
    assert found == []
