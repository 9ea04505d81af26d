"""Notes and patterns: frozen, sorted, in range."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Meter

NOTES = st.builds(Note, st.floats(0, 64), st.floats(0, 4), st.integers(0, 127), st.integers(1, 127))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start", -0.001),
        ("start", math.nan),
        ("start", math.inf),
        ("duration", -1.0),
        ("duration", math.inf),
        ("pitch", -1),
        ("pitch", 128),
        ("velocity", 0),
        ("velocity", 128),
    ],
)
def test_a_note_out_of_range_is_refused_with_rule_and_value(field: str, value: float) -> None:
    with pytest.raises(ValueError, match=rf"{field} must be .*got"):
        dataclasses.replace(Note(0.0, 1.0, 36, 100), **{field: value})


def test_a_note_ends_after_its_duration() -> None:
    assert Note(1.5, 0.25, 36, 100).end == 1.75


@given(st.lists(NOTES))
def test_a_pattern_sorts_its_notes_and_loses_none(notes: list[Note]) -> None:
    pattern = Pattern(tuple(notes))
    assert list(pattern.notes) == sorted(notes)
    assert pattern == Pattern(tuple(reversed(notes)))


@given(st.lists(NOTES, min_size=1), st.data())
def test_taking_a_note_out_and_putting_it_back_changes_nothing(notes: list[Note], data: st.DataObject) -> None:
    pattern = Pattern(tuple(notes))
    note = data.draw(st.sampled_from(notes))
    assert len(pattern.without_note(note).notes) == len(notes) - 1
    assert pattern.without_note(note).with_note(note) == pattern


def test_a_note_that_is_not_there_cannot_be_taken_out() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        Pattern().without_note(Note(0.0, 1.0, 36, 100))


def test_other_notes_keep_the_rest_of_the_pattern() -> None:
    pattern = Pattern((), 6.0, Meter(6, 8), Role.BASS, "Riff")
    changed = pattern.with_notes([Note(0.0, 1.0, 36, 100)])
    assert (changed.length, changed.meter, changed.role, changed.name) == (6.0, Meter(6, 8), Role.BASS, "Riff")
    assert pattern.notes == ()


@pytest.mark.parametrize("length", [0.0, -1.0, math.inf, math.nan])
def test_a_pattern_must_have_a_length(length: float) -> None:
    with pytest.raises(ValueError, match="length must be > 0"):
        Pattern(length=length)


@pytest.mark.parametrize(
    ("length", "meter", "bars"),
    [(8.0, Meter(), 2), (8.1, Meter(), 3), (6.0, Meter(6, 8), 2), (0.5, Meter(), 1), (3 * 1.75, Meter(7, 16), 3)],
)
def test_bars_count_a_last_one_in_part(length: float, meter: Meter, bars: int) -> None:
    assert Pattern(length=length, meter=meter).bars == bars


def test_a_pattern_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Pattern().length = 4.0  # type: ignore[misc]
