"""Applying a feel: every note is kept, nothing happens at zero, order survives."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from groovescape_models.music.feel import Feel, GrooveAmount, offset_ms
from groovescape_models.music.groove import Groove
from groovescape_models.music.grooving import apply_feel, apply_feel_in_order
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.placing import CLOSEST

NOTES = st.builds(Note, st.floats(0, 16), st.floats(0, 4), st.sampled_from((36, 38, 42, 75)), st.integers(1, 127))
PATTERNS = st.builds(Pattern, st.lists(NOTES, max_size=24).map(tuple))
PARTS = st.floats(0.0, 1.5)
AMOUNTS = st.builds(GrooveAmount, PARTS, PARTS, PARTS)


@st.composite
def played(draw: st.DrawFn) -> tuple[Pattern, Feel]:
    pattern = draw(PATTERNS)
    count = len(pattern.notes)
    shifts = draw(st.lists(st.floats(-1.0, 1.0), min_size=count, max_size=count))
    velocities = draw(st.lists(st.integers(0, 140), min_size=count, max_size=count))
    starts = tuple(note.start + shift for note, shift in zip(pattern.notes, shifts, strict=True))
    return pattern, Feel(starts, tuple(velocities))


@given(played(), AMOUNTS)
def test_every_note_is_kept_with_its_pitch_and_none_grows_longer(
    case: tuple[Pattern, Feel], amount: GrooveAmount
) -> None:
    pattern, feel = case
    notes = apply_feel_in_order(pattern, feel, amount)
    assert [n.pitch for n in notes] == [n.pitch for n in pattern.notes]
    assert all(n.duration <= own.duration for n, own in zip(notes, pattern.notes, strict=True))
    assert apply_feel(pattern, feel, amount) == pattern.with_notes(notes)


@given(played(), PARTS, PARTS)
def test_zero_intensity_gives_the_pattern_back_bit_for_bit(
    case: tuple[Pattern, Feel], timing: float, velocity: float
) -> None:
    pattern, feel = case
    same = apply_feel(pattern, feel, GrooveAmount(0.0, timing, velocity))
    assert same == pattern
    assert [n.start.hex() for n in same.notes] == [n.start.hex() for n in pattern.notes]


@given(played(), PARTS)
def test_timing_and_velocity_are_apart(case: tuple[Pattern, Feel], amount: float) -> None:
    pattern, feel = case
    louder = apply_feel_in_order(pattern, feel, GrooveAmount(amount, timing=0.0))
    moved = apply_feel_in_order(pattern, feel, GrooveAmount(amount, velocity=0.0))
    assert [n.start for n in louder] == [n.start for n in pattern.notes]
    assert [n.velocity for n in moved] == [n.velocity for n in pattern.notes]


@given(PATTERNS, AMOUNTS)
def test_the_feel_of_the_pattern_itself_changes_nothing(pattern: Pattern, amount: GrooveAmount) -> None:
    assert apply_feel(pattern, Feel.of(pattern), amount) == pattern


@given(played(), AMOUNTS)
def test_notes_of_one_pitch_keep_their_order_and_do_not_fall_together(
    case: tuple[Pattern, Feel], amount: GrooveAmount
) -> None:
    pattern, feel = case
    notes = apply_feel_in_order(pattern, feel, amount)
    for pitch in {note.pitch for note in notes}:
        own = [note.start for note in pattern.notes if note.pitch == pitch]
        now = [note.start for note in notes if note.pitch == pitch]
        assert now == sorted(now)
        gaps = np.minimum(np.diff(own), CLOSEST)
        assert np.all(np.diff(now) >= gaps - 1e-9)


@given(played(), st.floats(0.01, 1.5))
def test_more_intensity_goes_further_the_same_way(case: tuple[Pattern, Feel], intensity: float) -> None:
    pattern, feel = case
    assume(len(pattern.notes) == 1)
    note, goal = pattern.notes[0], feel.starts[0]
    (moved,) = apply_feel_in_order(pattern, feel, GrooveAmount(intensity))
    assert moved.start == pytest.approx(max(0.0, note.start + (goal - note.start) * intensity), abs=1e-12)


def test_a_first_hit_before_the_beginning_is_held_at_zero_only_after_its_share() -> None:
    pattern = Pattern((Note(0.02, 0.25, 36, 100),))
    feel = Feel((-0.04,), (100,))
    half = apply_feel(pattern, feel, GrooveAmount(0.25))
    assert half.notes[0].start == pytest.approx(0.005)
    assert apply_feel(pattern, feel, GrooveAmount(1.0)).notes[0].start == 0.0


def test_velocities_stay_in_midi_range() -> None:
    pattern = Pattern((Note(0.0, 0.25, 36, 120), Note(1.0, 0.25, 36, 5)))
    loud = apply_feel(pattern, Feel((0.0, 1.0), (127, 1)), GrooveAmount(1.5))
    assert [n.velocity for n in loud.notes] == [127, 1]


def test_a_note_that_overtakes_another_drum_keeps_its_index() -> None:
    pattern = Pattern((Note(0.0, 0.25, 36, 100), Note(0.1, 0.25, 42, 60)))
    feel = Feel((0.2, 0.1), (100, 60))
    assert [n.pitch for n in apply_feel_in_order(pattern, feel, GrooveAmount())] == [36, 42]
    assert [n.pitch for n in apply_feel(pattern, feel, GrooveAmount()).notes] == [42, 36]


def test_a_feel_of_another_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="the feel is for 0 notes, the pattern has 1"):
        apply_feel(Pattern((Note(0.0, 1.0, 36, 100),)), Feel((), ()), GrooveAmount())


def test_a_feel_needs_whole_and_finite_values() -> None:
    with pytest.raises(ValueError, match="as many starts as velocities, got 1 and 0"):
        Feel((0.0,), ())
    with pytest.raises(ValueError, match="finite"):
        Feel((math.nan,), (100,))


@pytest.mark.parametrize("value", [-0.1, 1.6, math.nan])
def test_an_amount_out_of_range_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=r"intensity must be in 0\.\.1\.5"):
        GrooveAmount(value)


def test_offsets_are_late_when_positive() -> None:
    assert offset_ms(Note(1.01, 0.25, 36, 100), 120.0) == pytest.approx(5.0)
    assert offset_ms(Note(0.99, 0.25, 36, 100), 120.0) == pytest.approx(-5.0)
    assert offset_ms(Note(0.125, 0.25, 36, 100), 120.0) == pytest.approx(-62.5)


def test_a_groove_has_one_shape_and_cannot_be_changed() -> None:
    grid = np.zeros((32, 9), np.float32)
    groove = Groove(np.zeros((32, 9), np.bool_), grid, grid.copy())
    assert groove.steps == 32
    with pytest.raises(ValueError, match="read-only"):
        groove.velocities[0, 0] = 1.0
    with pytest.raises(ValueError, match=r"offsets must have shape \(steps, 9\), got \(16, 9\)"):
        Groove(np.zeros((32, 9), np.bool_), grid, np.zeros((16, 9), np.float32))


def test_full_length_notes_do_not_run_into_each_other() -> None:
    legato = Pattern(tuple(Note(t / 4, 0.25, 42, 100) for t in range(32)))
    feel = Feel(tuple(n.start + (0.05 if i % 2 else -0.05) for i, n in enumerate(legato.notes)), (100,) * 32)
    played = apply_feel_in_order(legato, feel, GrooveAmount())
    assert all(a.end <= b.start + 1e-12 for a, b in zip(played, played[1:], strict=False))
    overlapping = Pattern((Note(0.0, 1.0, 42, 100), Note(0.5, 0.25, 42, 100)))
    assert apply_feel_in_order(overlapping, Feel((0.0, 0.4), (100, 100)), GrooveAmount())[0].duration == 1.0
