"""Moving a latent from one style's region towards another's: the style goes, what is its own stays.

The regions' nearest parts count: of a style's mixture, a latent's home is the mean of the parts weighted by their
likelihood under a wide spread, so that a busy groove moves to the busy side of the other style. What is left of the
latent against its home is its own and is carried over; lengths are restored, as short latents decode to dull patterns.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.latent.region import Region

FloatArray = NDArray[np.float32]
OWN_KEPT: Final = 0.6
"""How much of what is a latent's own is left at a strength of 1."""


def log_density(region: Region, z: FloatArray) -> NDArray[np.float64]:
    """Return the log density of latents (n, Z) in a region, (n,), its axes counted as spread."""
    return np.asarray(np.logaddexp.reduce(_by_part(region, z), axis=1))


def home(region: Region, z: FloatArray, softness: float = 4.0) -> FloatArray:
    """Return the point of a region that each latent (n, Z) is nearest to, (n, Z); more softness blends more parts."""
    logs = _by_part(region, z) / softness
    shares = np.exp(logs - np.logaddexp.reduce(logs, axis=1, keepdims=True))
    return np.asarray(shares @ region.means, np.float32)


def _by_part(region: Region, z: FloatArray) -> NDArray[np.float64]:
    variances = np.square(region.spreads) + np.square(region.axes).sum(axis=1)
    apart = np.square(z[:, None] - region.means[None]) / variances[None] + np.log(variances)[None]
    return np.asarray(np.log(np.maximum(region.shares, 1e-9))[None] - 0.5 * apart.sum(axis=2), np.float64)


def restyled(z: FloatArray, own: Region, wanted: Region, strength: float) -> FloatArray:
    """Return latents (n, Z) moved from their own style's region towards the wanted one's; strength 0 leaves them."""
    start = home(own, z)
    end = home(wanted, z)
    rest = (z - start) * np.float32(1.0 - strength * (1.0 - OWN_KEPT))
    moved = start + np.float32(strength) * (end - start) + rest
    lengths = np.linalg.norm(z, axis=1, keepdims=True)
    norms = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), np.float32(1e-9))
    return np.asarray(moved * ((1.0 - strength) + strength * np.clip(lengths / norms, 1.0, 1.3)), np.float32)
