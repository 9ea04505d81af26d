import numpy as np
import pytest

from groovescape_models.latent.region import Region
from groovescape_models.latent.region_fit import fit_mixture, fit_region, joined


def cloud(centre: float, count: int, seed: int = 0) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return points around (centre, ..., centre) that vary most along the first two axes together."""
    rng = np.random.default_rng(seed)
    points = centre + 0.1 * rng.standard_normal((count, 6))
    points[:, :2] += rng.standard_normal((count, 1))
    return points.astype(np.float32)


def test_draws_have_the_mean_and_the_shape_of_what_was_fitted() -> None:
    points = cloud(2.0, 4000)
    region = fit_region(points, np.full(points.shape, 0.01, np.float32))
    drawn = region.draw(np.random.default_rng(1), 4000)
    assert np.allclose(drawn.mean(0), points.mean(0), atol=0.1)
    assert np.allclose(np.cov(drawn.T), np.cov(points.T), atol=0.12)
    assert np.corrcoef(drawn[:, 0], drawn[:, 1])[0, 1] > 0.9


def test_the_uncertainty_of_posteriors_widens_the_region() -> None:
    points = np.zeros((500, 4), np.float32)
    region = fit_region(points, np.full(points.shape, 0.5, np.float32))
    assert np.allclose(region.draw(np.random.default_rng(0), 4000).std(0), 0.5, atol=0.06)


def test_few_patterns_are_trusted_less_than_many() -> None:
    few, many = (fit_region(cloud(0.0, n), np.full((n, 6), 0.01, np.float32)) for n in (2, 2000))
    assert few.spreads[0, 5] > 3 * many.spreads[0, 5]


def test_a_mixture_finds_both_groups_and_counts_them_by_their_weights() -> None:
    points = np.concatenate([cloud(-4.0, 300), cloud(4.0, 100)])
    weights = np.concatenate([np.full(300, 1.0), np.full(100, 3.0)]).astype(np.float32)
    region = fit_mixture(points, np.full(points.shape, 0.1, np.float32), weights, 2, 2, np.random.default_rng(0))
    assert np.allclose(sorted(region.means[:, 5]), [-4.0, 4.0], atol=0.3)
    assert np.allclose(region.shares, 0.5, atol=0.02)
    assert np.allclose(region.centre[2:], 0.0, atol=0.4)


def test_more_parts_than_patterns_give_what_there_is() -> None:
    points = cloud(0.0, 5)
    region = fit_mixture(
        points, np.ones(points.shape, np.float32), np.ones(5, np.float32), 5, 3, np.random.default_rng(0)
    )
    assert region.draw(np.random.default_rng(0), 3).shape == (3, 6)


def test_joined_regions_are_drawn_by_their_shares() -> None:
    sure = np.full((50, 6), 0.01, np.float32)
    both = joined([fit_region(cloud(-5, 50), sure), fit_region(cloud(5, 50), sure)], np.array([0.2, 0.8], np.float32))
    drawn = both.draw(np.random.default_rng(0), 2000)
    assert np.isclose((drawn[:, 5] > 0).mean(), 0.8, atol=0.04)


def test_cold_draws_are_the_means() -> None:
    region = fit_region(cloud(1.0, 50), np.ones((50, 6), np.float32))
    assert np.allclose(region.draw(np.random.default_rng(0), 5, temperature=0.0), region.means[0], atol=1e-6)


def test_shapes_and_shares_that_do_not_fit_are_told() -> None:
    one, two = np.ones(1, np.float32), np.zeros((1, 2), np.float32)
    with pytest.raises(ValueError, match="as many"):
        Region(one, two, np.zeros((1, 3), np.float32), np.zeros((1, 0, 2), np.float32))
    with pytest.raises(ValueError, match="sum to 1"):
        Region(np.array([0.4], np.float32), two, two, np.zeros((1, 0, 2), np.float32))
