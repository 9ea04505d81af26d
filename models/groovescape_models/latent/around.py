"""Points around a point of a latent space, as near as is asked for, none duller than a draw of the prior.

A posterior's mean m is answered, at correlation c, by
    z = c * m + sqrt(1 - c^2) * e,  e standard normal.
Over all patterns a dimension of the means has the variance 1 - s^2, s being the posteriors' deviation (together they
are the prior), so z has 1 - c^2 * s^2: that of the patterns themselves at c = 1, that of the prior at c = 0, and never
less than the first.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
FADED: Final = 0.6
"""Correlation at which a pattern's own corrections hold no more."""


def correlation(similarity: float, haste: float = 1.0) -> float:
    """Return the correlation of latents for a similarity 0..1, so that the notes kept go evenly with it.

    haste is how fast notes change near a pattern: 1 for drums; in lines, where a note hangs on those before it, more.
    """
    return math.sqrt(1.0 - (1.0 - similarity) ** haste)


def around(means: FloatArray, away: FloatArray, like: float) -> FloatArray:
    """Return points (n, Z) for posteriors' means and normal draws (n, Z each), at a correlation 0..1."""
    return (like * means + math.sqrt(1.0 - like**2) * away).astype(np.float32)


def faded(like: float) -> float:
    """Return how much of a pattern's corrections holds at a correlation: 1 at 1, 0 from FADED down."""
    return min(1.0, max(0.0, (like - FADED) / (1.0 - FADED)))
