"""The official drum networks in music units."""

import numpy as np
from numpy.typing import NDArray

from groovescape_models.checkpoints.official import DRUM_ROLL, OfficialConfig
from groovescape_models.encoding.official_drums import CLASSES, WEIGHTS, hits_of, official_inputs, official_outputs
from groovescape_models.engines.official_space import OfficialSpace, lifted
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray, gumbel_noise
from groovescape_models.latent.model import Grids
from groovescape_models.music.pattern import Role


class OfficialDrums(OfficialSpace):
    """Hits, bool (n, T, 9), through the official drum networks: each step is one of 512 classes."""

    def __init__(self, network: Network, config: OfficialConfig) -> None:
        """Wrap a network of drums."""
        super().__init__(network, config, Role.DRUMS, CLASSES)

    def encode(self, grids: Grids, condition: FloatArray | None = None) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation of the posterior, each (n, Z); drums have no condition."""
        hits = grids.astype(np.bool_)
        return self.posterior(
            official_inputs(hits) if self.config.input_size == DRUM_ROLL else official_outputs(hits), None
        )

    def decode(
        self,
        z: FloatArray,
        noise: FloatArray | None = None,
        temperature: float = 1.0,
        condition: FloatArray | None = None,
    ) -> NDArray[np.bool_]:
        """Return hits (n, T, 9); noise (n, T, 512) is Gumbel for a fair draw, absent for the likeliest hits."""
        return hits_of(self.played(z, noise, temperature, None))

    def draw_noise(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return Gumbel noise (count, T, 512): fair draws."""
        return gumbel_noise(rng, (count, self.steps, self.noise_size))

    def corrections(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return the least noise, (n, T, 512), with which decode(z, noise) gives exactly these hits."""
        wanted = grids.astype(np.bool_) @ WEIGHTS
        return lifted(self.scored(z, official_outputs(grids.astype(np.bool_)), None), wanted)

    def logits(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return the log odds of each hit, (n, T, 9), having heard these grids so far, over all classes with it."""
        logits = self.scored(z, official_outputs(grids.astype(np.bool_)), None)
        has = np.arange(CLASSES)[:, None] // WEIGHTS % 2 > 0
        weights = np.exp(logits - logits.max(axis=-1, keepdims=True)).astype(np.float64)
        tiny = np.finfo(np.float64).tiny
        odds: FloatArray = (np.log(weights @ has + tiny) - np.log(weights @ ~has + tiny)).astype(np.float32)
        return odds
