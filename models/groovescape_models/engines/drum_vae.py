"""The drum VAE in music units: two bars of hits to a latent point and back."""

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.drums import TWO_BARS, to_hits
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray, logistic_noise
from groovescape_models.latent.model import Grids
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.pattern import Pattern, Role

FORCE = 1e4
"""Noise of this size decides a hit whatever the logit is."""
MARGIN = 0.5
"""How far past 0 a correction lifts a logit."""


class DrumVae:
    """Encode and decode batches of two-bar hits, bool (n, 32, 9)."""

    role = Role.DRUMS
    steps = TWO_BARS

    def __init__(self, network: Network, latent_size: int) -> None:
        """Wrap a network with the signatures encode(hits) and decode(z, noise, temperature)."""
        self._network = network
        self.latent_size = latent_size

    def encode(self, grids: Grids, condition: FloatArray | None = None) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation of the posterior, each (n, Z); drums have no condition."""
        answer = self._network.run("encode", hits=grids.astype(np.float32))
        return answer["mu"], answer["sigma"]

    def decode(
        self,
        z: FloatArray,
        noise: FloatArray | None = None,
        temperature: float = 1.0,
        condition: FloatArray | None = None,
    ) -> NDArray[np.bool_]:
        """Return hits (n, 32, 9) for latents (n, Z); drums have no condition.

        A hit is logit / temperature + noise > 0; noise has shape (n, 32, 9), logistic for a fair draw, absent for the
        likeliest hits.
        """
        return self._decode(z, noise, temperature)["hits"] > 0.5

    def draw_noise(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return logistic noise (count, 32, 9): fair draws of hits."""
        return logistic_noise(rng, (count, TWO_BARS, DRUM_COUNT))

    def corrections(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return the least noise, (n, 32, 9), with which decode(z, noise) gives exactly these hits.

        It is 0 wherever the network is right by itself: decoding is forced along the wanted path, and only a logit on
        the wrong side is lifted past 0 by MARGIN.
        """
        wanted, logits = np.where(grids, 1.0, -1.0).astype(np.float32), self.logits(z, grids)
        return np.where(logits * wanted > 0, 0.0, wanted * MARGIN - logits).astype(np.float32)

    def logits(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return the log odds of each hit, (n, 32, 9), decoding being forced along these grids."""
        return self._decode(z, np.where(grids, FORCE, -FORCE).astype(np.float32), 1.0)["logits"]

    def _decode(self, z: FloatArray, noise: FloatArray | None, temperature: float) -> dict[str, FloatArray]:
        if noise is None:
            noise = np.zeros((len(z), TWO_BARS, DRUM_COUNT), np.float32)
        steps_first = np.ascontiguousarray(noise.transpose(1, 0, 2), np.float32)
        return self._network.run(
            "decode",
            z=z.astype(np.float32),
            noise=steps_first,
            temperature=np.float32(temperature) * np.ones((), np.float32),
        )


def drum_grids(patterns: tuple[Pattern, ...]) -> tuple[Grids, FloatArray | None]:
    """Return patterns of two bars as the grids that the drum VAE reads, and no condition."""
    return np.stack([to_hits(pattern) for pattern in patterns]), None
