"""The humaniser in NumPy: what networks/humanizer.py trains, run from its weights alone.

B is the batch, Z the latent size. Offsets are in steps, positive is late.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from groovescape_models.inference.numpy_feel import (
    DIRECTIONS,
    STEPS_PER_BEAT,
    as_played,
    bilstm,
    by_beat,
    checked,
    dense,
    read_feel,
    tempo_feature,
    with_context,
)
from groovescape_models.music.groove import FloatArray

STEP_MS_AT_1_BPM: Final = np.float32(15_000.0)
CELL_EDGE: Final = np.float32(0.499)
"""Farthest that a hit is moved from its step: half a step on would be the next cell."""
FULL_TRUST: Final = np.array([1.0, 0.0], np.float32)
"""Of weights that say nothing about it: see TRUST in networks/humanizer.py."""


class NumpyHumanizer:
    """Plays hits and reads feels, on the CPU, without any other library; safe to share between threads.

    Signatures: encode(groove (B, 32, 27): hits, velocities 0..1, offsets in steps; tempo (B, 1) bpm) -> mu, sigma
    (B, Z). decode(hits (B, T, 9), tempo (B, 1) bpm, z (B, Z), known (B, 1): 0 for the expected feel) -> velocity,
    velocity_scale, offset, offset_scale, each (B, T, 9): medians and Laplace scales of every cell, hit or not. T is
    whole beats of 4 steps: 32 for two bars; four bars are 64, and decode_4bar is the same by the name of the LiteRT
    file.
    """

    def __init__(self, weights: Mapping[str, FloatArray]) -> None:
        """Take the weights under the names of the weights file; CheckpointError if one is missing."""
        self._layers = len({name.split("/")[1] for name in weights if name.startswith("decoder/bilstm_")})
        decoder = [f"decoder/{name}" for name in ("beats", "hidden", "output")]
        stacks = [f"decoder/bilstm_{layer}/{way}" for layer in range(max(1, self._layers)) for way in DIRECTIONS]
        self._weights = checked(weights, decoder, stacks)
        self._trust = self._weights.get("decoder/trust", FULL_TRUST)

    def run(self, signature: str, **inputs: FloatArray) -> dict[str, FloatArray]:
        """Return the named outputs of a signature; ValueError for an unknown one."""
        if signature not in ("encode", "decode", "decode_4bar"):
            raise ValueError(f"signature must be encode, decode or decode_4bar, got {signature!r}")
        arrays = {name: np.asarray(array, np.float32) for name, array in inputs.items()}
        return read_feel(self._weights, **arrays) if signature == "encode" else self._decode(**arrays)

    def _decode(self, hits: FloatArray, tempo: FloatArray, z: FloatArray, known: FloatArray) -> dict[str, FloatArray]:
        context = np.concatenate([tempo_feature(tempo), z * known, known], axis=-1)
        x = with_context(by_beat(hits), context)
        x = np.maximum(dense(self._weights, "decoder/beats", x), 0)
        for layer in range(self._layers):
            x = bilstm(self._weights, f"decoder/bilstm_{layer}", x)
        x = np.maximum(dense(self._weights, "decoder/hidden", x), 0)
        x = dense(self._weights, "decoder/output", x)
        played = as_played(x.reshape(len(hits), x.shape[1] * STEPS_PER_BEAT, -1))
        return {**played, "offset": trusted(played["offset"], hits, tempo, known, self._trust)}


def trusted(
    offset: FloatArray, hits: FloatArray, tempo: FloatArray, known: FloatArray, trust: FloatArray
) -> FloatArray:
    """Return offsets (B, T, 9) moved, together, towards where the usual performance lies, where no feel is known.

    trust holds the share of a window's shift that counts, and the usual shift in ms.
    """
    usual = trust[1] * tempo[:, :, None] / STEP_MS_AT_1_BPM
    mean = (hits * offset).sum(axis=(1, 2), keepdims=True) / np.maximum(hits.sum(axis=(1, 2), keepdims=True), 1)
    moved: FloatArray = np.clip(
        offset - (1 - known[:, :, None]) * (1 - trust[0]) * (mean - usual), -CELL_EDGE, CELL_EDGE
    )
    return moved
