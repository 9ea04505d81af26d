"""A groove on a few notes at a time says what it says of the whole pattern."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.music.curve import Curve
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.groove_window import GrooveWindow
from groovescape_models.music.grooving import played_in_order
from groovescape_models.music.pattern import Note, Pattern, Role


def felt(pattern: Pattern, rng: random.Random, grid: int) -> Feel:
    return Feel(
        tuple(note.start + rng.uniform(-0.12, 0.12) for note in pattern.notes),
        tuple(rng.randint(1, 127) for _ in pattern.notes),
        tuple(rng.randint(1, 127) for _ in pattern.notes),
        tuple(rng.uniform(-0.02, 0.02) for _ in pattern.notes),
        tuple(rng.uniform(-9, 9) for _ in pattern.notes),
        grid,
    )


@given(
    seed=st.integers(0, 10_000),
    role=st.sampled_from([Role.DRUMS, Role.MELODY]),
    grid=st.sampled_from([3, 4, 6]),
    amount=st.builds(
        GrooveAmount,
        intensity=st.floats(0, 1.5),
        timing=st.floats(0, 1.5),
        quantise=st.floats(0, 1),
        swing=st.floats(0, 1),
        respect=st.floats(0, 1),
        push=st.sampled_from([0.0, 0.4, 1.0]),
    ),
)
def test_each_note_is_where_the_whole_pattern_has_it(seed: int, role: Role, grid: int, amount: GrooveAmount) -> None:
    """Flams of 20 ms and notes of the same time included; asked for in any order, as a loop that is edited does."""
    rng = random.Random(seed)  # noqa: S311
    starts = [max(0.0, step / grid + rng.choice([0.0, 0.0, -0.04, 0.02])) for step in range(8 * grid)]
    notes = tuple(
        Note(start, 0.2, rng.choice([36, 38, 42]), rng.randint(1, 127)) for start in starts if rng.random() < 0.8
    )
    pattern = Pattern((*notes, *(Note(n.start + 0.03, 0.1, n.pitch, n.velocity) for n in notes[::5])), 8.0, role=role)
    feel, other = felt(pattern, rng, grid), felt(pattern, rng, grid)
    choice = GrooveChoice(
        "drummer", amount, None, "other", Curve(((0.0, 0.2), (8.0, 1.2))), Curve(((2.0, 0), (6.0, 1)))
    )
    window = GrooveWindow(pattern, feel, other, choice)
    whole = played_in_order(pattern, feel, other, choice)
    order = list(range(len(whole)))
    rng.shuffle(order)
    for index in order:
        note = window.note(index)
        assert (note.start, note.velocity) == (whole[index].start, whole[index].velocity)


def test_without_a_feel_notes_are_as_they_are_written() -> None:
    pattern = Pattern((Note(0.1, 0.2, 36, 90),))
    assert GrooveWindow(pattern).note(0) is pattern.notes[0]


def test_a_feel_of_another_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="the feel is for 0 notes, the pattern has 1"):
        GrooveWindow(Pattern((Note(0.1, 0.2, 36, 90),)), Feel((), ()))
