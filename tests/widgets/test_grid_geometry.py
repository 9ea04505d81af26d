import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP
from groovescape_widgets.drum_hits import grid_hits
from groovescape_widgets.grid_geometry import HEADER_PX, LEAST_HIT_PX, GridGeometry
from groovescape_widgets.time_view import TimeView
from groovescape_widgets.voices import LANE_ORDER

WHERE = GridGeometry(720.0, 340.0, 90.0, LANE_ORDER, TimeView(0.0, 8.0, 8.0))
steps, lanes = st.integers(0, 31), st.integers(0, 8)


@given(steps, lanes)
def test_a_cell_is_found_at_its_centre(step: int, lane: int) -> None:
    assert WHERE.cell_at(WHERE.cell_box(step, lane).center()) == (step, lane)


@given(st.floats(0, 8))
def test_a_time_is_found_where_it_is_drawn(time: float) -> None:
    assert WHERE.time_at(WHERE.x_of(time)) == pytest.approx(time, abs=1e-9)


def test_lanes_fill_the_field_without_overlap() -> None:
    boxes = [WHERE.lane_box(lane) for lane in range(9)]
    assert boxes[0].top() == HEADER_PX
    assert all(one.bottom() <= other.top() for one, other in zip(boxes, boxes[1:], strict=False))
    assert WHERE.height - boxes[-1].bottom() <= 2


@given(lanes, st.integers(1, 127), st.floats(0, 7.9))
def test_a_hit_stands_in_its_lane_and_starts_when_it_is_played(lane: int, velocity: int, start: float) -> None:
    box = WHERE.hit_box(lane, start, velocity)
    assert box.left() == pytest.approx(WHERE.x_of(start))
    assert box.top() >= WHERE.lane_box(lane).top()
    assert box.bottom() <= WHERE.lane_box(lane).bottom()
    assert box.height() >= LEAST_HIT_PX
    assert box.width() < WHERE.step_width


def test_louder_is_higher() -> None:
    heights = [WHERE.hit_box(0, 1.0, velocity).height() for velocity in (20, 64, 127)]
    assert heights == sorted(heights)
    assert heights[2] > 4 * heights[0]


def test_outside_the_steps_is_no_cell() -> None:
    assert WHERE.cell_at(QPointF(40, 100)) is None
    assert WHERE.cell_at(QPointF(400, HEADER_PX - 1)) is None
    short = GridGeometry(720.0, 340.0, 90.0, LANE_ORDER, TimeView(0.0, 1.0, 0.9))
    assert short.cell_at(QPointF(719, 100)) is None


def test_of_two_hits_in_one_place_the_last_drawn_is_taken() -> None:
    base = Pattern((Note(1.0, STEP, 38, 50), Note(1.02, STEP, 40, 90)))
    hits = grid_hits(base, base.notes)
    at = WHERE.hit_box(LANE_ORDER.index(hits[0].drum), 1.05, 127).center()
    hit = WHERE.hit_at(at, hits)
    assert hit is not None
    assert hit.index == 1
    assert WHERE.hit_at(QPointF(700, 50), hits) is None
