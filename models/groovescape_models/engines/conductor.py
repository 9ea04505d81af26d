"""Four bars of one role as a latent model: the conductor above a two-bar model."""

import numpy as np

from groovescape_models.engines.phrases import PHRASES, TwoBars, along_phrases, play_phrases, read_phrases
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.latent.model import Grids
from groovescape_models.music.pattern import Role


class ConductorModel:
    """Encodes and decodes batches of four bars of drums or of a line; a latent unrolls into two phrases."""

    def __init__(self, network: Network, latent_size: int, phrases: TwoBars) -> None:
        """Wrap a conductor of one lane (inference/numpy_conductor.py) and the two-bar model that plays for it."""
        self._network = network
        self._phrases = phrases
        self.latent_size = latent_size

    @property
    def role(self) -> Role:
        """What the grids are played by."""
        return self._phrases.role

    @property
    def steps(self) -> int:
        """Sixteenths of a grid."""
        return PHRASES * self._phrases.steps

    def encode(self, grids: Grids, condition: FloatArray | None = None) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation of the posterior, each (n, Z), of grids (n, 64, ...)."""
        means, _ = read_phrases(self._phrases, grids, condition)
        has = np.ones((len(grids), 1), np.float32)
        answer = self._network.run("encode", **{self.role.value: means}, has=has)
        return answer["mu"], answer["sigma"]

    def decode(
        self,
        z: FloatArray,
        noise: FloatArray | None = None,
        temperature: float = 1.0,
        condition: FloatArray | None = None,
    ) -> Grids:
        """Return grids (n, 64, ...) for latents (n, Z); noise and condition are those of the two-bar model, twice."""
        return play_phrases(self._phrases, self.unroll(z), noise, temperature, condition)

    def draw_noise(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return noise (count, 64, ...) of fair draws."""
        return np.concatenate([self._phrases.draw_noise(rng, count) for _ in range(PHRASES)], axis=1)

    def corrections(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return the least noise with which decode(z, noise) gives exactly these grids."""
        return along_phrases(self._phrases, "corrections", self.unroll(z), grids, condition)

    def logits(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return what the decoder would play next at each step, having heard these grids so far."""
        return along_phrases(self._phrases, "logits", self.unroll(z), grids, condition)

    def unroll(self, z: FloatArray) -> FloatArray:
        """Return the two-bar latents of the phrases, (n, 2, size)."""
        return self._network.run("unroll", z=z.astype(np.float32))[self.role.value]
