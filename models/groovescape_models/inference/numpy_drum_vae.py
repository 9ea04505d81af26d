"""The drum VAE in plain NumPy: the runtime where LiteRT has no wheel, and the reference that LiteRT is tested against.

The signatures are those of the .tflite file: "encode" and "decode". B is the batch, Z the latent size.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from groovescape_models.errors import CheckpointError
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import FloatArray

STEPS: Final = 32
BEATS: Final = 8
SIGMA_FLOOR: Final = 1e-4
Weights = Mapping[str, FloatArray]


class NumpyDrumVae:
    """Two bars of nine independent hits a step <-> a latent vector, on given weights."""

    def __init__(self, weights: Weights) -> None:
        """Keep the weights as float32; CheckpointError if one is missing."""
        missing = [name for name in NAMES if name not in weights]
        if missing:
            raise CheckpointError(f"The drum weights lack {missing[0]}; install Groovescape again.")
        self.weights = {name: np.ascontiguousarray(weights[name], np.float32) for name in NAMES}

    def run(self, signature: str, **inputs: FloatArray) -> dict[str, FloatArray]:
        """Run "encode" (hits) or "decode" (z, noise, temperature); ValueError for another signature."""
        if signature == "encode":
            return self.encode(inputs["hits"])
        if signature == "decode":
            return self.decode(inputs["z"], inputs["noise"], float(inputs["temperature"]))
        raise ValueError(f"signature must be encode or decode, got {signature!r}")

    def encode(self, hits: FloatArray) -> dict[str, FloatArray]:
        """Return mu and sigma, each (B, Z), of hits (B, 32, 9)."""
        count = len(hits)
        x = np.asarray(hits, np.float32).reshape(count * BEATS, -1)
        x = _relu(self._affine("encoder/dense_1", _relu(self._affine("encoder/dense_0", x))))
        x = _relu(self._affine("encoder/dense_2", x.reshape(count, -1)))
        sigma = np.logaddexp(np.float32(0.0), self._affine("encoder/sigma", x)) + np.float32(SIGMA_FLOOR)
        return {"mu": self._affine("encoder/mu", x), "sigma": sigma}

    def decode(self, z: FloatArray, noise: FloatArray, temperature: float) -> dict[str, FloatArray]:
        """Return hits (0 or 1) and raw logits, each (B, 32, 9), of z (B, Z).

        noise (32, B, 9) is logistic, or 0 for the most probable hits; a hit is logits / temperature + noise > 0, and
        each step hears the bar of hits before it.
        """
        plan = self._plan(np.asarray(z, np.float32))
        ahead, skip = self._affine("player/plan", plan), self._affine("player/plan_logits", plan)
        past_kernel, step_kernel = self.weights["player/past/kernel"], self.weights["player/step_logits/kernel"]
        past = np.zeros((len(z), len(past_kernel)), np.float32)
        logits = np.empty((STEPS, len(z), DRUM_COUNT), np.float32)
        hits = np.empty_like(logits)
        for step in range(STEPS):
            hidden = _relu(ahead[step] + past @ past_kernel)
            logits[step] = skip[step] + hidden @ step_kernel
            hits[step] = logits[step] / np.float32(temperature) + noise[step] > 0
            past[:, DRUM_COUNT:] = past[:, :-DRUM_COUNT].copy()
            past[:, :DRUM_COUNT] = hits[step]
        return {"hits": hits.transpose(1, 0, 2), "logits": logits.transpose(1, 0, 2)}

    def _plan(self, z: FloatArray) -> FloatArray:
        """Return what z says of each step: (32, B, plan size)."""
        x = _relu(self._affine("decoder/dense_1", _relu(self._affine("decoder/dense_0", z))))
        x = _relu(self._affine("decoder/dense_2", x.reshape(len(z) * BEATS, -1)))
        return self._affine("decoder/dense_3", x).reshape(len(z), STEPS, -1).transpose(1, 0, 2)

    def _affine(self, path: str, x: FloatArray) -> FloatArray:
        return x @ self.weights[f"{path}/kernel"] + self.weights[f"{path}/bias"]


def _relu(x: FloatArray) -> FloatArray:
    return np.maximum(x, np.float32(0.0))


_WITH_BIAS: Final = (
    *(f"encoder/{name}" for name in ("dense_0", "dense_1", "dense_2", "mu", "sigma")),
    *(f"decoder/dense_{index}" for index in range(4)),
    "player/plan",
    "player/plan_logits",
)
NAMES: Final = (
    *(f"{path}/{part}" for path in _WITH_BIAS for part in ("kernel", "bias")),
    "player/past/kernel",
    "player/step_logits/kernel",
)
"""Every variable of the weights file."""
