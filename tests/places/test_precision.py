"""No point that is shown is finer than its precision allows."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.places.precision import WITHOUT_COORDINATES, PlacePrecision, cut_coordinates

latitudes = st.decimals(-90, 90, places=6)
longitudes = st.decimals(-180, 180, places=6)


@pytest.mark.parametrize(
    ("precision", "point"),
    [
        ("site", (52.37, 4.9)),
        ("city", (52.37, 4.9)),
        ("area", (52.4, 4.9)),
        ("region", (None, None)),
        ("country", (None, None)),
    ],
)
def test_a_point_is_cut_to_its_precision(precision, point):
    assert cut_coordinates(precision, Decimal("52.370216"), Decimal("4.895168")) == point


@given(st.sampled_from(PlacePrecision), latitudes, longitudes)
def test_nothing_finer_ever_comes_out(precision, latitude, longitude):
    point = cut_coordinates(precision, latitude, longitude)
    if precision in WITHOUT_COORDINATES:
        assert point == (None, None)
        return
    step = 0.1 if precision == PlacePrecision.AREA else 0.01
    for public, exact in zip(point, (latitude, longitude), strict=True):
        assert len(str(Decimal(str(public))).partition(".")[2]) <= (1 if step == 0.1 else 2)
        assert abs(public - float(exact)) <= step / 2 + 1e-9
    assert -90 <= point[0] <= 90
    assert -180 <= point[1] <= 180


@given(latitudes, longitudes)
def test_cutting_twice_is_cutting_once(latitude, longitude):
    once = cut_coordinates("city", latitude, longitude)
    assert cut_coordinates("city", *(Decimal(str(value)) for value in once)) == once


@pytest.mark.parametrize("point", [(None, None), (Decimal(1), None), (None, Decimal(1))])
def test_half_a_point_is_none(point):
    assert cut_coordinates("city", *point) == (None, None)


def test_every_precision_is_decided_on():
    for precision in PlacePrecision:
        point = cut_coordinates(precision, Decimal(1), Decimal(1))
        assert (point == (None, None)) == (precision in WITHOUT_COORDINATES)


def test_an_unknown_precision_shows_nothing_by_failing():
    with pytest.raises(ValueError, match="exact"):
        cut_coordinates("exact", Decimal(1), Decimal(1))
