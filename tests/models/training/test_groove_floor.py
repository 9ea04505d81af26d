"""Drummers' own consistency, on performances whose habits are known."""

import numpy as np
import pytest

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove import Groove
from groovescape_models.training.examples import Example, ExampleArrays, stack, two_bar_windows
from groovescape_models.training.groove_floor import OTHER_BARS, own_habits, performances
from groovescape_models.training.groove_measures import measure

BARS = 6
LATE = 0.2


def of_one_drummer(late_bar: int | None = None) -> ExampleArrays:
    """Return the windows of a kick a bar, LATE steps behind the second beat; one bar may be played on it."""
    hits = np.zeros((16 * BARS, 9), np.bool_)
    hits[4::16, Drum.KICK] = True
    offsets = np.where(hits, np.float32(LATE), np.float32(0.0))
    if late_bar is not None:
        offsets[16 * late_bar + 4, Drum.KICK] = 0.0
    groove = Groove(hits, hits * np.float32(0.5), offsets, 150.0)
    return stack(Example(window, "rock", "drummer1", "test", "a.mid", bar) for bar, window in two_bar_windows(groove))


def test_a_drummer_who_never_varies_is_predicted_by_himself() -> None:
    examples = of_one_drummer()

    playing, known = own_habits(examples)

    np.testing.assert_array_equal(known, examples.hits)
    row = measure("floor", playing, examples, among=known)
    assert (row.timing_ms, row.velocity) == (pytest.approx(0.0, abs=1e-4), pytest.approx(0.0, abs=1e-4))


def test_a_hit_is_never_predicted_by_itself() -> None:
    examples = of_one_drummer(late_bar=2)

    playing, known = own_habits(examples)

    there = (examples.bars[:, None] + np.arange(2)) == 2
    odd = np.repeat(there, 16, axis=1)[:, :, None] & known
    assert odd.any()
    np.testing.assert_allclose(playing.offset[odd], LATE, rtol=1e-5)


def test_what_is_struck_in_too_few_other_bars_is_not_known() -> None:
    examples = of_one_drummer()
    short = examples.where(examples.bars < OTHER_BARS - 1)

    assert not own_habits(short)[1].any()


def test_cutting_two_bars_out_leaves_the_notes_of_the_others() -> None:
    whole = next(performances(of_one_drummer()))

    rest, everything = whole.without(2), whole.without(-2)

    assert rest is not None
    assert everything is not None
    assert (len(rest.notes), rest.bars) == (BARS - 2, BARS - 2)
    assert (len(everything.notes), everything.bars) == (BARS, BARS)


def test_nothing_is_left_of_a_performance_of_two_bars() -> None:
    examples = of_one_drummer()
    two = next(performances(examples.where(examples.bars == 0)))

    assert two.without(0) is None
