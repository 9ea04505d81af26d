"""The drummer who plays what is missing, in NumPy: what networks/drummer.py trains, run from its weights alone.

B is the batch, P the plan size. Offsets are in steps, positive is late.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from groovescape_models.encoding.given import beat_positions
from groovescape_models.errors import CheckpointError
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import FloatArray

STEPS: Final = 32
BEATS: Final = 8
MEMORY: Final = 20
OUTPUTS: Final = ("velocity", "velocity_scale", "offset", "offset_scale")
VELOCITY_SCALE_FLOOR: Final = np.float32(0.01)
OFFSET_SCALE_FLOOR: Final = np.float32(0.005)
SCALE_BIAS: Final = np.float32(-2.0)
HALF: Final = np.float32(0.5)
Weights = Mapping[str, FloatArray]


class NumpyDrummer:
    """Plays what is missing, on the CPU, without any other library; safe to share between threads.

    Signatures: draw(cells (B, 32, CELLS), context (B, CONTEXT), noise (32, B, 9), temperature ()) -> hits (0 or 1) and
    raw logits, each (B, 32, 9): a hit is logits / temperature + noise > 0, so noise of 1e4 forces a given cell.
    strike(hits (B, 32, 9), cells, context) -> velocity, velocity_scale, offset, offset_scale, each (B, 32, 9).
    """

    def __init__(self, weights: Weights) -> None:
        """Keep the weights as float32; CheckpointError if one is missing."""
        self.layers = {name: sum(f"{name}/add_{i}/kernel" in weights for i in range(9)) for name in ("hits", "strike")}
        missing = [name for name in _needed(self.layers) if name not in weights]
        if missing:
            raise CheckpointError(f"The drummer's weights lack {missing[0]}; install Groovescape again.")
        self.weights = {name: np.ascontiguousarray(array, np.float32) for name, array in weights.items()}

    def run(self, signature: str, **inputs: FloatArray) -> dict[str, FloatArray]:
        """Return the named outputs of "draw" or "strike"; ValueError for another signature."""
        if signature not in ("draw", "strike"):
            raise ValueError(f"signature must be draw or strike, got {signature!r}")
        arrays = {name: np.asarray(array, np.float32) for name, array in inputs.items()}
        return self._draw(**arrays) if signature == "draw" else self._strike(**arrays)

    def _draw(
        self, cells: FloatArray, context: FloatArray, noise: FloatArray, temperature: FloatArray
    ) -> dict[str, FloatArray]:
        plan = self._plan(cells, context).transpose(1, 0, 2)
        ahead, skip = self._affine("player/plan", plan), self._affine("player/plan_logits", plan)
        past_kernel, step_kernel = self.weights["player/past/kernel"], self.weights["player/step_logits/kernel"]
        past = np.zeros((len(cells), MEMORY * DRUM_COUNT), np.float32)
        logits, hits = np.empty((2, STEPS, len(cells), DRUM_COUNT), np.float32)
        for step in range(STEPS):
            logits[step] = skip[step] + _relu(ahead[step] + past @ past_kernel) @ step_kernel
            self._choose(logits[step], hits[step], noise[step], temperature)
            past[:, DRUM_COUNT:] = past[:, :-DRUM_COUNT].copy()
            past[:, :DRUM_COUNT] = hits[step]
        return {"hits": hits.transpose(1, 0, 2), "logits": logits.transpose(1, 0, 2)}

    def _choose(self, logits: FloatArray, hits: FloatArray, noise: FloatArray, temperature: FloatArray) -> None:
        """Draw the lanes of a step (B, 9) in order, each hearing those before it; logits and hits in place."""
        together = self.weights["player/together/kernel"]
        for lane in range(DRUM_COUNT):
            hits[:, lane] = logits[:, lane] / temperature + noise[:, lane] > 0
            logits[:, lane + 1 :] += hits[:, lane, None] * together[lane, lane + 1 :]

    def _plan(self, cells: FloatArray, context: FloatArray) -> FloatArray:
        beats = _with_context(cells.reshape(len(cells), BEATS, -1), context)
        x = np.concatenate([self._listen("hits", beats), beats], axis=-1)
        x = self._affine("plan/output", _relu(self._affine("plan/hidden", x)))
        return x.reshape(len(cells), STEPS, -1)

    def _strike(self, hits: FloatArray, cells: FloatArray, context: FloatArray) -> dict[str, FloatArray]:
        rows = [array.reshape(len(hits), BEATS, -1) for array in (hits, cells)]
        beats = _with_context(np.concatenate(rows, axis=-1), context)
        x = np.concatenate([self._listen("strike", beats), beats], axis=-1)
        x = self._affine("strike/output", _relu(self._affine("strike/last", x)))
        velocity, velocity_scale, offset, offset_scale = np.split(x.reshape(len(hits), STEPS, -1), 4, axis=-1)
        return {
            "velocity": _sigmoid(velocity),
            "velocity_scale": _softplus(velocity_scale + SCALE_BIAS) + VELOCITY_SCALE_FLOOR,
            "offset": HALF * np.tanh(offset),
            "offset_scale": _softplus(offset_scale + SCALE_BIAS) + OFFSET_SCALE_FLOOR,
        }

    def _listen(self, name: str, beats: FloatArray) -> FloatArray:
        x = _relu(self._affine(f"{name}/beats", beats))
        for layer in range(self.layers[name]):
            mean = np.broadcast_to(x.mean(axis=1, keepdims=True), x.shape)
            turned = [np.roll(x, beats, axis=1) for beats in (1, -1, BEATS // 2)]
            hidden = _relu(self._affine(f"{name}/hear_{layer}", np.concatenate([x, *turned, mean], axis=-1)))
            x = x + self._affine(f"{name}/add_{layer}", hidden)
        return x

    def _affine(self, path: str, x: FloatArray) -> FloatArray:
        # One flat product: NumPy multiplies a stack of matrices row block by row block, five times as slowly.
        flat = x.reshape(-1, x.shape[-1]) @ self.weights[f"{path}/kernel"] + self.weights[f"{path}/bias"]
        answer: FloatArray = flat.reshape(*x.shape[:-1], -1)
        return answer


def _with_context(beats: FloatArray, context: FloatArray) -> FloatArray:
    """Return each beat (B, 8, width) with its position and what holds for all beats, (B, width)."""
    positions = np.broadcast_to(_POSITIONS, (len(beats), *_POSITIONS.shape))
    everywhere = np.broadcast_to(context[:, None], (len(beats), BEATS, context.shape[1]))
    return np.concatenate([beats, positions, everywhere], axis=-1)


_POSITIONS: Final = beat_positions()


def _relu(x: FloatArray) -> FloatArray:
    return np.maximum(x, np.float32(0.0))


def _sigmoid(x: FloatArray) -> FloatArray:
    result: FloatArray = HALF * np.tanh(HALF * x) + HALF
    return result


def _softplus(x: FloatArray) -> FloatArray:
    return np.logaddexp(np.float32(0.0), x).astype(np.float32)


def _needed(layers: Mapping[str, int]) -> list[str]:
    with_bias = ["plan/hidden", "plan/output", "player/plan", "player/plan_logits", "strike/last", "strike/output"]
    for name, count in layers.items():
        with_bias += [
            f"{name}/beats",
            *(f"{name}/{part}_{i}" for part in ("hear", "add") for i in range(max(1, count))),
        ]
    bare = ("player/past", "player/step_logits", "player/together")
    return [f"{path}/{part}" for path in with_bias for part in ("kernel", "bias")] + [f"{p}/kernel" for p in bare]
