"""What reads a feel, a small latent vector, from two bars as they were played; every humaniser has one.

B is the batch, Z the latent size. Offsets are in steps, positive is late.
"""

from typing import Final

import keras
import numpy as np
from keras import ops

from groovescape_models.training.networks.bilstm import BiLstm
from groovescape_models.training.networks.tensors import Tensor

LANES: Final = 9
BEATS: Final = 8
STEPS_PER_BEAT: Final = 4
POSITIONS: Final = 6
SIGMA_FLOOR: Final = 1e-3


class FeelEncoder(keras.layers.Layer):  # type: ignore[misc]  # keras ships no types
    """Two bars as eight beats, a BiLSTM over them, the mean of its states, the feel as mean and deviation."""

    def __init__(self, latent_size: int, features: int, units: int, dropout: float) -> None:
        """Make all layers and their variables."""
        super().__init__(name="encoder")
        dense = keras.layers.Dense
        self.beats = dense(features, activation="relu")
        self.bilstm = BiLstm(units)
        self.mu = dense(latent_size)
        self.sigma = dense(latent_size, activation="softplus")
        self.drop = keras.layers.Dropout(dropout)
        self.beats.build((None, BEATS, STEPS_PER_BEAT * 3 * LANES + POSITIONS + 1))
        self.bilstm.build((None, BEATS, features))
        for layer in (self.mu, self.sigma):
            layer.build((None, 2 * units))
        self.built = True

    def named_variables(self) -> dict[str, Tensor]:
        """Return every weight under its name in the weights file, as in encoder/mu/kernel."""
        layers = {"beats": self.beats, "mu": self.mu, "sigma": self.sigma}
        named = {f"encoder/{path}/{v.name}": v for path, layer in layers.items() for v in layer.weights}
        named.update({f"encoder/bilstm/{name}": v for name, v in self.bilstm.named_variables().items()})
        return named

    def call(self, groove: Tensor, tempo: Tensor, training: bool = False) -> tuple[Tensor, Tensor]:
        """Return mu and sigma of the feel, each (B, Z), of a performance.

        groove (B, 32, 27) holds hits, velocities 0..1 and offsets in steps; tempo (B, 1) is in bpm.
        """
        hits, velocities, offsets = ops.split(groove, 3, axis=-1)
        beats = by_beat(ops.concatenate([hits, velocities, 2.0 * offsets], axis=-1))
        x = self.bilstm(self.beats(with_context(beats, tempo_feature(tempo))))
        x = self.drop(ops.mean(x, axis=1), training=training)
        return self.mu(x), self.sigma(x) + SIGMA_FLOOR


def beat_positions(beats: int = BEATS) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return where each beat lies in half a bar, a bar and two bars: sines and cosines, float32 (beats, 6)."""
    angles = np.arange(beats)[:, None] * 2.0 * np.pi / np.array([2, 4, 8])[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def tempo_feature(tempo: Tensor) -> Tensor:
    """Return a tempo in bpm as networks hear it."""
    return (tempo - 110.0) / 40.0


def by_beat(steps: Tensor) -> Tensor:
    """Return steps (B, T, width) as beats (B, T / 4, 4 width)."""
    return ops.reshape(steps, (-1, steps.shape[1] // STEPS_PER_BEAT, STEPS_PER_BEAT * steps.shape[2]))


def with_context(beats: Tensor, context: Tensor) -> Tensor:
    """Return each beat (B, beats, width) with its position and what holds for all beats, (B, width)."""
    ones = ops.ones_like(beats[:, :, :1])
    return ops.concatenate([beats, ones * beat_positions(beats.shape[1]), ones * context[:, None, :]], axis=-1)
