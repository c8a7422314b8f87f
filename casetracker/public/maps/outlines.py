"""Drawing the shapes of countries into a frame: turned, projected, cut to it, simplified, written as paths.

Done once, by `manage.py draw_maps`; what it writes is part of the project.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from casetracker.public.maps.frames import WIDTH, Frame

Point = tuple[float, float]
Ring = list[Point]

TOLERANCE = 0.7  # How far, in units of the drawing, a simplified line may be from the coast.
_SPECK = 4  # An island smaller than this is left out, unless it is all that a country has.
_BEYOND = 40  # Lines are cut this far outside the frame, so that no cut edge is seen.
_FULL_TURN = 360


def draw(frame: Frame, features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return a map as data: its lines of longitude and latitude, and each country's path, place and size."""
    lands: dict[str, Any] = {}
    for feature in features:
        rings = [ring for polygon in _polygons(feature["geometry"]) for ring in _placed(frame, polygon)]
        if not rings:
            continue
        largest = max(rings, key=_area)
        code = feature["properties"]["iso_a2"] or ""
        path = "".join(_outline(ring) for ring in rings if ring is largest or _size(ring) >= _SPECK)
        if code in lands:  # Some areas have no code. They are one shape.
            path = lands[code]["path"] + path
        lands[code] = {"path": path, "at": _centre(largest), "size": round(_size(largest))}
    return {"grid": _grid(frame), "lands": lands}


def _polygons(geometry: dict[str, Any]) -> list[list[list[float]]]:
    """Return the outer rings. Lakes and enclaves are not cut out: what lies in them is drawn on top or shared."""
    several = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [polygon[0] for polygon in several]


def _placed(frame: Frame, outline: list[list[float]]) -> Iterator[Ring]:
    """Yield what the frame shows of an outline, wherever on its turn around the earth that lies."""
    unbroken = list(_unbroken(point[0] for point in outline))
    for turn in (-_FULL_TURN, 0, _FULL_TURN):
        longitudes = [longitude + turn for longitude in unbroken]
        if max(longitudes) <= frame.meridian - 180 or min(longitudes) >= frame.meridian + 180:
            continue
        ring = [(longitude, point[1]) for longitude, point in zip(longitudes, outline, strict=True)]
        ring = _cut(ring, 0, frame.meridian - 180, keep_greater=True)
        ring = _cut(ring, 0, frame.meridian + 180, keep_greater=False)
        placed = _cut_to_frame([frame.place(*point) for point in ring], frame)
        if placed:
            yield placed


def _unbroken(longitudes: Iterable[float]) -> Iterator[float]:
    """Yield the longitudes of a line, going on beyond 180 where they begin again at -180."""
    turn, previous = 0, None
    for longitude in longitudes:
        if previous is not None and abs(longitude - previous) > _FULL_TURN / 2:
            turn += _FULL_TURN if longitude < previous else -_FULL_TURN
        previous = longitude
        yield longitude + turn


def _cut_to_frame(ring: Ring, frame: Frame) -> Ring:
    ring = _cut(ring, 0, -_BEYOND, keep_greater=True)
    ring = _cut(ring, 0, WIDTH + _BEYOND, keep_greater=False)
    ring = _cut(ring, 1, -_BEYOND, keep_greater=True)
    return _cut(ring, 1, frame.height + _BEYOND, keep_greater=False)


def _cut(ring: Ring, axis: int, edge: float, *, keep_greater: bool) -> Ring:
    """Cut a ring along a straight edge (Sutherland and Hodgman)."""

    def inside(point: Point) -> bool:
        return point[axis] >= edge if keep_greater else point[axis] <= edge

    kept: Ring = []
    for previous, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
        if inside(point) != inside(previous):
            kept.append(_crossing(previous, point, axis, edge))
        if inside(point):
            kept.append(point)
    return kept


def _crossing(start: Point, end: Point, axis: int, edge: float) -> Point:
    share = (edge - start[axis]) / (end[axis] - start[axis])
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _simplified(ring: Ring) -> Ring:
    """Drop points that lie on a line between others (Douglas and Peucker). Ends stay, so a ring is halved first."""
    if len(ring) < 4:
        return ring
    far = max(range(len(ring)), key=lambda index: _distance(ring[0], ring[index]))
    return _line(ring[: far + 1])[:-1] + _line([*ring[far:], ring[0]])[:-1]


def _line(points: Ring) -> Ring:
    if len(points) < 3:
        return points
    start, end = points[0], points[-1]
    offsets = [_offset(point, start, end) for point in points[1:-1]]
    worst = max(offsets)
    if worst <= TOLERANCE:
        return [start, end]
    split = offsets.index(worst) + 1
    return _line(points[: split + 1])[:-1] + _line(points[split:])


def _offset(point: Point, start: Point, end: Point) -> float:
    length = _distance(start, end)
    if not length:
        return _distance(point, start)
    across = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1])
    return abs(across) / length


def _distance(one: Point, other: Point) -> float:
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5


def _without_repeats(ring: Ring) -> Ring:
    rounded = [(float(round(x)), float(round(y))) for x, y in ring]
    return [point for previous, point in zip(rounded[-1:] + rounded[:-1], rounded, strict=True) if point != previous]


def _outline(ring: Ring) -> str:
    """Write a ring as a path; empty if it is too small to be one."""
    simple = _without_repeats(_simplified(ring))
    return _steps(simple) + "z" if len(simple) > 2 else ""


def _steps(points: Ring) -> str:
    """Write a line with steps from point to point, which are short."""
    (x, y), words = points[0], ""
    for next_x, next_y in points[1:]:
        words += _number(next_x - x, words) + _number(next_y - y, words + "0")
        x, y = next_x, next_y
    return f"M{points[0][0]:.0f} {points[0][1]:.0f}l{words}"


def _number(value: float, before: str) -> str:
    """Write a whole number; a minus parts it from the one before as well as a blank does."""
    text = f"{value:.0f}"
    return text if not before or text.startswith("-") else f" {text}"


def _grid(frame: Frame) -> str:
    """Return lines of longitude and latitude."""
    west, east = _ceiling(frame.meridian - 180, frame.grid), frame.meridian + 180
    lines = [
        [frame.place(longitude, latitude) for latitude in range(-90, 91, 10)]
        for longitude in range(west, int(east) + 1, frame.grid)
    ]
    lines += [
        [frame.place(frame.meridian - 180, latitude), frame.place(frame.meridian + 180, latitude)]
        for latitude in range(-90 + frame.grid, 90, frame.grid)
    ]
    return "".join(_steps(line) for line in lines if _is_seen(line, frame))


def _is_seen(line: Ring, frame: Frame) -> bool:
    (left, right), (top, bottom) = ((min(values), max(values)) for values in zip(*line, strict=True))
    return right >= 0 and left <= WIDTH and bottom >= 0 and top <= frame.height


def _ceiling(value: float, step: int) -> int:
    return int(-(-value // step) * step)


def _size(ring: Ring) -> float:
    """Return the longer side of the box around a ring."""
    return max(max(values) - min(values) for values in zip(*ring, strict=True))


def _area(ring: Ring) -> float:
    return abs(_doubled_area(ring)) / 2


def _doubled_area(ring: Ring) -> float:
    return sum(x * after_y - after_x * y for (x, y), (after_x, after_y) in _sides(ring))


def _sides(ring: Ring) -> Iterator[tuple[Point, Point]]:
    yield from zip(ring, ring[1:] + ring[:1], strict=True)


def _centre(ring: Ring) -> list[int]:
    """Return the centre of gravity of a ring; the middle of its points if it has no area."""
    doubled = _doubled_area(ring)
    if not doubled:
        return [round(sum(values) / len(ring)) for values in zip(*ring, strict=True)]
    weights = [(one, other, one[0] * other[1] - other[0] * one[1]) for one, other in _sides(ring)]
    return [
        round(sum((one[axis] + other[axis]) * weight for one, other, weight in weights) / (3 * doubled))
        for axis in (0, 1)
    ]
