import pytest

from groovescape_models.music.pattern import Role
from groovescape_widgets.pitch_view import AROUND, FEWEST_ROWS, USUAL_ROWS, PitchView


@pytest.mark.parametrize("pitches", [(60,), (40, 52), (30, 90), (0,), (127,), (0, 127)])
def test_a_fit_shows_all_pitches(pitches: tuple[int, ...]) -> None:
    view = PitchView.fit(pitches)
    assert view.rows >= min(USUAL_ROWS, 128)
    assert view.bottom <= min(pitches)
    assert max(pitches) + 1 <= view.top
    assert set(pitches) <= set(view.pitches)


def test_a_fit_leaves_room_around() -> None:
    view = PitchView.fit((40, 90))
    assert view.bottom <= 40 - AROUND
    assert view.top >= 91 + AROUND


def test_an_empty_bass_lies_lower_than_an_empty_melody() -> None:
    low, high = PitchView.fit((), Role.BASS), PitchView.fit((), Role.MELODY)
    assert low.bottom <= 29 < 52 <= low.top
    assert high.bottom <= 57 < 79 <= high.top


def test_scrolling_ends_where_midi_does() -> None:
    view = PitchView()
    assert view.scrolled_to(999).top == 128
    assert view.scrolled_to(-999).bottom == 0


def test_zooming_keeps_the_pitch_at_its_place() -> None:
    view = PitchView(84.0, 24.0)
    near = view.zoomed(72.0, 0.5)
    assert near.rows == 12
    assert (near.top - 72.0) / near.rows == (view.top - 72.0) / view.rows
    assert view.zoomed(72.0, 0.0001).rows == FEWEST_ROWS
    assert view.zoomed(72.0, 999.0).rows == 128


def test_showing_scrolls_no_further_than_it_must() -> None:
    view = PitchView(84.0, 24.0)
    assert view.showing(70) == view
    assert view.showing(84).top == 85
    assert view.showing(59).bottom == 59
