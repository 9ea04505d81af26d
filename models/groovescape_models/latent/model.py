"""The seam between latent spaces and what is done in them: a model of one role that encodes and decodes grids."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.pattern import Role

FloatArray = NDArray[np.float32]
Grids = NDArray[np.bool_] | NDArray[np.int16]
"""Patterns on the sixteenth grid: drums are hits, bool (n, steps, 9); lines are tokens, int16 (n, steps)."""


class LatentModel(Protocol):
    """Grids of one role <-> latent points. Noise is an input, so that a seed gives the same notes everywhere.

    condition is float32 (n, beats, 36) as encoding/harmony.py makes it, None where nothing is asked for; drums take
    none. Z is the latent size.
    """

    @property
    def role(self) -> Role:
        """What the grids are played by."""
        ...

    @property
    def steps(self) -> int:
        """Sixteenths of a grid: 32 or 64."""
        ...

    @property
    def latent_size(self) -> int:
        """Length Z of a latent point."""
        ...

    def encode(self, grids: Grids, condition: FloatArray | None = None) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation of the posterior, each (n, Z)."""
        ...

    def decode(
        self,
        z: FloatArray,
        noise: FloatArray | None = None,
        temperature: float = 1.0,
        condition: FloatArray | None = None,
    ) -> Grids:
        """Return the grids of latents (n, Z); without noise, the likeliest ones."""
        ...

    def draw_noise(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return the noise of fair draws for so many grids, its first axis count."""
        ...

    def corrections(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return the least noise with which decode(z, noise) gives exactly these grids; 0 where it does so already."""
        ...

    def logits(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return what the decoder would play next at each step, having heard these grids so far.

        Drums: (n, steps, 9), the log odds of a hit. Lines: (n, steps, 90), each token's logit.
        """
        ...
