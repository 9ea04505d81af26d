"""How cells are expected to be played: medians and how far they scatter."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CellFeel:
    """What is expected of n cells, float64 (n,) each.

    velocity in 0..1 and offset in quarters (positive late) are medians; the scales, in the same units, are those of
    Laplace distributions (their mean distance from the median).
    """

    velocity: Array
    velocity_scale: Array
    offset: Array
    offset_scale: Array

    def towards(self, other: "CellFeel", velocity: Array, offset: Array, spread: Array) -> "CellFeel":
        """Return the medians, and both scales, led to others by shares of the way, one a cell."""
        return CellFeel(
            self.velocity + velocity * (other.velocity - self.velocity),
            self.velocity_scale + spread * (other.velocity_scale - self.velocity_scale),
            self.offset + offset * (other.offset - self.offset),
            self.offset_scale + spread * (other.offset_scale - self.offset_scale),
        )
