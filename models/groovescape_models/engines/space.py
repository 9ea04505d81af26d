"""A latent space in music units: patterns of any length to latent points, window by window, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from groovescape_models.engines.engine import Setting
from groovescape_models.engines.line_controls import allowed_tokens
from groovescape_models.engines.loops import Loop, loop_of
from groovescape_models.engines.recast import Loudness, recast
from groovescape_models.latent.model import FloatArray, Grids, LatentModel
from groovescape_models.music.pattern import Pattern

FORBIDDEN: Final = -1e4
"""Noise of a token that must not be drawn."""


@dataclass(frozen=True, eq=False)
class Place:
    """Where a pattern lies: of each of its k windows the posterior's mean and deviation (k, Z), and the corrections.

    corrections, (k, ...) in the shape of the model's noise, are what decoding the means needs to give the pattern back.
    """

    loop: Loop
    means: FloatArray
    deviations: FloatArray
    corrections: FloatArray


class Space:
    """Reads patterns and plays points of one model. The last patterns read are remembered."""

    def __init__(self, model: LatentModel, loudness: Loudness) -> None:
        """Use a latent model, and a way to find the velocities of new notes."""
        self.model, self._loudness = model, loudness
        self.place = lru_cache(maxsize=64)(self._place)

    def _place(self, pattern: Pattern, setting: Setting) -> Place:
        """Return where a pattern lies."""
        loop = loop_of(pattern, setting)
        means, deviations = self.model.encode(loop.grids, loop.condition)
        return Place(loop, means, deviations, self.model.corrections(means, loop.grids, loop.condition))

    def rule(self, loops: Sequence[Loop], setting: Setting) -> FloatArray:
        """Return noise that keeps a line to the key, where the setting is strict, and to what the loops have.

        Its shape is (k, 32, 90) for loops of k windows; drums have no rule: a 0.
        """
        if loops[0].condition is None:
            return np.zeros((), np.float32)
        allowed = np.any([allowed_tokens(self.model.role, loop, setting) for loop in loops], axis=0)
        return np.where(allowed, 0.0, FORBIDDEN).astype(np.float32)

    def grids(self, loop: Loop, z: FloatArray, noise: FloatArray) -> Grids:
        """Return the windows (n * k, 32, ...) of points (n * k, Z), for a loop of k windows; noise as in decode."""
        if loop.condition is None:
            return self.model.decode(z, noise)
        return self.model.decode(z, noise, condition=np.tile(loop.condition, (len(z) // len(loop.grids), 1, 1)))

    def played(self, pattern: Pattern, loop: Loop, grids: Grids, setting: Setting) -> Pattern:
        """Return windows (k, 32, ...) as the pattern with other notes, those that stay played as before."""
        return recast(pattern, loop.grid(grids), self._loudness, setting.tempo_bpm)
