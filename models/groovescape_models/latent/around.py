"""Points around a point of a latent space, as near as is asked for, none duller than a draw of the prior.

A posterior with mean m and deviation s is answered, at correlation c, by
    z = c * m + sqrt(1 - c^2 * (1 - s^2)) * e,  e standard normal.
Over all patterns the means have the variance 1 - s^2 (the posteriors together are the prior), so z has variance 1 at
every c: c = 1 draws from the posterior, c = 0 from the prior.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
FADED: Final = 0.6
"""Correlation at which a pattern's own corrections hold no more."""


def correlation(similarity: float) -> float:
    """Return the correlation of latents for a similarity 0..1; the share of notes kept is then near the similarity."""
    return math.sqrt(similarity)


def around(means: FloatArray, deviations: FloatArray, away: FloatArray, like: float) -> FloatArray:
    """Return points (n, Z) for posteriors' means and deviations and normal draws (n, Z each), at a correlation 0..1."""
    rest = np.sqrt(np.maximum(0.0, 1.0 - like**2 * (1.0 - np.minimum(deviations, 1.0) ** 2)))
    return (like * means + rest * away).astype(np.float32)


def faded(like: float) -> float:
    """Return how much of a pattern's corrections holds at a correlation: 1 at 1, 0 from FADED down."""
    return min(1.0, max(0.0, (like - FADED) / (1.0 - FADED)))
