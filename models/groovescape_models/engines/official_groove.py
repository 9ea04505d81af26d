"""The official GrooVAEs in music units."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.checkpoints.official import OfficialConfig
from groovescape_models.encoding.groove import HIT_THRESHOLD
from groovescape_models.encoding.official_groove import heard_input
from groovescape_models.engines.official_space import FORCE, MARGIN, OfficialSpace
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray, logistic_noise
from groovescape_models.latent.model import Grids
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.pattern import Role

PLAIN_VELOCITY: Final = 0.8
"""Velocity of hits that come without one, 0..1."""


class OfficialGroove(OfficialSpace):
    """Drum performances, float32 (n, T, 27), through a GrooVAE; as a latent model, its hits, bool (n, T, 9).

    What the network hears of a performance is as it was trained: all, hits alone, taps, or all but the closed hat.
    """

    def __init__(self, network: Network, config: OfficialConfig) -> None:
        """Wrap a GrooVAE."""
        super().__init__(network, config, Role.DRUMS, DRUM_COUNT)

    def encode(self, grids: Grids, condition: FloatArray | None = None) -> tuple[FloatArray, FloatArray]:
        """Return the posterior of hits that are all played alike, on the grid."""
        hits = grids.astype(np.float32)
        return self.encode_layout(np.concatenate([hits, hits * PLAIN_VELOCITY, np.zeros_like(hits)], axis=2))

    def encode_layout(self, layout: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation, each (n, Z), of performances (n, T, 27) in Magenta's layout."""
        return self.posterior(self.heard(layout), self._hits_control(layout))

    def heard(self, layout: FloatArray) -> FloatArray:
        """Return what the network hears of performances (n, T, 27)."""
        return heard_input(layout, self.config.groove_input)

    def decode(
        self,
        z: FloatArray,
        noise: FloatArray | None = None,
        temperature: float = 1.0,
        condition: FloatArray | None = None,
    ) -> NDArray[np.bool_]:
        """Return hits (n, T, 9); noise (n, T, 9) is logistic for a fair draw, absent for the likeliest hits."""
        hits: NDArray[np.bool_] = self.perform(z, noise, temperature)[..., :DRUM_COUNT] > HIT_THRESHOLD
        return hits

    def perform(
        self,
        z: FloatArray,
        noise: FloatArray | None = None,
        temperature: float = 1.0,
        hits: NDArray[np.bool_] | None = None,
    ) -> FloatArray:
        """Return performances (n, T, 27); hits (n, T, 9) leave the network velocities and offsets alone."""
        if hits is not None:
            noise = np.where(hits, FORCE, -FORCE).astype(np.float32)
        controls = None
        if self.config.control_size:
            told = np.zeros((len(z), self.steps, DRUM_COUNT), np.bool_) if hits is None else hits
            controls = told.astype(np.float32)
        return self.played(z, noise, temperature, controls)

    def draw_noise(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return logistic noise (count, T, 9): fair draws of hits."""
        return logistic_noise(rng, (count, self.steps, DRUM_COUNT))

    def corrections(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return the least noise, (n, T, 9), with which decode(z, noise) gives exactly these hits."""
        wanted = np.where(grids, 1.0, -1.0).astype(np.float32)
        logits = self.logits(z, grids)
        return np.where(logits * wanted > 0, 0.0, wanted * MARGIN - logits).astype(np.float32)

    def logits(self, z: FloatArray, grids: Grids, condition: FloatArray | None = None) -> FloatArray:
        """Return the log odds of each hit, (n, T, 9), having heard these hits so far, played as the network would."""
        performance = self.perform(z, hits=grids.astype(np.bool_))
        return self.scored(z, performance, self._told(grids))[..., :DRUM_COUNT]

    def _hits_control(self, layout: FloatArray) -> FloatArray | None:
        return self._told(layout[..., :DRUM_COUNT] > HIT_THRESHOLD)

    def _told(self, hits: Grids) -> FloatArray | None:
        return hits.astype(np.float32) if self.config.control_size else None
