"""Frames and quarters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape.audio.tempo_line import TempoLine, nearest_grid, next_grid


@given(st.integers(0, 10**9))
def test_grid_points_are_multiples_of_64(frame: int) -> None:
    assert next_grid(frame) % 64 == nearest_grid(frame) % 64 == 0
    assert 0 <= next_grid(frame) - frame < 64
    assert abs(nearest_grid(frame) - frame) <= 32


def test_half_way_goes_to_the_later_point() -> None:
    assert [nearest_grid(frame) for frame in (31, 32, 96)] == [0, 64, 128]


def test_a_quarter_at_120_bpm_is_half_a_second() -> None:
    line = TempoLine(120.0, 48_000)
    line.restart(1000)
    assert line.frame_at(1.0) == 25_000
    assert line.time_at(25_000) == 1.0


@given(st.lists(st.tuples(st.floats(10, 999), st.integers(1, 100_000)), min_size=1, max_size=50))
def test_time_never_jumps_where_the_tempo_changes(turns: list[tuple[float, int]]) -> None:
    line = TempoLine(120.0, 48_000)
    frame = 0
    for tempo, frames in turns:
        frame += frames
        before = line.time_at(frame)
        line.turn(tempo, frame)
        assert line.time_at(frame) == pytest.approx(before, abs=1e-9)
        assert line.frame_at(line.time_at(frame + 7)) == pytest.approx(frame + 7, abs=1e-4)


def test_a_refused_tempo_leaves_the_line_as_it_was() -> None:
    line = TempoLine(120.0, 48_000)
    with pytest.raises(ValueError, match="tempo"):
        line.turn(1.0, 100)
    assert line.tempo_bpm == 120.0
    assert line.frame_at(1.0) == 24_000
