"""Lines and their tokens."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.encoding.lines import (
    FIRST_NOTE,
    MAX_PITCH,
    MIN_PITCH,
    NOTE_OFF,
    STEPS_PER_BAR,
    from_line,
    line_velocities,
    moved,
    pitches_of,
    to_line,
)
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP


@st.composite
def monophonic(draw: st.DrawFn) -> Pattern:
    """Notes on the grid, one after the other."""
    bars = draw(st.integers(1, 4))
    steps = bars * STEPS_PER_BAR
    places = sorted(draw(st.sets(st.integers(0, steps - 1), max_size=20)))
    notes = []
    for place, after in pairwise([*places, steps]):
        length = draw(st.integers(1, after - place))
        pitch = draw(st.integers(MIN_PITCH, MAX_PITCH))
        notes.append(Note(place * STEP, length * STEP, pitch, draw(st.integers(1, 127))))
    return Pattern(tuple(notes), bars * 4.0, role=draw(st.sampled_from((Role.MELODY, Role.BASS))))


@given(monophonic())
def test_a_monophonic_pattern_on_the_grid_comes_back_exactly(pattern: Pattern) -> None:
    assert from_line(to_line(pattern), line_velocities(pattern), pattern.role) == pattern


def line(*notes: Note, role: Role = Role.MELODY) -> list[int]:
    return [int(token) for token in to_line(Pattern(notes, 4.0, role=role))]


def test_tokens_are_magentas() -> None:
    tokens = line(Note(0.0, 1.0, 60, 90), Note(2.0, 0.5, 62, 90))
    assert tokens[0] == 2 + 60 - 21
    assert tokens[1:8] == [0, 0, 0, NOTE_OFF, 0, 0, 0]
    assert tokens[8:] == [2 + 62 - 21, 0, NOTE_OFF, 0, 0, 0, 0, 0]


def test_the_highest_of_a_melodys_chord_stands_and_the_lowest_of_a_basss() -> None:
    chord = [Note(0.0, 4.0, pitch, 90) for pitch in (48, 55, 64)]
    assert line(*chord)[0] == FIRST_NOTE + 64 - MIN_PITCH
    assert line(*chord, role=Role.BASS)[0] == FIRST_NOTE + 48 - MIN_PITCH


def test_a_note_ends_where_the_next_begins() -> None:
    assert line(Note(0.0, 3.0, 60, 90), Note(1.0, 3.0, 64, 90))[1:5] == [0, 0, 0, FIRST_NOTE + 64 - MIN_PITCH]


def test_what_rounds_past_the_end_is_the_first_note_of_the_loop() -> None:
    assert line(Note(3.9, 0.5, 60, 90))[:3] == [FIRST_NOTE + 60 - MIN_PITCH, 0, NOTE_OFF]


def test_velocities_default_to_100() -> None:
    (note,) = from_line(to_line(Pattern((Note(0.0, 1.0, 60, 33),), 4.0, role=Role.MELODY))).notes
    assert note.velocity == 100


def test_a_token_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"tokens must be in 0\.\.89, got 0\.\.90"):
        from_line(np.array([0, 90], np.int16))


@given(monophonic(), st.integers(-6, 6))
def test_moving_keeps_rhythm_and_pitch_class(pattern: Pattern, semitones: int) -> None:
    tokens = to_line(pattern)
    there = moved(tokens, semitones)
    assert np.array_equal(there < FIRST_NOTE, tokens < FIRST_NOTE)
    played = tokens >= FIRST_NOTE
    assert np.all((pitches_of(there) - pitches_of(tokens) - semitones)[played] % 12 == 0)
    assert not played.any() or MIN_PITCH <= pitches_of(there)[played].min() <= pitches_of(there)[played].max() <= 108


@pytest.mark.parametrize(("pitch", "semitones", "expected"), [(108, 1, 97), (21, -1, 32), (60, 5, 65), (21, -12, 21)])
def test_what_leaves_the_range_goes_to_the_nearest_octave_inside(pitch: int, semitones: int, expected: int) -> None:
    assert pitches_of(moved(np.array([[FIRST_NOTE + pitch - MIN_PITCH]], np.int16), semitones))[0, 0] == expected
