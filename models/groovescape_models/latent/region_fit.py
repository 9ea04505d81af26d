"""Finding the region of a latent space in which given patterns lie."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.latent.region import Region

FloatArray = NDArray[np.float32]
PRIOR_WEIGHT: Final = 8.0
"""Patterns that the prior (spread 1) counts as: few patterns say little of their spread."""
MAX_AXES: Final = 6
LEAST: Final = 3
"""A part of fewer patterns is none."""
ROUNDS: Final = 20


def fit_region(mu: FloatArray, sigma: FloatArray, weights: FloatArray | None = None, axes: int = MAX_AXES) -> Region:
    """Return one normal distribution over the posteriors of patterns: means mu and deviations sigma, (n, Z) each.

    Its covariance is that of all posteriors together, shrunk towards the prior by PRIOR_WEIGHT patterns; up to so many
    axes carry its largest directions, the spreads the rest. weights (n,) say how much each pattern counts.
    """
    share = np.full(len(mu), 1.0 / len(mu)) if weights is None else np.asarray(weights, np.float64) / weights.sum()
    effective = 1.0 / float(np.square(share).sum())
    mean = share @ mu
    apart = (mu - mean) * np.sqrt(share)[:, None]
    trust = effective / (effective + PRIOR_WEIGHT)
    covariance = trust * (apart.T @ apart + np.diag(share @ np.square(sigma))) + (1.0 - trust) * np.eye(len(mean))
    found = _principal(covariance, min(axes, len(mu) - 1))
    rest = np.sqrt(np.maximum(np.diag(covariance) - np.square(found).sum(0), 1e-4))
    one = np.ones(1, np.float32)
    return Region(one, mean[None].astype(np.float32), rest[None].astype(np.float32), found[None].astype(np.float32))


def _principal(covariance: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the largest directions of a covariance beyond its mean variance, (count, Z), as long as they deviate."""
    values, vectors = np.linalg.eigh(covariance)
    extra = np.sqrt(np.maximum(values - np.median(values), 0.0))
    order = np.argsort(-values)[:count]
    directions: NDArray[np.float64] = (vectors[:, order] * extra[order]).T
    return directions


def fit_mixture(
    mu: FloatArray, sigma: FloatArray, weights: FloatArray, parts: int, axes: int, rng: np.random.Generator
) -> Region:
    """Return a mixture of so many normal distributions: patterns grouped by nearness (k-means), one for each group."""
    group = _groups(mu, weights.astype(np.float64), parts, rng)
    kept = [part for part in range(parts) if (group == part).sum() >= LEAST]
    if len(kept) < 2:
        return fit_region(mu, sigma, weights, axes)
    shares = np.array([weights[group == part].sum() for part in kept])
    regions = [fit_region(mu[group == part], sigma[group == part], weights[group == part], axes) for part in kept]
    return joined(regions, (shares / shares.sum()).astype(np.float32))


def _groups(points: FloatArray, weights: NDArray[np.float64], count: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return the group of each point, (n,): weighted k-means (Lloyd 1982) from points that are far apart."""
    centres = points[_far_apart(points, weights, count, rng)]
    group: NDArray[np.intp] = np.zeros(len(points), np.intp)
    for _ in range(ROUNDS):
        group = (np.square(centres).sum(1)[None] - 2.0 * points @ centres.T).argmin(axis=1)
        centres = np.stack(
            [
                np.average(points[group == part], axis=0, weights=weights[group == part])
                if (group == part).any()
                else centres[part]
                for part in range(count)
            ]
        ).astype(np.float32)
    return group


def _far_apart(points: FloatArray, weights: NDArray[np.float64], count: int, rng: np.random.Generator) -> list[int]:
    """Return indices to begin from, each drawn by its squared distance from those before (Arthur 2007)."""
    chosen = [int(rng.choice(len(points), p=weights / weights.sum()))]
    while len(chosen) < count:
        apart = np.min([np.square(points - points[index]).sum(1) for index in chosen], axis=0) * weights
        chosen.append(int(rng.choice(len(points), p=apart / apart.sum())) if apart.sum() > 0 else chosen[0])
    return chosen


def joined(regions: list[Region], shares: FloatArray) -> Region:
    """Return regions as the parts of one, with their shares."""
    width = max(region.axes.shape[1] for region in regions)
    axes = [np.pad(region.axes, ((0, 0), (0, width - region.axes.shape[1]), (0, 0))) for region in regions]
    return Region(
        np.concatenate([share * region.shares for share, region in zip(shares, regions, strict=True)]),
        np.concatenate([region.means for region in regions]),
        np.concatenate([region.spreads for region in regions]),
        np.concatenate(axes),
    )
