"""Finding the region of a latent space in which given patterns lie."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.latent.region import Region

FloatArray = NDArray[np.float32]
PRIOR_WEIGHT: Final = 24.0
"""Patterns that the prior (spread 1) counts as: few patterns say little of their spread."""
MAX_AXES: Final = 8


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
