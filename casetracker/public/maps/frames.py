"""What each map shows: the world or a region of it, each around a meridian of its own."""

from dataclasses import dataclass
from functools import cached_property

from casetracker.places.regions import AFRICA, AMERICAS, ASIA, EUROPE, OCEANIA
from casetracker.public.maps.equal_earth import project

WORLD = "world"
WIDTH = 2000  # units of the drawing


@dataclass(frozen=True)
class Frame:
    """A part of the world, in degrees. East may lie beyond 180. `grid` is the distance of the lines across it."""

    west: float
    east: float
    south: float
    north: float
    grid: int

    @property
    def meridian(self) -> float:
        """The meridian in the middle, which stands upright."""
        return (self.west + self.east) / 2

    @cached_property
    def _extent(self) -> tuple[float, float, float, float]:
        """Return left, right, bottom and top on the plane. A region is as wide as it is nearest to the equator."""
        nearest = min(max(self.south, 0.0), self.north) if self.north > 0 else self.north
        right, _y = project(self.east - self.meridian, nearest)
        return -right, right, project(0, self.south)[1], project(0, self.north)[1]

    @property
    def height(self) -> int:
        """The height of the drawing in its units."""
        left, right, bottom, top = self._extent
        return round(WIDTH * (top - bottom) / (right - left))

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point is on the drawing: x to the right, y downwards. `longitude` is taken as it is."""
        left, right, _bottom, top = self._extent
        scale = WIDTH / (right - left)
        x, y = project(longitude - self.meridian, latitude)
        return (x - left) * scale, (top - y) * scale

    def locate(self, longitude: float, latitude: float) -> tuple[float, float] | None:
        """Return where a point of the earth is on the drawing; None if it is not on it."""
        turned = self.meridian + (longitude - self.meridian + 180) % 360 - 180
        x, y = self.place(turned, latitude)
        return (x, y) if 0 <= x <= WIDTH and 0 <= y <= self.height else None


FRAMES = {
    # Cut through the Bering Strait, so that no country is torn.
    WORLD: Frame(-169, 191, -56, 83.5, grid=30),
    EUROPE: Frame(-20, 40, 34.5, 70, grid=10),
    ASIA: Frame(26, 148, -11, 54, grid=15),
    AFRICA: Frame(-32, 66, -36, 38, grid=15),
    AMERICAS: Frame(-152, -18, -56, 70, grid=15),
    OCEANIA: Frame(110, 200, -48, 12, grid=15),
}
