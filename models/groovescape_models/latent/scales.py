"""Slider scales: between an attribute's own unit and the share of real patterns that have less of it, 0..1."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ENDS: Final = (0.01, 0.99)
"""Shares at the ends of a scale: beyond them are oddities that nobody asks for."""


@dataclass(frozen=True, eq=False)
class Scale:
    """The distribution of an attribute among real patterns: values and shares, float64 (k,), both strictly rising."""

    values: Floats
    shares: Floats

    def share(self, values: Floats | float) -> Floats:
        """Return the share of real patterns below each value (of those equal to it, half)."""
        found: Floats = np.asarray(np.interp(values, self.values, self.shares), np.float64)
        return found

    def value(self, shares: Floats | float) -> Floats:
        """Return the value at each share; beyond the ends, the least and the greatest."""
        found: Floats = np.asarray(np.interp(shares, self.shares, self.values), np.float64)
        return found

    @property
    def spread(self) -> float:
        """The values of the middle nine tenths of real patterns, from end to end."""
        return float(self.value(0.95) - self.value(0.05))

    def distance(self, values: Floats, wanted: float) -> Floats:
        """Return how far values are from a wanted one: half as shares, half in spreads.

        Shares alone hardly change at the ends of a scale, and a search would not find its way there.
        """
        shares = np.abs(self.share(values) - self.share(wanted))
        found: Floats = 0.5 * shares + 0.5 * np.abs(values - wanted) / max(self.spread, 1e-9)
        return found


def scale_of(values: Floats, knots: int = 101) -> Scale:
    """Return the scale of measured values (n,) within ENDS, in so many knots; ValueError if all are the same."""
    distinct, counts = np.unique(np.round(values, 6), return_counts=True)
    if len(distinct) < 2:
        raise ValueError(f"a scale needs at least two different values, got {len(distinct)}")
    shares = (np.cumsum(counts) - counts / 2) / len(values)
    asked = np.linspace(max(shares[0], ENDS[0]), min(shares[-1], ENDS[1]), knots)
    keep = np.unique(np.minimum(np.searchsorted(shares, asked), len(shares) - 1))
    return Scale(distinct[keep], shares[keep])
