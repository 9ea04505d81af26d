"""The humaniser in NumPy: what networks/humanizer.py trains, run from its weights alone.

B is the batch, Z the latent size, H the LSTM size. Offsets are in steps, positive is late.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from groovescape_models.errors import CheckpointError
from groovescape_models.music.groove import FloatArray

STEPS: Final = 32
BEATS: Final = 8
OUTPUTS: Final = ("velocity", "velocity_scale", "offset", "offset_scale")
DIRECTIONS: Final = ("forward", "backward")
SIGMA_FLOOR: Final = np.float32(1e-3)
VELOCITY_SCALE_FLOOR: Final = np.float32(0.01)
OFFSET_SCALE_FLOOR: Final = np.float32(0.005)
SCALE_BIAS: Final = np.float32(-2.0)
HALF: Final = np.float32(0.5)


class NumpyHumanizer:
    """Plays hits and reads feels, on the CPU, without any other library; safe to share between threads.

    Signatures: encode(groove (B, 32, 27): hits, velocities 0..1, offsets in steps; tempo (B, 1) bpm) -> mu, sigma
    (B, Z). decode(hits (B, 32, 9), tempo (B, 1) bpm, z (B, Z), known (B, 1): 0 for the expected feel) -> velocity,
    velocity_scale, offset, offset_scale, each (B, 32, 9): medians and Laplace scales of every cell, hit or not.
    """

    def __init__(self, weights: Mapping[str, FloatArray]) -> None:
        """Take the weights under the names of the weights file; CheckpointError if one is missing."""
        missing = [name for name in _needed(weights) if name not in weights]
        if missing:
            raise CheckpointError(f"The humaniser's weights lack {missing[0]}; install Groovescape again.")
        self._weights = {name: np.ascontiguousarray(array, np.float32) for name, array in weights.items()}
        self._layers = _layers(weights)

    def run(self, signature: str, **inputs: FloatArray) -> dict[str, FloatArray]:
        """Return the named outputs of "encode" or "decode"; ValueError for another signature."""
        if signature not in ("encode", "decode"):
            raise ValueError(f"signature must be encode or decode, got {signature!r}")
        arrays = {name: np.asarray(array, np.float32) for name, array in inputs.items()}
        return self._encode(**arrays) if signature == "encode" else self._decode(**arrays)

    def _encode(self, groove: FloatArray, tempo: FloatArray) -> dict[str, FloatArray]:
        hits, velocities, offsets = np.split(groove, 3, axis=-1)
        beats = np.concatenate([hits, velocities, offsets + offsets], axis=-1).reshape(len(groove), BEATS, -1)
        x = np.maximum(self._dense("encoder/beats", _with_context(beats, _tempo_feature(tempo))), 0)
        x = self._bilstm("encoder/bilstm", x).mean(axis=1)
        sigma = _softplus(self._dense("encoder/sigma", x)) + SIGMA_FLOOR
        return {"mu": self._dense("encoder/mu", x), "sigma": sigma}

    def _decode(self, hits: FloatArray, tempo: FloatArray, z: FloatArray, known: FloatArray) -> dict[str, FloatArray]:
        context = np.concatenate([_tempo_feature(tempo), z * known, known], axis=-1)
        x = _with_context(hits.reshape(len(hits), BEATS, -1), context)
        x = np.maximum(self._dense("decoder/beats", x), 0)
        for layer in range(self._layers):
            x = self._bilstm(f"decoder/bilstm_{layer}", x)
        x = np.maximum(self._dense("decoder/hidden", x), 0)
        x = self._dense("decoder/output", x).reshape(len(hits), STEPS, -1)
        velocity, velocity_scale, offset, offset_scale = np.split(x, len(OUTPUTS), axis=-1)
        played = (
            _sigmoid(velocity),
            _softplus(velocity_scale + SCALE_BIAS) + VELOCITY_SCALE_FLOOR,
            HALF * np.tanh(offset),
            _softplus(offset_scale + SCALE_BIAS) + OFFSET_SCALE_FLOOR,
        )
        return dict(zip(OUTPUTS, played, strict=True))

    def _dense(self, path: str, x: FloatArray) -> FloatArray:
        kernel = self._weights[f"{path}/kernel"]
        rows = x.reshape(-1, kernel.shape[0]) @ kernel + self._weights[f"{path}/bias"]
        return rows.reshape(*x.shape[:-1], kernel.shape[1])

    def _bilstm(self, path: str, x: FloatArray) -> FloatArray:
        """Return the states of both directions, (B, 8, 2 H)."""
        forward, backward = (self._dense(f"{path}/{name}", x) for name in DIRECTIONS)
        return np.concatenate(
            [
                _lstm(forward, self._weights[f"{path}/forward/recurrent_kernel"]),
                _lstm(backward[:, ::-1], self._weights[f"{path}/backward/recurrent_kernel"])[:, ::-1],
            ],
            axis=-1,
        )


def _layers(weights: Mapping[str, FloatArray]) -> int:
    return len({name.split("/")[1] for name in weights if name.startswith("decoder/bilstm_")})


def _needed(weights: Mapping[str, FloatArray]) -> list[str]:
    """Return the names that a weights file must hold, given the decoder layers that it has."""
    stacks = ["encoder/bilstm", *(f"decoder/bilstm_{layer}" for layer in range(max(1, _layers(weights))))]
    parts = [f"{stack}/{way}" for stack in stacks for way in DIRECTIONS]
    affine = [f"encoder/{name}" for name in ("beats", "mu", "sigma")]
    affine += [f"decoder/{name}" for name in ("beats", "hidden", "output")]
    names = [f"{path}/{end}" for path in (*affine, *parts) for end in ("kernel", "bias")]
    return names + [f"{path}/recurrent_kernel" for path in parts]


def _lstm(gates: FloatArray, kernel: FloatArray) -> FloatArray:
    """Return the states (B, T, H) of an LSTM; gates (B, T, 4 H) are in the order i, f, o, j, f gets +1."""
    units = kernel.shape[0]
    c = h = np.zeros((gates.shape[0], units), np.float32)
    states = np.empty((*gates.shape[:2], units), np.float32)
    for step in range(gates.shape[1]):
        i, f, o, j = np.split(gates[:, step] + h @ kernel, 4, axis=-1)
        c = _sigmoid(f + np.float32(1)) * c + _sigmoid(i) * np.tanh(j)
        h = states[:, step] = _sigmoid(o) * np.tanh(c)
    return states


def _with_context(beats: FloatArray, context: FloatArray) -> FloatArray:
    """Return each beat (B, 8, width) with its position and what holds for all beats, (B, width)."""
    positions = np.broadcast_to(_POSITIONS, (len(beats), *_POSITIONS.shape))
    everywhere = np.broadcast_to(context[:, None], (len(beats), BEATS, context.shape[1]))
    return np.concatenate([beats, positions, everywhere], axis=-1)


def _beat_positions() -> FloatArray:
    """Return where each beat lies in half a bar, a bar and two bars: sines and cosines, (8, 6)."""
    angles = np.arange(BEATS)[:, None] * 2.0 * np.pi / np.array([2, 4, 8])[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


_POSITIONS: Final = _beat_positions()


def _tempo_feature(tempo: FloatArray) -> FloatArray:
    return (tempo - np.float32(110)) / np.float32(40)


def _sigmoid(x: FloatArray) -> FloatArray:
    result: FloatArray = HALF * np.tanh(HALF * x) + HALF
    return result


def _softplus(x: FloatArray) -> FloatArray:
    return np.logaddexp(np.float32(0), x)
