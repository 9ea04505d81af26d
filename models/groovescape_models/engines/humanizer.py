"""The humaniser in music units: how a drummer would play given hits."""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.groove import BoolArray, Groove

FEEL_TEMPERATURE: Final = 0.75
"""Deviation of a drawn feel, 1 being that of the performances learned from."""
OFFSET_TEMPERATURE: Final = 0.75
VELOCITY_TEMPERATURE: Final = 1.0
"""Shares of the expected scatter that is drawn about the medians of a drawn feel: the choice is in the model card."""


@dataclass(frozen=True, eq=False)
class Expectation:
    """What the humaniser expects of each cell, float32 (n, 32, 9) each.

    velocity in 0..1 and offset in steps (positive late) are medians; the scales are those of Laplace distributions.
    """

    velocity: FloatArray
    velocity_scale: FloatArray
    offset: FloatArray
    offset_scale: FloatArray


class Plays(Protocol):
    """What knows where and how hard given hits are played: a humaniser of ours, or a GrooVAE."""

    @property
    def feel_size(self) -> int:
        """Numbers of a feel."""
        ...

    def encode(self, grooves: tuple[Groove, ...]) -> FloatArray:
        """Return the feel of two-bar grooves (32 steps each), shape (n, Z)."""
        ...

    def decode(self, hits: BoolArray, tempo_bpm: float, feel: FloatArray | None) -> Expectation:
        """Return what is expected of hits (n, 32, 9) played with a feel (Z,), or by no drummer in particular (None)."""
        ...


class Humanizer:
    """Encode performances to a feel, and decode hits with or without one."""

    def __init__(self, network: Network, feel_size: int) -> None:
        """Wrap a network with the signatures encode and decode and a feel of feel_size numbers."""
        self._network = network
        self.feel_size = feel_size

    def encode(self, grooves: tuple[Groove, ...]) -> FloatArray:
        """Return the feel of two-bar grooves (32 steps each), shape (n, Z)."""
        performance = np.stack([np.concatenate([g.hits, g.velocities, g.offsets], axis=1) for g in grooves])
        tempo = np.array([[g.tempo_bpm] for g in grooves], np.float32)
        return self._network.run("encode", groove=performance.astype(np.float32), tempo=tempo)["mu"]

    def decode(self, hits: BoolArray, tempo_bpm: float, feel: FloatArray | None) -> Expectation:
        """Return what is expected of hits (n, 32, 9) played with a feel (Z,), or by no drummer in particular (None)."""
        count = len(hits)
        known = np.full((count, 1), feel is not None, np.float32)
        z = np.zeros((count, self.feel_size), np.float32) if feel is None else np.tile(feel[None], (count, 1))
        tempo = np.full((count, 1), tempo_bpm, np.float32)
        answer = self._network.run(
            "decode", hits=hits.astype(np.float32), tempo=tempo, z=z.astype(np.float32), known=known
        )
        return Expectation(answer["velocity"], answer["velocity_scale"], answer["offset"], answer["offset_scale"])
