"""How unevenly a drummer plays: one draw a bar, so that an edit or another bar changes nothing in the rest."""

import math
from typing import Final

import numpy as np

from groovescape_models.engines.cell_feel import Array
from groovescape_models.engines.felt_cells import IntArray
from groovescape_models.inference.sampling import FloatArray, laplace_noise
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.timing import Quarters

WILDEST: Final = 2.5
"""Farthest that a draw goes, in scales: one in twelve would go further, and stand out as a wrong note."""
_SLACK = 1e-9


def scatter_of(seed: int, steps: IntArray, lanes: IntArray, bar: Quarters, grid: int) -> tuple[Array, Array]:
    """Return Laplace noise of scale 1, at most WILDEST, for cells, (n,) each: of offsets, and of velocities.

    The draw of a cell depends on the seed, the number of its bar and its place there, and on nothing else.
    """
    bars = np.floor(steps / grid / bar + _SLACK).astype(np.int64)
    places = steps - np.ceil(bars * bar * grid - _SLACK).astype(np.int64)
    drawn = np.zeros((len(steps), 2))
    for number in np.unique(bars):
        here = bars == number
        drawn[here] = _bar_noise(seed, int(number), math.ceil(bar * grid) + 1)[places[here], lanes[here]]
    return drawn[:, 0], drawn[:, 1]


def _bar_noise(seed: int, bar: int, steps: int) -> FloatArray:
    return np.clip(laplace_noise(np.random.default_rng((seed, bar)), (steps, DRUM_COUNT, 2)), -WILDEST, WILDEST)
