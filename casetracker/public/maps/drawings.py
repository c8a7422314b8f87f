"""The maps that `manage.py draw_maps` has drawn."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from casetracker.places.countries import is_country
from casetracker.public.maps.frames import FRAMES, Frame
from casetracker.public.maps.outlines import draw

SHAPES = Path(__file__).parents[2] / "places" / "data" / "countries.geojson"
DRAWN = Path(__file__).parents[1] / "data" / "maps.json"


@dataclass(frozen=True)
class Land:
    """A country on a map: its path, its middle, and how large it is there (the longer side)."""

    path: str
    x: int
    y: int
    size: int


@dataclass(frozen=True)
class Drawing:
    """A map without anything on it. `lands` are countries by code; `rest` is the path of what has no code."""

    frame: Frame
    grid: str
    lands: dict[str, Land]
    rest: str


def draw_all() -> str:
    """Return all maps as they are stored."""
    features = json.loads(SHAPES.read_text(encoding="utf-8"))["features"]
    drawn = {name: draw(frame, features) for name, frame in FRAMES.items()}
    return json.dumps(drawn, separators=(",", ":"), sort_keys=True) + "\n"


@cache
def drawing(name: str) -> Drawing:
    """Return a map: the world, or a region of it."""
    stored: dict[str, Any] = _stored()[name]
    lands = {
        code: Land(land["path"], land["at"][0], land["at"][1], land["size"])
        for code, land in stored["lands"].items()
        if is_country(code)
    }
    rest = "".join(land["path"] for code, land in stored["lands"].items() if code not in lands)
    return Drawing(FRAMES[name], stored["grid"], lands, rest)


@cache
def _stored() -> dict[str, Any]:
    return json.loads(DRAWN.read_text(encoding="utf-8"))
