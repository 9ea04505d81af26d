"""The official melody networks in music units."""

import numpy as np

from groovescape_models.checkpoints.official import OfficialConfig
from groovescape_models.encoding.lines import TOKEN_COUNT, Tokens
from groovescape_models.encoding.official_lines import (
    class_noise,
    class_numbers,
    line_classes,
    line_tokens,
    token_values,
)
from groovescape_models.engines.official_space import OfficialSpace, lifted
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray, gumbel_noise
from groovescape_models.latent.model import Grids
from groovescape_models.music.pattern import Role


class OfficialLines(OfficialSpace):
    """Lines, int16 tokens (n, T) moved to C, through the official melody networks, chord-conditioned or not."""

    def __init__(self, network: Network, config: OfficialConfig, role: Role = Role.MELODY) -> None:
        """Wrap a network of melodies."""
        super().__init__(network, config, role, config.output_size)
        self.lowest = config.lowest_pitches[0]

    def encode(self, grids: Grids, condition: FloatArray | None = None) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation of the posterior, each (n, Z); condition is (n, beats, 36)."""
        inputs = line_classes(grids.astype(np.int16), self.lowest, self.config.output_size)
        return self.posterior(inputs, self.controls(condition, len(grids)))

    def decode(
        self,
        z: FloatArray,
        noise: FloatArray | None = None,
        temperature: float = 1.0,
        condition: FloatArray | None = None,
    ) -> Tokens:
        """Return tokens (n, T); noise (n, T, 90) is Gumbel for a fair draw, absent for the likeliest tokens."""
        if noise is not None:
            noise = class_noise(noise, self.lowest, self.config.output_size)
        outputs = self.played(z, noise, temperature, self.controls(condition, len(z)))
        return line_tokens(outputs, self.lowest)

    def draw_noise(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return Gumbel noise (count, T, 90): fair draws."""
        return gumbel_noise(rng, (count, self.steps, TOKEN_COUNT))

    def corrections(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return the least noise, (n, T, 90), with which decode(z, noise) gives exactly these tokens."""
        wanted = class_numbers(grids.astype(np.int16), self.lowest, self.config.output_size)
        return token_values(lifted(self._scored(z, grids, condition), wanted), self.lowest, missing=0.0)

    def logits(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return the logit of each token, (n, T, 90), having heard these tokens so far."""
        return token_values(self._scored(z, grids, condition), self.lowest)

    def _scored(self, z: FloatArray, grids: Grids, condition: FloatArray | None) -> FloatArray:
        outputs = line_classes(grids.astype(np.int16), self.lowest, self.config.output_size)
        return self.scored(z, outputs, self.controls(condition, len(z)))
