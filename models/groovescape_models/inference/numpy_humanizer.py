"""The humaniser in NumPy: what networks/humanizer.py trains, run from its weights alone.

B is the batch, Z the latent size. Offsets are in steps, positive is late.
"""

from collections.abc import Mapping

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
        return as_played(x.reshape(len(hits), x.shape[1] * STEPS_PER_BEAT, -1))
