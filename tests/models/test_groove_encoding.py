import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.encoding.groove import from_layout, humanize_input, tapify_input, to_layout
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove import Groove


def groove_with(step: int, drum: Drum, velocity: float, offset: float) -> Groove:
    hits = np.zeros((32, 9), np.bool_)
    velocities = np.zeros((32, 9), np.float32)
    offsets = np.zeros((32, 9), np.float32)
    hits[step, drum], velocities[step, drum], offsets[step, drum] = True, velocity, offset
    return Groove(hits, velocities, offsets, 98.0)


def random_groove(seed: int) -> Groove:
    rng = np.random.default_rng(seed)
    hits = rng.random((32, 9)) < 0.2
    velocities = rng.uniform(0.01, 1.0, hits.shape).astype(np.float32) * hits
    offsets = rng.uniform(-0.5, 0.5, hits.shape).astype(np.float32) * hits
    return Groove(hits, velocities, offsets, 120.0)


def test_a_late_snare_is_negative_in_magentas_layout() -> None:
    layout = to_layout(groove_with(4, Drum.SNARE, 0.5, 0.25))
    assert layout.shape == (32, 27)
    assert layout[4, Drum.SNARE] == 1.0
    assert layout[4, 9 + Drum.SNARE] == 0.5
    assert layout[4, 18 + Drum.SNARE] == -0.5
    assert np.count_nonzero(layout) == 3


@given(st.integers(0, 2**32 - 1))
def test_the_layout_gives_the_groove_back(seed: int) -> None:
    groove = random_groove(seed)
    back = from_layout(to_layout(groove), 120.0)
    np.testing.assert_array_equal(back.hits, groove.hits)
    np.testing.assert_allclose(back.velocities, groove.velocities, atol=1e-7)
    np.testing.assert_allclose(back.offsets, groove.offsets, atol=1e-7)


def test_a_silent_cell_has_neither_velocity_nor_offset() -> None:
    layout = np.full((32, 27), 0.4, np.float32)
    groove = from_layout(layout, 120.0)
    assert not groove.hits.any()
    assert not groove.velocities.any()
    assert not groove.offsets.any()


def test_a_layout_of_another_width_is_refused_with_its_shape() -> None:
    with pytest.raises(ValueError, match=r"\(32, 26\)"):
        from_layout(np.zeros((32, 26), np.float32), 120.0)


def test_the_humanisers_input_knows_hits_alone() -> None:
    layout = to_layout(random_groove(3))
    masked = humanize_input(layout[None])
    np.testing.assert_array_equal(masked[0, :, :9], layout[:, :9])
    assert not masked[..., 9:].any()


def test_a_tapped_rhythm_keeps_each_steps_loudest_hit() -> None:
    loud, soft = groove_with(8, Drum.KICK, 0.9, 0.1), groove_with(8, Drum.CLOSED_HAT, 0.4, -0.2)
    both = to_layout(loud) + to_layout(soft)
    tapped = tapify_input(both)
    assert tapped[8, Drum.OPEN_HAT] == 1.0
    assert tapped[8, 9 + Drum.OPEN_HAT] == np.float32(0.9)
    assert tapped[8, 18 + Drum.OPEN_HAT] == pytest.approx(-0.2)
    assert np.count_nonzero(tapped) == 3
