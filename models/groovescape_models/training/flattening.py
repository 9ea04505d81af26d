"""Latents on a plane, neighbours staying neighbours: t-SNE in NumPy, begun from the principal components."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PERPLEXITY: Final = 25.0
ROUNDS: Final = 600
EXAGGERATED: Final = 120
EXAGGERATION: Final = 8.0
RATE: Final = 60.0
MARGIN: Final = 0.03


def principal(latents: Floats, count: int) -> Floats:
    """Return the first principal components of latents (n, Z), (n, count)."""
    apart = latents - latents.mean(axis=0)
    _, _, axes = np.linalg.svd(apart, full_matrices=False)
    return np.asarray(apart @ axes[:count].T)


def flattened(latents: Floats, rounds: int = ROUNDS) -> Floats:
    """Return places (n, 2) of latents (n, Z) by t-SNE (van der Maaten and Hinton 2008), without chance."""
    wanted = _affinities(latents)
    places = principal(latents, 2)
    places = places / places.std() * 1e-2
    speed, gains = np.zeros_like(places), np.ones_like(places)
    for turn in range(rounds):
        pull = wanted * (EXAGGERATION if turn < EXAGGERATED else 1.0)
        slope = _slope(places, pull)
        gains = np.maximum(np.where(np.sign(slope) == np.sign(speed), gains * 0.8, gains + 0.2), 0.01)
        speed = (0.5 if turn < EXAGGERATED else 0.8) * speed - RATE * gains * slope
        places = places + speed
    return np.asarray(places - places.mean(axis=0))


def _slope(places: Floats, wanted: Floats) -> Floats:
    near = 1.0 / (1.0 + _squares(places))
    np.fill_diagonal(near, 0.0)
    force = (wanted - near / near.sum()) * near
    return np.asarray(4.0 * (force.sum(axis=1, keepdims=True) * places - force @ places))


def _affinities(latents: Floats) -> Floats:
    """Return how near each pair is, (n, n), summing to 1: normal distributions that each hold PERPLEXITY neighbours."""
    squares = _squares(latents)
    n = len(latents)
    low, high, beta = np.zeros(n), np.full(n, np.inf), np.ones(n) / np.median(squares)
    for _ in range(60):
        near = np.exp(-squares * beta[:, None])
        np.fill_diagonal(near, 0.0)
        near /= np.maximum(near.sum(axis=1, keepdims=True), 1e-300)
        entropy = -(near * np.log(np.maximum(near, 1e-300))).sum(axis=1)
        wide = entropy > np.log(min(PERPLEXITY, n / 3))
        low, high = np.where(wide, beta, low), np.where(wide, high, beta)
        beta = np.where(np.isinf(high), beta * 2.0, (low + high) / 2.0)
    affinities: Floats = np.maximum((near + near.T) / (2.0 * n), 1e-12)
    return affinities


def _squares(points: Floats) -> Floats:
    lengths = np.square(points).sum(axis=1)
    squares: Floats = np.maximum(lengths[:, None] + lengths[None] - 2.0 * points @ points.T, 0.0)
    return squares


def in_square(places: Floats) -> Floats:
    """Return places (n, 2) spread over the unit square: half by where they are, half by their rank along each axis."""
    ranks = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0) / max(1, len(places) - 1)
    low, high = places.min(axis=0), places.max(axis=0)
    spread = 0.5 * ranks + 0.5 * (places - low) / np.maximum(high - low, 1e-12)
    return np.asarray(MARGIN + (1.0 - 2.0 * MARGIN) * spread)
