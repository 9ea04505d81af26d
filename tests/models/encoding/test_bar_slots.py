import numpy as np
import pytest

from groovescape_models.encoding.bar_slots import BarSlots
from groovescape_models.music.timing import Meter


@pytest.mark.parametrize(
    ("meter", "steps", "slots"),
    [
        (Meter(), 32, 2),
        (Meter(), 33, 3),
        (Meter(3, 4), 24, 2),
        (Meter(6, 8), 12, 1),
        (Meter(5, 4), 20, 2),
        (Meter(), 1, 1),
    ],
)
def test_every_bar_starts_a_slot(meter: Meter, steps: int, slots: int) -> None:
    assert BarSlots.covering(steps, meter).slots == slots


def test_beat_one_of_a_waltz_is_beat_one_of_its_slot() -> None:
    slots = BarSlots.covering(36, Meter(3, 4))
    assert [slots.place(step) for step in (0, 11, 12, 24)] == [0, 11, 16, 32]


@pytest.mark.parametrize("meter", [Meter(), Meter(3, 4), Meter(7, 8), Meter(5, 4), Meter(12, 8), Meter(1, 32)])
def test_no_two_steps_share_a_place(meter: Meter) -> None:
    slots = BarSlots.covering(200, meter)
    places = [slots.place(step) for step in range(200)]
    assert len(set(places)) == 200
    assert max(places) < slots.slots * 16


def test_windows_that_agree_are_merged_without_a_change() -> None:
    slots = BarSlots.covering(64, Meter())
    truth = np.random.default_rng(1).standard_normal((4, 16, 9)).astype(np.float32)
    windows = truth[slots.windows()].reshape(4, 32, 9)
    assert np.allclose(slots.merge(windows), truth.reshape(64, 9), atol=1e-6)


def test_windows_that_disagree_fade_into_each_other() -> None:
    slots = BarSlots.covering(64, Meter())
    windows = np.zeros((4, 32, 9), np.float32)
    windows[1] = 1.0
    merged = slots.merge(windows)[:, 0]
    assert np.abs(np.diff(merged)).max() < 0.1
    assert merged.max() > 0.9
