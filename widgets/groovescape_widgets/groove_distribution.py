"""How offsets and velocities are spread: in a pattern by counting hits, in a groove by what is known of its cells."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.timing import quarter_ms

FloatArray = NDArray[np.float64]
Known = NDArray[np.float32]
LEAST_SPREAD_MS: Final = 1.5
LEAST_SPREAD_VELOCITY: Final = 2.0
NORMAL: Final = math.sqrt(math.pi / 2.0)
"""Standard deviation of a normal distribution for a mean absolute distance of 1."""
ERF: Final = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
"""Coefficients of the error function, and of its argument: Abramowitz and Stegun 7.1.26, right to 1.5e-7."""
ERF_SLOPE: Final = 0.3275911


@dataclass(frozen=True, eq=False)
class Spread:
    """A sum of normal distributions: their middles, widths (standard deviations) and shares, which come to 1."""

    middles: FloatArray
    widths: FloatArray
    shares: FloatArray

    def within(self, edges: FloatArray) -> FloatArray:
        """Return the share that lies between each two edges, shape (edges - 1)."""
        scaled = (edges[:, None] - self.middles) / (self.widths * math.sqrt(2.0))
        below = (0.5 + 0.5 * error_function(scaled)) @ self.shares
        return np.diff(below)


def error_function(at: FloatArray) -> FloatArray:
    """Return the error function of numbers of any shape, fast enough for grooves of many bars while a hand moves."""
    size = np.abs(at)
    part = 1.0 / (1.0 + ERF_SLOPE * size)
    sum_of_powers = np.zeros_like(size)
    for coefficient in reversed(ERF):
        sum_of_powers = (sum_of_powers + coefficient) * part
    return np.asarray(np.copysign(1.0 - sum_of_powers * np.exp(-size * size), at), np.float64)


@dataclass(frozen=True, eq=False)
class Reference:
    """What a groove is like by itself: its name, its offsets in milliseconds and its velocities of 127."""

    name: str
    offsets: Spread
    velocities: Spread


def reference_of(
    name: str, grooves: Sequence[GrooveTemplate], weights: Sequence[float], tempo_bpm: float
) -> Reference | None:
    """Return how the hits of one groove, or of a mix of several, are spread at a tempo; None without any hits."""
    offsets, velocities, shares = [], [], []
    for groove, weight in zip(grooves, weights, strict=True):
        table = groove.table
        known = table.count > 0
        if weight <= 0 or not known.any():
            continue
        step_ms = quarter_ms(tempo_bpm) / table.steps_per_quarter
        counts = table.count[known].astype(np.float64)
        offsets.append(_scaled(table.offset[known], table.offset_spread[known], step_ms))
        velocities.append(_scaled(table.velocity[known], table.velocity_spread[known], 127.0))
        shares.append(weight * counts / counts.sum())
    if not shares:
        return None
    share = np.concatenate(shares)
    share /= share.sum()
    return Reference(name, _spread(offsets, share, LEAST_SPREAD_MS), _spread(velocities, share, LEAST_SPREAD_VELOCITY))


def _scaled(middles: Known, spreads: Known, unit: float) -> tuple[FloatArray, FloatArray]:
    return middles.astype(np.float64) * unit, spreads.astype(np.float64) * unit


def _spread(columns: Sequence[tuple[FloatArray, FloatArray]], share: FloatArray, least: float) -> Spread:
    middles = np.concatenate([middle for middle, _ in columns])
    widths = np.concatenate([width for _, width in columns]) * NORMAL
    return Spread(middles, np.maximum(widths, least), share)


def counted(values: Sequence[float], edges: FloatArray) -> FloatArray:
    """Return the share of values between each two edges; those beyond the edges count for the outermost."""
    if not values:
        return np.zeros(len(edges) - 1)
    inside = np.clip(np.asarray(values, np.float64), edges[0], np.nextafter(edges[-1], edges[0]))
    return np.asarray(np.histogram(inside, edges)[0] / len(values), np.float64)
