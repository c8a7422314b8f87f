"""What is ours: apps, packages, models and files, and the order of the layers in pyproject.toml."""

import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

ROOT = Path(settings.BASE_DIR)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def contract(kind: str) -> dict:
    """The one contract of a kind: layers, forbidden or protected."""
    (found,) = (entry for entry in CONTRACTS["contracts"] if entry["type"] == kind)
    return found


# From the lowest to the highest; packages of one layer do not know each other.
LAYERS = [[name.strip() for name in layer.split("|")] for layer in reversed(contract("layers")["layers"])]
RANKS = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def packages() -> set[str]:
    """Every package and module that can stand in a layer: top-level apps, and what is right under casetracker."""
    tops = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    inner = {
        path.stem
        for path in (ROOT / "casetracker").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    return (tops - {"casetracker"}) | {f"casetracker.{name}" for name in inner - {"__init__"}}


def app_configs():
    return [
        config
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT) and ".venv" not in config.path
    ]


def our_models() -> list[type[models.Model]]:
    return [model for config in app_configs() for model in config.get_models(include_auto_created=True)]


def is_history(model: type[models.Model]) -> bool:
    """Whether django-simple-history made the model, for a model of ours or for one of its many-to-many fields."""
    return hasattr(model, "instance_type") or hasattr(model, "m2m_history_id")


def declared_models() -> list[type[models.Model]]:
    """The models that are written down in our code, and so say which of their fields are public."""
    return [model for model in our_models() if not is_history(model) and not model._meta.auto_created]


def field_names(model: type[models.Model]) -> set[str]:
    return {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}


def python_files() -> list[Path]:
    """Every module of ours but migrations, tests included."""
    roots = {name.partition(".")[0] for name in packages()} | {"tests"}
    found = (path for root in roots for path in (ROOT / root).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)
