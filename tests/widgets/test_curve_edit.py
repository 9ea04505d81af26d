import pytest

from groovescape_models.music.curve import Curve
from groovescape_widgets.curve_edit import (
    FINE_UNIT,
    INTENSITY,
    MORPH,
    index_at,
    snapped,
    with_moved,
    with_point,
    with_stroke,
    without_point,
)

RISE = Curve(((0.0, 0.2), (2.0, 0.6), (4.0, 1.0)))


def test_times_snap_to_beats_within_the_pattern_and_to_its_end() -> None:
    assert snapped(1.4, 1.0, 8.0) == 1.0
    assert snapped(-3.0, 1.0, 8.0) == 0.0
    assert snapped(99.0, 1.0, 8.0) == 8.0
    assert snapped(3.4, 1.5, 3.5) == 3.5
    assert snapped(1.4, FINE_UNIT, 8.0) == pytest.approx(1.375)


def test_values_stay_in_the_range_of_their_curve() -> None:
    assert [INTENSITY.clamp(value) for value in (-1.0, 0.123, 9.0)] == [0.0, 0.12, 1.5]
    assert MORPH.clamp(1.2) == 1.0


def test_a_point_is_put_in_its_order_and_takes_the_place_of_one_at_its_time() -> None:
    assert with_point(RISE, 1.0, 0.9).points == ((0.0, 0.2), (1.0, 0.9), (2.0, 0.6), (4.0, 1.0))
    assert with_point(RISE, 2.0, 0.9).points == ((0.0, 0.2), (2.0, 0.9), (4.0, 1.0))
    assert index_at(RISE, 2.0) == 1
    assert index_at(RISE, 1.0) is None


def test_a_point_is_taken_away_and_nothing_where_there_is_none() -> None:
    assert without_point(RISE, 2.0).points == ((0.0, 0.2), (4.0, 1.0))
    assert without_point(RISE, 1.0) == RISE


def test_a_moved_point_never_passes_its_neighbours() -> None:
    assert with_moved(RISE, 1, 3.0, 0.5).points[1] == (3.0, 0.5)
    assert with_moved(RISE, 1, 9.0, 0.5).points[1] == (4.0 - FINE_UNIT, 0.5)
    assert with_moved(RISE, 1, -9.0, 0.5).points[1] == (FINE_UNIT, 0.5)
    crowded = Curve(((0.0, 0.2), (FINE_UNIT, 0.4), (1.5 * FINE_UNIT, 0.6)))
    assert with_moved(crowded, 1, 5.0, 0.5).points[1] == (FINE_UNIT, 0.5)


def test_a_stroke_of_the_pen_takes_the_place_of_what_lay_under_it() -> None:
    assert with_stroke(RISE, 1.0, 3.0, 0.1).points == ((0.0, 0.2), (3.0, 0.1), (4.0, 1.0))
    assert with_stroke(RISE, 3.0, 1.0, 0.1).points == ((0.0, 0.2), (1.0, 0.1), (4.0, 1.0))
