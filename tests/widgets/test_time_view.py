import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.music.timing import Meter
from groovescape_widgets.time_view import TimeView

FOUR = Meter()


def test_eight_bars_fit_and_longer_ones_scroll() -> None:
    assert TimeView.fit(8.0, FOUR).is_whole
    assert TimeView.fit(32.0, FOUR).is_whole
    long = TimeView.fit(64.0, FOUR)
    assert not long.is_whole
    assert long.span == 32.0


@given(st.floats(0, 64), st.floats(0.1, 10), st.floats(-10, 100))
def test_a_view_never_leaves_its_pattern(at: float, factor: float, to: float) -> None:
    view = TimeView.fit(64.0, FOUR).zoomed(at, factor).scrolled_to(to)
    assert view.first >= 0.0
    assert view.end <= 64.0 + 1e-9
    assert view.span >= 1.0


def test_zooming_keeps_the_time_under_the_pointer() -> None:
    view = TimeView.fit(16.0, FOUR).zoomed(4.0, 0.5)
    assert view.span == 8.0
    assert (4.0 - view.first) / view.span == pytest.approx(0.25)
    assert view.zoomed(4.0, 100.0).is_whole


def test_a_time_out_of_sight_turns_the_page() -> None:
    view = TimeView(0.0, 8.0, 32.0)
    assert view.showing(7.9) == view
    assert view.showing(9.0).first == 8.0
    assert view.showing(31.9).first == 24.0
