"""Volume and limiter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape.audio.level import Gain, soft_limit


def ones(frames: int) -> np.ndarray:
    return np.ones((frames, 2), np.float32)


def test_a_gain_at_rest_multiplies() -> None:
    sound = ones(10)
    Gain(0.5, 100).apply(sound)
    assert np.all(sound == 0.5)


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 300)), min_size=1, max_size=10))
def test_a_gain_never_jumps(moves: list[tuple[float, int]]) -> None:
    gain = Gain(0.0, 1000)
    blocks = []
    for target, frames in moves:
        gain.target = target
        block = ones(frames)
        gain.apply(block)
        blocks.append(block)
    sound = np.concatenate([np.zeros((1, 2), np.float32), *blocks])
    assert np.abs(np.diff(sound, axis=0)).max() <= 0.001 + 1e-5


def test_a_gain_arrives_exactly() -> None:
    gain = Gain(1.0, 100)
    gain.target = 0.0
    for _ in range(4):
        sound = ones(30)
        gain.apply(sound)
    assert gain.value == 0.0
    assert sound[-1, 0] == 0.0


def test_quiet_sound_passes_the_limiter_untouched() -> None:
    sound = np.linspace(-0.8, 0.8, 1000, dtype=np.float32).reshape(-1, 2)
    before = sound.copy()
    soft_limit(sound)
    assert np.array_equal(sound, before)


def test_loud_sound_stays_below_full_scale_in_order_and_sign() -> None:
    sound = np.linspace(-3.0, 3.0, 6001, dtype=np.float32)[:, None].repeat(2, axis=1)
    soft_limit(sound)
    assert np.abs(sound).max() <= 1.0
    assert np.all(np.diff(sound[:, 0]) >= 0)
    # The slope at the knee is that of the straight line: no corner to be heard.
    assert np.diff(sound[:, 0]).max() == pytest.approx(0.001, rel=1e-2)


def test_an_empty_block_is_harmless() -> None:
    soft_limit(np.zeros((0, 2), np.float32))
