"""The drum VAE in music units: two bars of hits to a latent point and back."""

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.drumkit import DRUM_COUNT

FORCE = 1e4
"""Noise of this size decides a hit whatever the logit is."""


class DrumVae:
    """Encode and decode batches of two-bar hits, bool (n, 32, 9)."""

    def __init__(self, network: Network) -> None:
        """Wrap a network with the signatures encode(hits) and decode(z, noise, temperature)."""
        self._network = network

    def encode(self, hits: NDArray[np.bool_]) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation of the posterior, each (n, Z)."""
        answer = self._network.run("encode", hits=hits.astype(np.float32))
        return answer["mu"], answer["sigma"]

    def decode(self, z: FloatArray, noise: FloatArray | None = None, temperature: float = 1.0) -> NDArray[np.bool_]:
        """Return hits (n, 32, 9) for latents (n, Z).

        A hit is logit / temperature + noise > 0; noise has shape (n, 32, 9), logistic for a fair draw, absent for the
        likeliest hits.
        """
        return self._decode(z, noise, temperature)["hits"] > 0.5

    def corrections(self, z: FloatArray, hits: NDArray[np.bool_], margin: float = 0.5) -> FloatArray:
        """Return the least noise, (n, 32, 9), with which decode(z, noise) gives exactly these hits.

        It is 0 wherever the network is right by itself: decoding is forced along the wanted path, and only a logit on
        the wrong side is lifted past 0 by the margin.
        """
        wanted = np.where(hits, 1.0, -1.0).astype(np.float32)
        logits = self._decode(z, wanted * FORCE, 1.0)["logits"]
        return np.where(logits * wanted > 0, 0.0, wanted * margin - logits).astype(np.float32)

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
