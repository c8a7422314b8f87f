"""Roughly where a country is: enough to find a point that cannot be in it, such as one with its two numbers swapped."""

import json
from functools import cache
from pathlib import Path

_SHAPES = Path(__file__).parent / "data" / "countries.geojson"
# The shapes are coarse: small islands and much of the coast lie outside of them.
_MARGIN = 1.0  # degrees

_Box = tuple[float, float, float, float]


def may_be_in(country: str, latitude: float, longitude: float) -> bool:
    """Tell whether a point in decimal degrees may lie in a country. Of one without a shape, every point may."""
    boxes = _boxes().get(country)
    if not boxes:
        return True
    return any(
        south <= latitude <= north and (west <= longitude <= east or west <= longitude - 360 or longitude + 360 <= east)
        for south, north, west, east in boxes
    )


@cache
def _boxes() -> dict[str, list[_Box]]:
    features = json.loads(_SHAPES.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["iso_a2"]: _boxes_of(feature["geometry"]) for feature in features}


def _boxes_of(geometry: dict) -> list[_Box]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [_box_around(polygon[0]) for polygon in polygons]


def _box_around(ring: list[list[float]]) -> _Box:
    longitudes, latitudes = [point[0] for point in ring], [point[1] for point in ring]
    return (
        min(latitudes) - _MARGIN,
        max(latitudes) + _MARGIN,
        min(longitudes) - _MARGIN,
        max(longitudes) + _MARGIN,
    )
