"""Lines through latents, frames of equal change, and points around a point."""

import numpy as np
import pytest

from groovescape_models.latent.around import around, correlation, faded
from groovescape_models.latent.paths import along, even_frames, linear, slerp

RNG = np.random.default_rng(0)
START, END = RNG.standard_normal((2, 96)).astype(np.float32)
T = np.linspace(0.0, 1.0, 9)


@pytest.mark.parametrize("way", [slerp, linear])
def test_a_line_begins_and_ends_at_its_latents(way: object) -> None:
    points = way(START, END, T)  # type: ignore[operator]  # one of two functions
    assert points[0] == pytest.approx(START, abs=1e-5)
    assert points[-1] == pytest.approx(END, abs=1e-5)


def test_an_arc_is_no_shorter_in_its_middle_and_turns_evenly() -> None:
    points = slerp(START, END, T)
    lengths = np.linalg.norm(points, axis=1)
    assert lengths == pytest.approx(np.linspace(lengths[0], lengths[-1], 9), rel=1e-4)
    unit = points / lengths[:, None]
    turns = (unit[1:] * unit[:-1]).sum(axis=1)
    assert turns == pytest.approx(np.full(8, turns[0]), abs=1e-4)
    assert np.linalg.norm(linear(START, END, T), axis=1).min() < 0.9 * lengths.min()


def test_latents_in_line_are_joined_straight() -> None:
    assert slerp(START, -START, T) == pytest.approx(linear(START, -START, T))
    assert slerp(START, START, T) == pytest.approx(np.repeat(START[None], 9, axis=0), abs=1e-6)


def test_a_way_goes_through_every_latent() -> None:
    latents = RNG.standard_normal((4, 8)).astype(np.float32)
    for how in ("slerp", "linear"):
        assert along(latents, how, np.arange(4.0)) == pytest.approx(latents, abs=1e-5)
    with pytest.raises(ValueError, match="how must be one of slerp, linear, got 'bent'"):
        along(latents, "bent", np.arange(4.0))


def test_frames_change_by_equal_steps_however_uneven_the_way() -> None:
    dense = np.zeros((5, 40), np.bool_)
    dense[1, :1] = dense[2, :3] = dense[3, :33] = dense[4, :40] = True
    frames, where = even_frames(dense, 5)
    assert (frames[1:] != frames[:-1]).sum(axis=1).tolist() == [10, 10, 10, 10]
    assert where[0] == 0.0
    assert where[-1] == 4.0
    assert np.all(np.diff(where) > 0)


def test_frames_of_no_change_stand_still() -> None:
    frames, where = even_frames(np.ones((3, 6), np.bool_), 4)
    assert frames.all()
    assert where.tolist() == [0.0, 2 / 3, 4 / 3, 2.0]


@pytest.mark.parametrize("similarity", [0.0, 0.3, 0.7, 0.95, 1.0])
def test_variations_are_never_narrower_than_the_patterns(similarity: float) -> None:
    deviations = np.repeat(RNG.uniform(0.1, 1.0, (1, 20)), 20_000, axis=0).astype(np.float32)
    means = (RNG.standard_normal(deviations.shape) * np.sqrt(1.0 - deviations**2)).astype(np.float32)
    away = RNG.standard_normal(deviations.shape).astype(np.float32)
    like = correlation(similarity)
    spread = around(means, away, like).std(axis=0)
    assert spread == pytest.approx(np.sqrt(1.0 - (like * deviations[0]) ** 2), abs=0.03)
    assert (spread >= means.std(axis=0) - 0.03).all()


def test_corrections_fade_with_the_correlation() -> None:
    assert [faded(1.0), faded(0.6), faded(0.0)] == [1.0, 0.0, 0.0]
    assert 0.0 < faded(0.8) < faded(0.9) < 1.0
