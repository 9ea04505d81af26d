"""The conductor of four bars in plain NumPy: so small that nothing else runs it faster.

It joins the latents of two-bar models, one of each lane (melody, bass, drums) for each of two phrases, in one latent
vector and unrolls that again. B is the batch, P the phrases, L the lanes, Z its latent size.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from groovescape_models.errors import CheckpointError
from groovescape_models.inference.numpy_flow import NumpyFlow
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.pattern import Role

LANES: Final = (Role.MELODY, Role.BASS, Role.DRUMS)
"""Magenta's order."""
PHRASES: Final = 2
SIGMA_FLOOR: Final = 1e-4
Weights = Mapping[str, FloatArray]


class NumpyConductor:
    """The phrases of all lanes <-> one latent vector, on given weights."""

    def __init__(self, weights: Weights) -> None:
        """Keep the weights as float32; CheckpointError if one is missing."""
        self.roles = tuple(role.value for role in LANES if f"{role}/phrase/bias" in weights)
        missing = [name for name in (*NAMES, *self._lane_names()) if name not in weights]
        if missing or not self.roles:
            raise CheckpointError(f"The conductor's weights lack {[*missing, 'lanes'][0]}; install Groovescape again.")
        self.weights = {name: np.ascontiguousarray(array, np.float32) for name, array in weights.items()}
        self.latent_size = len(self.weights["encoder/mu/bias"])
        self._flow = NumpyFlow(weights) if any(name.startswith("flow/") for name in weights) else None

    def run(self, signature: str, **inputs: FloatArray) -> dict[str, FloatArray]:
        """Run "encode" (each role's means, has), "unroll" (z) or "draw"; ValueError for another signature.

        "draw" takes normal noise (B, Z) and style (B, Y), one-hot or zeros, to z where music in that style lies, and
        optionally a guidance (); it is there if the weights have a flow.
        """
        if signature == "encode":
            has = inputs.pop("has")
            return self.encode(inputs, has)
        if signature == "unroll":
            return self.unroll(inputs["z"])
        if signature == "draw" and self._flow is not None:
            return {"z": self._flow.carry(inputs["noise"], inputs["style"], float(inputs.get("guidance", 1.0)))}
        raise ValueError(f"signature must be encode, unroll or draw, got {signature!r}")

    def encode(self, means: Mapping[str, FloatArray], has: FloatArray) -> dict[str, FloatArray]:
        """Return mu and sigma, each (B, Z), of the phrases' latents.

        means has (B, P, size) of each role; has (B, L) is 0 where a lane is missing, lanes in the order of roles.
        """
        lanes = [(means[role] * has[:, lane, None, None]).reshape(len(has), -1) for lane, role in enumerate(self.roles)]
        x = np.concatenate([*lanes, has], axis=1).astype(np.float32)
        hidden = _relu(self._affine("encoder/dense_1", _relu(self._affine("encoder/dense_0", x))))
        mu = self._affine("encoder/mu", hidden) + x @ self.weights["encoder/straight/kernel"]
        sigma = np.logaddexp(np.float32(0.0), self._affine("encoder/sigma", hidden)) + np.float32(SIGMA_FLOOR)
        return {"mu": mu, "sigma": sigma}

    def unroll(self, z: FloatArray) -> dict[str, FloatArray]:
        """Return the phrase latents of each role, (B, P, size), of z (B, Z)."""
        x = _relu(self._affine("conductor/dense_0", np.asarray(z, np.float32)))
        x = _relu(self._affine("conductor/dense_1", x)).reshape(len(z) * PHRASES, -1)
        return {role: self._lane(role, x, z) for role in self.roles}

    def _lane(self, role: str, x: FloatArray, z: FloatArray) -> FloatArray:
        straight: FloatArray = np.asarray(z, np.float32) @ self.weights[f"{role}/straight/kernel"]
        return self._affine(f"{role}/phrase", x).reshape(len(z), PHRASES, -1) + straight.reshape(len(z), PHRASES, -1)

    def _affine(self, path: str, x: FloatArray) -> FloatArray:
        return x @ self.weights[f"{path}/kernel"] + self.weights[f"{path}/bias"]

    def _lane_names(self) -> tuple[str, ...]:
        parts = ("phrase/kernel", "phrase/bias", "straight/kernel")
        return tuple(f"{role}/{part}" for role in self.roles for part in parts)


def _relu(x: FloatArray) -> FloatArray:
    return np.maximum(x, np.float32(0.0))


_WITH_BIAS: Final = (
    *(f"encoder/{name}" for name in ("dense_0", "dense_1", "mu", "sigma")),
    *(f"conductor/dense_{index}" for index in range(2)),
)
NAMES: Final = (
    *(f"{path}/{part}" for path in _WITH_BIAS for part in ("kernel", "bias")),
    "encoder/straight/kernel",
)
"""Every variable of the weights file but those of the lanes."""
