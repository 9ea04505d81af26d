"""What every humaniser has, in NumPy: the reader of feels, its layers, and how answers are understood.

B is the batch, Z the latent size, H the LSTM size. Offsets are in steps, positive is late.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from groovescape_models.errors import CheckpointError
from groovescape_models.music.groove import FloatArray

STEPS_PER_BEAT: Final = 4
OUTPUTS: Final = ("velocity", "velocity_scale", "offset", "offset_scale")
DIRECTIONS: Final = ("forward", "backward")
SIGMA_FLOOR: Final = np.float32(1e-3)
VELOCITY_SCALE_FLOOR: Final = np.float32(0.01)
OFFSET_SCALE_FLOOR: Final = np.float32(0.005)
SCALE_BIAS: Final = np.float32(-2.0)
HALF: Final = np.float32(0.5)
ENCODER: Final = ("encoder/beats", "encoder/mu", "encoder/sigma")

Weights = Mapping[str, FloatArray]


def checked(weights: Weights, dense: Iterable[str], recurrent: Iterable[str]) -> dict[str, FloatArray]:
    """Return the weights as float32; CheckpointError if a layer lacks a kernel, a bias or what its states hear.

    dense are paths of layers, recurrent paths of LSTMs of one direction, all beside those of the encoder.
    """
    lstms = [*recurrent, *(f"encoder/bilstm/{way}" for way in DIRECTIONS)]
    names = [f"{path}/{end}" for path in (*ENCODER, *dense, *lstms) for end in ("kernel", "bias")]
    names += [f"{path}/recurrent_kernel" for path in lstms]
    missing = [name for name in names if name not in weights]
    if missing:
        raise CheckpointError(f"The humaniser's weights lack {missing[0]}; install Groovescape again.")
    return {name: np.ascontiguousarray(array, np.float32) for name, array in weights.items()}


def read_feel(weights: Weights, groove: FloatArray, tempo: FloatArray) -> dict[str, FloatArray]:
    """Return mu and sigma (B, Z) of performances (B, 32, 27) at tempos (B, 1) in bpm."""
    hits, velocities, offsets = np.split(groove, 3, axis=-1)
    beats = by_beat(np.concatenate([hits, velocities, offsets + offsets], axis=-1))
    x = np.maximum(dense(weights, "encoder/beats", with_context(beats, tempo_feature(tempo))), 0)
    x = bilstm(weights, "encoder/bilstm", x).mean(axis=1)
    sigma = softplus(dense(weights, "encoder/sigma", x)) + SIGMA_FLOOR
    return {"mu": dense(weights, "encoder/mu", x), "sigma": sigma}


def as_played(x: FloatArray) -> dict[str, FloatArray]:
    """Return what a last layer (..., 36) says as medians and scales by name, each (..., 9)."""
    velocity, velocity_scale, offset, offset_scale = np.split(x, len(OUTPUTS), axis=-1)
    played = (
        sigmoid(velocity),
        softplus(velocity_scale + SCALE_BIAS) + VELOCITY_SCALE_FLOOR,
        HALF * np.tanh(offset),
        softplus(offset_scale + SCALE_BIAS) + OFFSET_SCALE_FLOOR,
    )
    return dict(zip(OUTPUTS, played, strict=True))


def dense(weights: Weights, path: str, x: FloatArray) -> FloatArray:
    """Return x (..., inputs) times the kernel of a path plus its bias."""
    kernel = weights[f"{path}/kernel"]
    rows = x.reshape(-1, kernel.shape[0]) @ kernel + weights[f"{path}/bias"]
    return rows.reshape(*x.shape[:-1], kernel.shape[1])


def bilstm(weights: Weights, path: str, x: FloatArray) -> FloatArray:
    """Return the states of both directions, (B, T, 2 H), of x (B, T, width)."""
    forward, backward = (dense(weights, f"{path}/{name}", x) for name in DIRECTIONS)
    return np.concatenate(
        [
            _states(forward, weights[f"{path}/forward/recurrent_kernel"]),
            _states(backward[:, ::-1], weights[f"{path}/backward/recurrent_kernel"])[:, ::-1],
        ],
        axis=-1,
    )


def _states(gates: FloatArray, kernel: FloatArray) -> FloatArray:
    """Return the states (B, T, H) of an LSTM; gates (B, T, 4 H) are in the order i, f, o, j, f gets +1."""
    c = h = np.zeros((gates.shape[0], kernel.shape[0]), np.float32)
    states = np.empty((*gates.shape[:2], kernel.shape[0]), np.float32)
    for step in range(gates.shape[1]):
        c, h = next_state(gates[:, step] + h @ kernel, c)
        states[:, step] = h
    return states


def next_state(gates: FloatArray, c: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return c and h (B, H) after a step whose gates (B, 4 H) hold all."""
    i, f, o, j = np.split(gates, 4, axis=-1)
    c = sigmoid(f + np.float32(1)) * c + sigmoid(i) * np.tanh(j)
    return c, sigmoid(o) * np.tanh(c)


def by_beat(steps: FloatArray) -> FloatArray:
    """Return steps (B, T, width) as beats (B, T / 4, 4 width)."""
    return steps.reshape(len(steps), steps.shape[1] // STEPS_PER_BEAT, STEPS_PER_BEAT * steps.shape[2])


def with_context(beats: FloatArray, context: FloatArray) -> FloatArray:
    """Return each beat (B, beats, width) with its position and what holds for all beats, (B, width)."""
    count, length = beats.shape[:2]
    everywhere = np.broadcast_to(context[:, None], (count, length, context.shape[1]))
    return np.concatenate([beats, np.broadcast_to(_positions(length), (count, length, 6)), everywhere], axis=-1)


def _positions(beats: int) -> FloatArray:
    """Return where each beat lies in half a bar, a bar and two bars: sines and cosines, (beats, 6)."""
    angles = np.arange(beats)[:, None] * 2.0 * np.pi / np.array([2, 4, 8])[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def tempo_feature(tempo: FloatArray) -> FloatArray:
    """Return tempos in bpm as the networks hear them."""
    return (tempo - np.float32(110)) / np.float32(40)


def sigmoid(x: FloatArray) -> FloatArray:
    """Return 1 / (1 + exp(-x)), which cannot overflow this way."""
    result: FloatArray = HALF * np.tanh(HALF * x) + HALF
    return result


def softplus(x: FloatArray) -> FloatArray:
    """Return log(1 + exp(x))."""
    return np.logaddexp(np.float32(0), x)
