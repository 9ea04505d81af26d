import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from groovescape_widgets.pad_geometry import CORNERS, LEAST_PLANE, NAMES_HEIGHT, PadGeometry, weights_at

share = st.floats(0, 1)
WIDE, HIGH = PadGeometry(700, 424), PadGeometry(360, 700)


@pytest.mark.parametrize("where", [WIDE, HIGH, PadGeometry(LEAST_PLANE, LEAST_PLANE + NAMES_HEIGHT)])
def test_the_plane_is_square_and_inside_with_its_names(where: PadGeometry) -> None:
    plane = where.plane
    assert plane.width() == plane.height() >= LEAST_PLANE
    assert plane.left() >= 0
    assert plane.right() <= where.width
    for corner in range(4):
        chip = where.chip(corner)
        assert not chip.intersects(plane)
        assert chip.top() >= 0
        assert chip.bottom() <= where.height


@given(share, share)
def test_a_point_is_found_where_it_is_drawn(x: float, y: float) -> None:
    assert WIDE.point(WIDE.position(x, y)) == pytest.approx((x, y), abs=1e-9)


@given(st.floats(-1000, 2000), st.floats(-1000, 2000))
def test_positions_outside_give_the_nearest_point(x: float, y: float) -> None:
    left, top = WIDE.point(QPointF(x, y))
    assert 0.0 <= left <= 1.0
    assert 0.0 <= top <= 1.0


@given(share, share)
def test_the_shares_of_the_corners_are_whole(x: float, y: float) -> None:
    assert sum(weights_at(x, y)) == pytest.approx(1.0)


def test_each_corner_is_its_own() -> None:
    for corner, (x, y) in enumerate(CORNERS):
        assert weights_at(x, y)[corner] == 1.0
        assert WIDE.corner_at(WIDE.position(x, y)) == corner
        assert WIDE.corner_at(WIDE.chip(corner).center()) == corner
        assert WIDE.chip_at(WIDE.chip(corner).center()) == corner
        assert WIDE.nearest(WIDE.quadrant(corner).center()) == corner


def test_the_middle_is_no_corner() -> None:
    assert WIDE.corner_at(WIDE.plane.center()) is None
    assert WIDE.corner_at(QPointF(2, 200)) is None
