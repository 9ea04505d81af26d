"""How much more often real music lies at a latent than the prior draws it, and draws from the prior that go by it.

The mean posterior of a VAE is never quite its prior. A small network that tells latents of real windows from draws of
the prior gives the log of the ratio of the two densities; of a handful of draws, one is kept with chances in that ratio
(the resampled prior of Bauer and Mnih 2019, by importance resampling).
"""

import io
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.errors import CheckpointError

FloatArray = NDArray[np.float32]
CANDIDATES: Final = 64
"""Draws of which one is kept."""
LAYERS: Final = ("dense_0", "dense_1", "dense_2")


class Naturalness:
    """A network of three dense layers on latents (n, Z)."""

    def __init__(self, weights: Mapping[str, FloatArray]) -> None:
        """Take kernels and biases by name, as in dense_0/kernel; CheckpointError if one is missing."""
        names = [(f"{layer}/kernel", f"{layer}/bias") for layer in LAYERS]
        missing = [name for pair in names for name in pair if name not in weights]
        if missing:
            raise CheckpointError(f"The prior of a model lacks {missing[0]}; install Groovescape again.")
        self._layers = [
            tuple(np.asarray(weights[name], np.float32) for name in (kernel, bias)) for kernel, bias in names
        ]

    def log_ratio(self, z: FloatArray) -> FloatArray:
        """Return the log of density of real music by density of the prior at latents (n, Z), (n,)."""
        x = z
        for kernel, bias in self._layers[:-1]:
            x = np.maximum(x @ kernel + bias, np.float32(0.0))
        kernel, bias = self._layers[-1]
        ratio: FloatArray = (x @ kernel + bias)[:, 0]
        return ratio

    def choose(self, rng: np.random.Generator, candidates: FloatArray) -> FloatArray:
        """Return one of the candidates (k, Z), by chances in the ratio."""
        chosen: FloatArray = candidates[int(np.argmax(self.log_ratio(candidates) + rng.gumbel(size=len(candidates))))]
        return chosen


def read_naturalness(content: bytes) -> Naturalness:
    """Return what the bytes of an .npz file hold."""
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        return Naturalness({name: archive[name] for name in archive.files})
