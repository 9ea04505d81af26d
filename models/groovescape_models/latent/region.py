"""Regions of a latent space: where the patterns of a style lie, and draws from there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Region:
    """A mixture of k normal distributions in a latent space of Z dimensions, float32.

    shares (k,) sum to 1; means (k, Z); spreads (k, Z) are standard deviations along each latent; axes (k, r, Z) are
    directions in which a part varies besides, each as long as its standard deviation (factor analysis). A draw is
    means + spreads * normal + normal @ axes.
    """

    shares: FloatArray
    means: FloatArray
    spreads: FloatArray
    axes: FloatArray

    def __post_init__(self) -> None:
        """Check the shapes and the numbers; ValueError."""
        parts, size = self.means.shape
        shapes = (self.shares.shape, self.spreads.shape, (self.axes.shape[0], self.axes.shape[2]))
        if not parts or shapes != ((parts,), (parts, size), (parts, size)):
            raise ValueError(f"a region needs as many shares, spreads and axes as means, got {self.means.shape}")
        if not all(np.isfinite(array).all() for array in (self.shares, self.means, self.spreads, self.axes)):
            raise ValueError("the numbers of a region must be finite")
        if (self.shares < 0).any() or not np.isclose(self.shares.sum(), 1.0, atol=1e-2) or (self.spreads < 0).any():
            raise ValueError("the shares of a region must sum to 1, and no share or spread may be below 0")

    @property
    def latent_size(self) -> int:
        """Dimensions Z of the space."""
        return int(self.means.shape[1])

    @property
    def centre(self) -> FloatArray:
        """The mean of all draws, (Z,)."""
        centre: FloatArray = self.shares @ self.means
        return centre

    def draw(self, rng: np.random.Generator, count: int, temperature: float = 1.0) -> FloatArray:
        """Return draws, (count, Z); a temperature of 0 gives the means of the parts."""
        shares = self.shares.astype(np.float64)
        part = rng.choice(len(shares), count, p=shares / shares.sum())
        around = self.spreads[part] * rng.standard_normal((count, self.latent_size))
        along = np.einsum("nr,nrz->nz", rng.standard_normal((count, self.axes.shape[1])), self.axes[part])
        drawn: FloatArray = (self.means[part] + temperature * (around + along)).astype(np.float32)
        return drawn
