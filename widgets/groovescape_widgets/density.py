"""The plane of the pad: a coarse picture of densities, drawn smooth in one colour with lines of equal height."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

FloatArray = NDArray[np.float32]

LEVELS = 7
"""Bands between the lines of equal density."""
STRENGTH = 0.34
"""Share of the accent where the density is 1."""
LINE_STRENGTH = 0.07
TONES = 1024


def _cubic_weights(size: int, count: int) -> FloatArray:
    """Return the Catmull-Rom weights, shape (size, count), that stretch count samples over size pixels."""
    place = np.linspace(0.0, count - 1.0, size)
    left = np.clip(np.floor(place).astype(int), 0, max(0, count - 2))
    t = place - left
    taps = np.stack([-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2], axis=1) / 2
    weights = np.zeros((size, count))
    rows = np.arange(size)
    for tap in range(4):
        np.add.at(weights, (rows, np.clip(left + tap - 1, 0, count - 1)), taps[:, tap])
    return weights.astype(np.float32)


def smoothed(density: FloatArray, size: int) -> FloatArray:
    """Return the picture of shape (n, n), 0..1, stretched over (size, size) pixels with its corners in the corners."""
    weights = _cubic_weights(size, density.shape[0])
    result: FloatArray = np.clip(weights @ density.astype(np.float32) @ weights.T, 0.0, 1.0).astype(np.float32)
    return result


def density_image(density: FloatArray, size: int, ground: QColor, ink: QColor) -> QImage:
    """Return the picture in tones between ground and ink; row 0 of the density is at the top."""
    height = smoothed(density, size)
    band = np.floor(height * LEVELS)
    edge = np.zeros_like(height)
    edge[:, 1:] += band[:, 1:] != band[:, :-1]
    edge[1:, :] += band[1:, :] != band[:-1, :]
    amount = np.clip(height * STRENGTH + np.minimum(edge, 1.0) * LINE_STRENGTH, 0.0, 1.0)
    pixels = _tones(ground, ink)[np.rint(amount * (TONES - 1)).astype(np.intp)]
    return QImage(pixels.tobytes(), size, size, 4 * size, QImage.Format.Format_RGBA8888).copy()


def _tones(ground: QColor, ink: QColor) -> NDArray[np.uint8]:
    """Return the tones from ground to ink, shape (TONES, 4), red green blue alpha."""
    low, high = (np.array([c.red(), c.green(), c.blue(), 255]) for c in (ground, ink))
    tones: NDArray[np.uint8] = np.rint(low + (high - low) * np.linspace(0.0, 1.0, TONES)[:, None]).astype(np.uint8)
    return tones
