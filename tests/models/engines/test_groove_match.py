"""What a groove says of patterns in other meters, on other grids and of other lengths."""

import numpy as np
import pytest

from groovescape_models.engines.groove_match import Told, told_of
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove_template import COLUMNS, GrooveTable
from groovescape_models.music.timing import Meter

FOUR, THREE, FIVE = Meter(4, 4), Meter(3, 4), Meter(5, 4)


def table(steps: int, grid: int) -> GrooveTable:
    """Each step of a groove whose offset tells which it is: step / 1000 steps late, on the kick."""
    columns = {name: np.zeros((steps, DRUM_COUNT), np.float32) for name in COLUMNS}
    columns["count"][:, Drum.KICK] = 3
    columns["offset"][:, Drum.KICK] = np.arange(steps) / 1000
    return GrooveTable(**columns, steps_per_quarter=grid)


def told(
    groove: GrooveTable, own: Meter, times: list[float], meter: Meter, grid: int, ratio: float = 1.0
) -> tuple[list[int | None], Told]:
    """Return the step of the groove that answers each time, None where none does; ratio is that of the beats."""
    answer = told_of(groove, own, np.array(times), meter, grid)
    quarters = answer.offset[:, Drum.KICK] * groove.steps_per_quarter / ratio
    known = answer.count[:, Drum.KICK] > 0
    return [round(q * 1000) if k else None for q, k in zip(quarters, known, strict=True)], answer


def test_bars_answer_bars_and_go_round() -> None:
    steps, _ = told(table(32, 4), FOUR, [0.0, 0.25, 3.75, 4.0, 7.5, 8.0, 13.0], FOUR, 4)
    assert steps == [0, 1, 15, 16, 30, 0, 20]


def test_a_shorter_bar_has_the_beginning_of_the_grooves() -> None:
    steps, _ = told(table(16, 4), FOUR, [0.0, 2.75, 3.0, 5.5, 6.0], THREE, 4)
    assert steps == [0, 11, 0, 10, 0]
    steps, _ = told(table(16, 4), FOUR, [3.25, 3.5], Meter(7, 8), 4)
    assert steps == [13, 0]


@pytest.mark.parametrize(
    ("own", "meter", "beats"),
    [(THREE, FOUR, [0, 1, 2, 1]), (FOUR, FIVE, [0, 1, 2, 3, 1]), (THREE, FIVE, [0, 1, 2, 1, 2])],
)
def test_a_longer_bar_goes_on_with_the_beats_but_the_first(own: Meter, meter: Meter, beats: list[int]) -> None:
    groove = table(round(own.bar_length) * 4, 4)
    steps, _ = told(groove, own, [float(beat) for beat in range(len(beats) + 1)], meter, 4)
    assert steps == [*(4 * beat for beat in beats), 0]


def test_triplets_answer_triplets_alone() -> None:
    steps, answer = told(table(12, 3), FOUR, [0.0, 1 / 3, 2 / 3, 1.0, 11 / 3], FOUR, 3)
    assert steps == [0, 1, 2, 3, 11]
    assert not answer.swing.any()
    steps, _ = told(table(16, 4), FOUR, [0.0, 1 / 3, 2 / 3, 1.0], FOUR, 3)
    assert steps == [0, None, None, 4]
    steps, _ = told(table(12, 3), FOUR, [0.0, 1 / 6, 1 / 3, 0.5], FOUR, 6)
    assert steps == [0, None, 1, None]


def test_a_shuffle_swings_what_is_written_straight() -> None:
    steps, answer = told(table(12, 3), FOUR, [0.0, 0.25, 0.5, 0.75, 1.0], FOUR, 4)
    assert steps == [0, 1, 2, None, 3]
    assert answer.swing == pytest.approx([0.0, 1 / 12, 1 / 6, 1 / 12, 0.0])
    steps, answer = told(table(24, 6), FOUR, [0.0, 0.25, 0.5, 0.75, 1.0], FOUR, 4)
    assert steps == [0, 2, 3, 5, 6]
    assert answer.swing == pytest.approx([0.0, 1 / 12, 0.0, 1 / 12, 0.0])


def test_a_shuffle_plays_what_is_written_dotted_on_its_triplets() -> None:
    steps, answer = told(table(12, 3), FOUR, [0.0, 0.75, 1.0, 1.25, 1.75], FOUR, 4)
    assert steps == [0, 2, 3, 4, 5]
    assert answer.swing == pytest.approx([0.0, -1 / 12, 0.0, 1 / 12, -1 / 12])


def test_dotted_beats_and_triplets_meet_beat_for_beat() -> None:
    twelve = Meter(12, 8)
    steps, answer = told(table(12, 3), FOUR, [0.0, 0.5, 1.0, 1.5, 5.5, 6.0], twelve, 4, 1.5)
    assert steps == [0, 1, 2, 3, 11, 0]
    assert not answer.swing.any()
    steps, _ = told(table(24, 4), twelve, [0.0, 1 / 3, 2 / 3, 1.0, 11 / 3], FOUR, 3, 1 / 1.5)
    assert steps == [0, 2, 4, 6, 22]


def test_offsets_and_spreads_are_told_in_quarters() -> None:
    groove = table(12, 3)
    groove = GrooveTable(groove.count, groove.velocity, groove.velocity_spread, groove.offset, groove.count / 30, 3)
    answer = told_of(groove, FOUR, np.array([1 / 3]), FOUR, 3)
    assert answer.offset[0, Drum.KICK] == pytest.approx(0.001 / 3)
    assert answer.offset_spread[0, Drum.KICK] == pytest.approx(0.1 / 3)
