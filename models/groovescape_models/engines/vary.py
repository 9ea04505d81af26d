"""The engine of variations: patterns around a pattern, as near as is asked for."""

from typing import Final

import numpy as np

from groovescape_models.engines.engine import ShouldStop, VaryRequest, never
from groovescape_models.engines.space import Space
from groovescape_models.errors import Cancelled
from groovescape_models.inference.sampling import gaussian_noise
from groovescape_models.latent.around import around, correlation, faded
from groovescape_models.music.pattern import Pattern, Role

MAX_COUNT: Final = 1000
ATTEMPTS: Final = 8
"""Draws before a variation without a note is taken."""
HASTE: Final = 1.6
"""How fast the notes of lines change near a pattern (latent/around.py)."""


class Vary:
    """Answers VaryRequests of one role."""

    def __init__(self, space: Space) -> None:
        """Use a latent space."""
        self._space = space

    def vary(self, request: VaryRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count variations; at similarity 1 each is the pattern itself.

        The windows of a long pattern all go the same way. Variation i depends on the seed and i alone. Raises
        ValueError if similarity or count is out of range.
        """
        if not 0.0 <= request.similarity <= 1.0:
            raise ValueError(f"similarity must be in 0..1, got {request.similarity}")
        if not 1 <= request.count <= MAX_COUNT:
            raise ValueError(f"count must be in 1..{MAX_COUNT}, got {request.count}")
        if request.similarity == 1.0:
            return (request.pattern,) * request.count
        patterns = []
        for index in range(request.count):
            if should_stop():
                raise Cancelled
            patterns.append(self._one(request, index))
        return tuple(patterns)

    def _one(self, request: VaryRequest, index: int) -> Pattern:
        """Return variation number index; one without a note is drawn again."""
        for attempt in range(ATTEMPTS):
            rng = np.random.default_rng([request.seed, index, attempt] if attempt else [request.seed, index])
            varied = self._drawn(request, rng)
            if varied.notes or not request.pattern.notes:
                break
        return varied

    def _drawn(self, request: VaryRequest, rng: np.random.Generator) -> Pattern:
        place = self._space.place(request.pattern, request.setting)
        away = np.repeat(gaussian_noise(rng, (1, self._space.model.latent_size)), len(place.means), axis=0)
        like = correlation(request.similarity, HASTE if request.pattern.role is not Role.DRUMS else 1.0)
        z = around(place.means, away, like)
        noise = place.corrections * np.float32(faded(like)) + self._space.rule([place.loop], request.setting)
        grids = self._space.grids(place.loop, z, noise)
        return self._space.played(request.pattern, place.loop, grids, request.setting)
