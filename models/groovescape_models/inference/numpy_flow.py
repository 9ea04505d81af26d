"""Draws of latents through a flow from noise to where real music lies, in plain NumPy (Lipman et al. 2023)."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from groovescape_models.errors import CheckpointError
from groovescape_models.music.groove import FloatArray

STEPS: Final = 16
"""Steps of the way from noise to a latent, each of Heun's two half-steps (second order)."""
FREQUENCIES: Final = 8
Weights = Mapping[str, FloatArray]


class NumpyFlow:
    """Noise (B, Z) -> latents (B, Z) of music in a style (B, Y), on given weights."""

    def __init__(self, weights: Weights) -> None:
        """Keep the weights as float32; CheckpointError if one is missing."""
        missing = [name for name in NAMES if name not in weights]
        if missing:
            raise CheckpointError(f"The flow's weights lack {missing[0]}; install Groovescape again.")
        self.weights = {name: np.ascontiguousarray(weights[name], np.float32) for name in NAMES}

    def carry(self, noise: FloatArray, style: FloatArray, guidance: float = 1.0) -> FloatArray:
        """Return the latents that standard normal noise goes to in styles, one-hot or zeros.

        guidance above 1 goes further from what no style asks for (Ho and Salimans 2022, classifier-free guidance).
        """
        place = noise.astype(np.float32)
        for step in range(STEPS):
            begin, end = step / STEPS, (step + 1) / STEPS
            first = self._guided(place, begin, style, guidance)
            second = self._guided(place + first / np.float32(STEPS), end, style, guidance)
            place += (first + second) / np.float32(2 * STEPS)
        return np.asarray(place, np.float32)

    def _guided(self, place: FloatArray, time: float, style: FloatArray, guidance: float) -> FloatArray:
        asked = self.velocity(place, time, style)
        if guidance == 1.0 or not style.any():
            return asked
        plain = self.velocity(place, time, np.zeros_like(style))
        return np.asarray(plain + np.float32(guidance) * (asked - plain), np.float32)

    def velocity(self, place: FloatArray, time: float, style: FloatArray) -> FloatArray:
        """Return the velocity (B, Z) at places (B, Z) and a time in 0..1."""
        angles = np.float32(time) * frequencies()
        told = np.concatenate([np.sin(angles), np.cos(angles)])[None].repeat(len(place), 0)
        told = np.concatenate([told, style], axis=1).astype(np.float32)
        start = np.concatenate([place, told], axis=1)
        x = _silu(self._affine("flow/dense_0", start))
        for name in ("flow/dense_1", "flow/dense_2"):
            x += _silu(self._affine(name, np.concatenate([x, told], axis=1)))
        velocity = self._affine("flow/velocity", x) + start @ self.weights["flow/straight/kernel"]
        return np.asarray(velocity, np.float32)

    def _affine(self, path: str, x: FloatArray) -> FloatArray:
        return x @ self.weights[f"{path}/kernel"] + self.weights[f"{path}/bias"]


def frequencies() -> FloatArray:
    """Return the angles a unit of time that a time is told by, (8,)."""
    return (np.pi * 2.0 ** (np.arange(FREQUENCIES) / 2.0)).astype(np.float32)


def _silu(x: FloatArray) -> FloatArray:
    return np.asarray(x / (np.float32(1.0) + np.exp(-x)), np.float32)


NAMES: Final = (
    *(f"flow/{name}/{part}" for name in ("dense_0", "dense_1", "dense_2", "velocity") for part in ("kernel", "bias")),
    "flow/straight/kernel",
)
"""Every variable of the weights file."""
