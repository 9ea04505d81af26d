"""The plane of a 2-D map: dots with latents, and a latent for every point between them.

A point is the blend of the dots around it, each by the inverse of its distance (Shepard 1968), its length restored. On
a dot it is that dot's latent.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.latent.plane import blend_latents, corner_strength

FloatArray = NDArray[np.float32]
AROUND: Final = 6
"""Dots that a point is blended of."""
POWER: Final = 3.0
ON_DOT: Final = 1e-4
"""Distance below which a point is on a dot."""


@dataclass(frozen=True, eq=False)
class Atlas:
    """Dots at places (k, 2) in 0..1, with latents (k, Z) and the corrections of their decoding (k, ...)."""

    places: FloatArray
    latents: FloatArray
    corrections: FloatArray

    def weights(self, points: FloatArray) -> tuple[NDArray[np.intp], FloatArray]:
        """Return the dots around points (n, 2), nearest first, (n, AROUND), and their shares, rows sum to 1."""
        distances = np.sqrt(np.square(points[:, None] - self.places[None]).sum(axis=2))
        nearest = np.argsort(distances, axis=1, kind="stable")[:, :AROUND]
        near = np.take_along_axis(distances, nearest, axis=1)
        shares = np.maximum(near, ON_DOT) ** -POWER
        shares[near[:, 0] <= ON_DOT] = np.eye(1, nearest.shape[1])
        return nearest, (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32)

    def points(self, points: FloatArray) -> tuple[FloatArray, FloatArray, NDArray[np.intp]]:
        """Return latents (n, Z) of points (n, 2), the corrections to decode them with, and the nearest dots (n,)."""
        nearest, shares = self.weights(points)
        z = np.concatenate(
            [blend_latents(self.latents[row], share[None]) for row, share in zip(nearest, shares, strict=True)]
        )
        strength = corner_strength(shares)
        corrections = np.stack(
            [np.tensordot(hold, self.corrections[row], 1) for row, hold in zip(nearest, strength, strict=True)]
        )
        return z, corrections.astype(np.float32), nearest[:, 0]
