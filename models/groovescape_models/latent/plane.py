"""The plane under the pad: four corners in latent space, and every point between them."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

CENTRE = 0.25
"""Weight of each corner in the middle of the plane: there no corner corrects the decoder any more."""
    x, y = np.clip(points[:, :1], 0.0, 1.0), np.clip(points[:, 1:], 0.0, 1.0)
    weights: FloatArray = np.concatenate([(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y], axis=1, dtype=np.float32)
    return weights


def blend_latents(latents: FloatArray, weights: FloatArray) -> FloatArray:
    """Return points between latents, shape (n, Z), for weights of shape (n, k) and latents of shape (k, Z).

    A plain mean of k independent latents is shorter than each of them, and a decoder answers short latents with dull
    patterns; so the mean's length is set to the mean of the lengths (for two latents near to slerp, Shoemake 1985).
    A mean that has no direction stays at 0.
    """
    mean = weights @ latents
    length = weights @ np.linalg.norm(latents, axis=1, keepdims=True)
    norm = np.linalg.norm(mean, axis=1, keepdims=True)
    return np.divide(mean * length, norm, out=np.zeros_like(mean), where=norm > 1e-9)


def corner_strength(weights: FloatArray) -> FloatArray:
    """Return how strongly each corner's own correction holds, 0..1: 1 on the corner, smoothly 0 at weight 1/4."""
    t = np.clip((weights - np.float32(CENTRE)) / np.float32(1.0 - CENTRE), 0.0, 1.0)
    strength: FloatArray = t * t * (3.0 - 2.0 * t)
    return strength
