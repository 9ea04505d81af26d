"""Grooves put on other music the program's own way, by the shipped humaniser."""

import numpy as np
import pytest

from groovescape_models.engines.feel import FeelEngine
from groovescape_models.engines.groove_library import GrooveLibrary
from groovescape_models.engines.studio import open_studio
from groovescape_models.errors import DataSetError
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.music.groove import Groove
from groovescape_models.training.examples import Example, ExampleArrays, stack, two_bar_windows
from groovescape_models.training.groove_floor import own_habits
from groovescape_models.training.groove_measures import measure
from groovescape_models.training.groove_transfer import from_elsewhere, measure_transfers

BARS = 8


@pytest.fixture(scope="module")
def door() -> FeelEngine:
    return FeelEngine(open_studio("numpy").library.humanizer(), GrooveLibrary())


def performance(seed: int) -> list[Example]:
    """Return windows of a drummer with habits of his own, a late snare and early hats, that vary little."""
    rng = np.random.default_rng(seed)
    hits = np.zeros((16 * BARS, 9), np.bool_)
    hits[::2, Drum.CLOSED_HAT] = hits[4::8, Drum.SNARE] = hits[::8, Drum.KICK] = True
    habit = np.zeros(9, np.float32)
    habit[[Drum.KICK, Drum.SNARE, Drum.CLOSED_HAT]] = rng.uniform(-0.2, 0.2, 3)
    offsets = hits * (habit + rng.normal(0.0, 0.02, hits.shape)).astype(np.float32)
    velocities = hits * np.where(np.arange(16 * BARS) % 4 == 0, 0.8, 0.4)[:, None].astype(np.float32)
    groove = Groove(hits, velocities, offsets.astype(np.float32), 100.0)
    name = f"take{seed}.mid"
    return [Example(window, "rock", "drummer1", "test", name, bar) for bar, window in two_bar_windows(groove)]


@pytest.fixture(scope="module")
def two_takes() -> ExampleArrays:
    return stack([*performance(1), *performance(2)])


def test_a_groove_from_the_other_bars_comes_near_to_the_drummers_consistency(
    door: FeelEngine, two_takes: ExampleArrays
) -> None:
    floor, known = own_habits(two_takes)

    ours = measure("ours", from_elsewhere(door, two_takes), two_takes, among=known)

    own = measure("floor", floor, two_takes, among=known)
    assert ours.timing_ms < own.timing_ms + 3.0
    assert ours.velocity is not None
    assert ours.velocity < 6.0


def test_a_transferred_groove_is_its_source_and_loses_no_note(door: FeelEngine, two_takes: ExampleArrays) -> None:
    transfers = measure_transfers(door, two_takes, GrooveAmount(spread=0.0), np.random.default_rng(0))

    assert transfers.pairs == len(two_takes)
    assert transfers.cells > 20 * transfers.pairs
    assert transfers.offset > 0.95
    assert transfers.typical > 0.95
    assert transfers.velocity > 0.9
    assert transfers.notes_kept == 1.0


def test_nothing_of_a_groove_is_left_at_no_intensity(door: FeelEngine, two_takes: ExampleArrays) -> None:
    none = measure_transfers(door, two_takes, GrooveAmount(intensity=0.0), np.random.default_rng(0))

    assert none.offset == 0.0


def test_one_performance_has_no_other_to_be_put_on(door: FeelEngine) -> None:
    with pytest.raises(DataSetError, match="two performances"):
        measure_transfers(door, stack(performance(1)), GrooveAmount(), np.random.default_rng(0))
