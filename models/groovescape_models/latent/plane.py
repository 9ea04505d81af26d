"""The plane under the pad: four corners in latent space, and every point between them."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

CENTRE = 0.25
"""Weight of each corner in the middle of the plane: there no corner corrects the decoder any more."""


def corner_weights(points: FloatArray) -> FloatArray:
    """Return bilinear weights of the four corners, shape (n, 4), rows sum to 1.

    points has shape (n, 2), (x, y) in 0..1; corners are top left, top right, bottom left, bottom right.
    """
    x, y = np.clip(points[:, :1], 0.0, 1.0), np.clip(points[:, 1:], 0.0, 1.0)
    corners = [(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y]
    return np.concatenate(corners, axis=1, dtype=np.float32)


def blend_latents(latents: FloatArray, weights: FloatArray) -> FloatArray:
    """Return points between latents, shape (n, Z), for weights of shape (n, k) and latents of shape (k, Z).

    A plain mean of k independent latents is shorter than each of them, and a decoder answers short latents with dull
    patterns; so the mean's length is set to the mean of the lengths (for two latents near to slerp, Shoemake 1985).
    A mean that has no direction stays at 0.
    """
    mean = weights @ latents
    length = weights @ np.linalg.norm(latents, axis=1, keepdims=True)
    norm = np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), np.float32(1e-9))
    blended: FloatArray = mean * (length / norm)
    return blended


def corner_strength(weights: FloatArray) -> FloatArray:
    """Return how strongly each corner's own correction holds, 0..1: 1 on the corner, smoothly 0 at weight 1/4."""
    t = np.clip((weights - np.float32(CENTRE)) / np.float32(1.0 - CENTRE), 0.0, 1.0)
    strength: FloatArray = t * t * (3.0 - 2.0 * t)
    return strength
