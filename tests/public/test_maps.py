"""The drawings behind the maps: up to date, true to the projection, whole."""

import pytest
from django.core.management import CommandError, call_command

from casetracker.places.countries import government_codes
from casetracker.places.regions import REGIONS, region_of
from casetracker.public.maps import drawings
from casetracker.public.maps.drawings import drawing
from casetracker.public.maps.equal_earth import project
from casetracker.public.maps.frames import FRAMES, WIDTH, WORLD


@pytest.mark.slow
@pytest.mark.once
def test_the_stored_maps_are_what_would_be_drawn_now(tmp_path, monkeypatch):
    call_command("draw_maps", check=True)
    other = tmp_path / "maps.json"
    monkeypatch.setattr("casetracker.public.management.commands.draw_maps.DRAWN", other)
    call_command("draw_maps")
    assert other.read_text() == drawings.DRAWN.read_text()
    other.write_text("{}")
    with pytest.raises(CommandError, match="draw_maps"):
        call_command("draw_maps", check=True)


def test_the_projection_is_equal_earth():
    # From the paper: the outline at the equator and at a pole.
    assert project(180, 0) == pytest.approx((2.7066, 0), abs=1e-4)
    assert project(0, 90) == pytest.approx((0, 1.3174), abs=1e-4)
    x, y = project(-30, -45)
    assert (x, y) == pytest.approx((-project(30, 45)[0], -project(30, 45)[1]))


@pytest.mark.parametrize(
    ("region", "longitude", "latitude", "code"),
    [
        ("europe", 4.9, 52.37, "NL"),
        ("asia", 139.7, 35.7, "JP"),
        ("oceania", 174.8, -41.3, "NZ"),
        ("world", 4.9, 52.4, "NL"),
    ],
)
def test_a_point_lies_near_the_middle_of_its_country(region, longitude, latitude, code):
    drawn = drawing(region)
    x, y = drawn.frame.locate(longitude, latitude)
    land = drawn.lands[code]
    assert abs(x - land.x) <= land.size
    assert abs(y - land.y) <= land.size


def test_a_point_outside_of_a_map_has_no_place_on_it():
    assert FRAMES["europe"].locate(139.7, 35.7) is None
    assert FRAMES["oceania"].locate(-175.2, -21.1) is not None  # beyond the date line


def test_no_country_is_torn_at_the_edge_of_the_world():
    russia = drawing(WORLD).lands["RU"]
    assert russia.size < WIDTH / 2
    fiji = drawing("oceania").lands["FJ"]
    assert 0 < fiji.size < WIDTH / 20


def test_every_country_is_in_one_region_and_its_region_has_it():
    assert [code for code in government_codes() if not region_of(code)] == ["AQ"]
    for code in drawing(WORLD).lands:
        if region_of(code) and drawing(WORLD).lands[code].size > 40:
            assert code in drawing(region_of(code)).lands
    assert {region_of(code) for code in government_codes()} == {"", *REGIONS}
