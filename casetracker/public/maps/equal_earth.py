"""The Equal Earth projection (Šavrič, Patterson, Jenny 2018): land keeps its area, so none looks too weighty."""

from math import asin, cos, radians, sin, sqrt

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a point lies on the plane, y upwards, in radii of the earth.

    Both are decimal degrees; `longitude` is counted from the middle of the map and may lie beyond 180.
    """
    theta = asin(_M * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    stretch = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    x = radians(longitude) * cos(theta) / (_M * stretch)
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return x, y
