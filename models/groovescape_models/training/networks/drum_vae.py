"""Groovescape's own drum VAE: a beat-wise encoder, a plan unrolled from z, and a small player with a bar of memory.

The whole network is in this file and in keras.ops alone, so that it trains on TensorFlow and on JAX. Randomness comes
in with the batch. Computed in eight bits (fake_quant.py) it learns to live with them.

B is the batch, Z the latent size, P the plan size.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from groovescape_models.training.networks.fake_quant import dense
from groovescape_models.training.networks.tensors import Layer, Tensor

STEPS: Final = 32
LANES: Final = 9
BEATS: Final = 8
MEMORY: Final = 16
"""Steps of its own playing that the player hears: one bar."""
BEAT_CELLS: Final = STEPS // BEATS * LANES
SIGMA_FLOOR: Final = 1e-4


@dataclass(frozen=True, slots=True)
class DrumVaeConfig:
    """Sizes of the network."""

    latent_size: int = 96
    beat_size: int = 256
    beat_features: int = 128
    hidden_size: int = 1024
    plan_size: int = 64
    step_size: int = 256


def config_of(weights: Mapping[str, NDArray[np.float32]]) -> DrumVaeConfig:
    """Return the sizes of the network that weights by name belong to."""
    sizes = {name: weights[f"{path}/kernel"].shape[1] for name, path in _SIZES.items()}
    return DrumVaeConfig(**sizes, plan_size=weights["player/plan/kernel"].shape[0])


_SIZES: Final = MappingProxyType(
    {
        "latent_size": "encoder/mu",
        "beat_size": "encoder/dense_0",
        "beat_features": "encoder/dense_1",
        "hidden_size": "encoder/dense_2",
        "step_size": "player/plan",
    }
)


class DrumVae(keras.Model):  # type: ignore[misc]  # keras ships no types
    """Two bars of nine independent hits a step <-> a latent vector."""

    def __init__(self, config: DrumVaeConfig, quantised: bool = False) -> None:
        """Make the layers and their variables; quantised computes as the int8 file will."""
        super().__init__(name="drum_vae")
        self.config = config
        self.quantised = quantised
        plan_cells, features = STEPS // BEATS * config.plan_size, BEATS * config.beat_features
        self.parts = {
            "encoder/dense_0": _dense(BEAT_CELLS, config.beat_size, "relu"),
            "encoder/dense_1": _dense(config.beat_size, config.beat_features, "relu"),
            "encoder/dense_2": _dense(features, config.hidden_size, "relu"),
            "encoder/mu": _dense(config.hidden_size, config.latent_size),
            "encoder/sigma": _dense(config.hidden_size, config.latent_size, "softplus"),
            "decoder/dense_0": _dense(config.latent_size, config.hidden_size, "relu"),
            "decoder/dense_1": _dense(config.hidden_size, features, "relu"),
            "decoder/dense_2": _dense(config.beat_features, config.beat_size, "relu"),
            "decoder/dense_3": _dense(config.beat_size, plan_cells),
            "player/plan": _dense(config.plan_size, config.step_size),
            "player/past": _dense(MEMORY * LANES, config.step_size, bias=False),
            "player/plan_logits": _dense(config.plan_size, LANES),
            "player/step_logits": _dense(config.step_size, LANES, bias=False),
        }
        self.built = True

    def named_variables(self) -> dict[str, Tensor]:
        """Return every variable under its name in the weights file, as in encoder/mu/kernel."""
        return {f"{path}/{v.name}": v for path, layer in self.parts.items() for v in layer.weights}

    def encode(self, hits: Tensor) -> tuple[Tensor, Tensor]:
        """Return mu and sigma, each (B, Z), of hits (B, 32, 9)."""
        x = ops.reshape(hits, (-1, BEATS, BEAT_CELLS))
        x = self._layer("encoder/dense_1", self._layer("encoder/dense_0", x))
        x = self._layer("encoder/dense_2", ops.reshape(x, (-1, BEATS * self.config.beat_features)))
        return self._layer("encoder/mu", x), self._layer("encoder/sigma", x) + SIGMA_FLOOR

    def plan(self, z: Tensor) -> Tensor:
        """Return what z says of each step: (B, 32, P)."""
        x = self._layer("decoder/dense_1", self._layer("decoder/dense_0", z))
        x = ops.reshape(x, (-1, BEATS, self.config.beat_features))
        x = self._layer("decoder/dense_3", self._layer("decoder/dense_2", x))
        return ops.reshape(x, (-1, STEPS, self.config.plan_size))

    def play(self, plan: Tensor, previous: Tensor) -> Tensor:
        """Return logits (B, 32, 9), each step knowing the bar before it: previous is (B, 32, 9), one step late."""
        padded = ops.pad(previous, ((0, 0), (MEMORY - 1, 0), (0, 0)))
        shifts = [padded[:, MEMORY - 1 - back : MEMORY - 1 - back + STEPS] for back in range(MEMORY)]
        hidden = ops.relu(
            self._layer("player/plan", plan) + self._layer("player/past", ops.concatenate(shifts, axis=-1))
        )
        return self._layer("player/plan_logits", plan) + self._layer("player/step_logits", hidden)

    def call(self, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return the loss of a batch and what it is made of.

        hits (B, 32, 9); epsilon (B, Z) standard normal; keep (B, 32, 1), 0 where the step's past is hidden from the
        player; beta and free_bits are scalars: only KL beyond free_bits costs, beta a nat (Roberts et al. 2018).
        """
        hits = batch["hits"]
        mu, sigma = self.encode(hits)
        z = mu + sigma * batch["epsilon"]
        previous = ops.pad(hits[:, :-1], ((0, 0), (1, 0), (0, 0))) * batch["keep"]
        logits = self.play(self.plan(z), previous)
        nats = ops.mean(ops.sum(ops.softplus(logits) - logits * hits, axis=(1, 2)))
        kl = ops.mean(ops.sum(0.5 * (ops.square(mu) + ops.square(sigma) - 1.0) - ops.log(sigma), axis=1))
        cost = ops.relu(kl - batch["free_bits"] * math.log(2.0))
        return {"loss": nats + batch["beta"] * cost, "reconstruction_nats": nats, "kl_bits": kl / math.log(2.0)}

    def run_free(self, z: Tensor, noise: Tensor, temperature: Tensor) -> tuple[Tensor, Tensor]:
        """Return hits and raw logits, float (B, 32, 9), each step hearing the hits drawn before it.

        z (B, Z); noise (32, B, 9), logistic, or 0 for the most probable hits; a hit is
        logits / temperature + noise > 0.
        """
        plan = self.plan(z)
        ahead, skip = self._layer("player/plan", plan), self._layer("player/plan_logits", plan)
        past = ops.zeros_like(ops.tile(skip[:, 0], (1, MEMORY)))
        hits, logits = [], []
        for step in range(STEPS):
            hidden = ops.relu(ahead[:, step] + self._layer("player/past", past))
            logits.append(skip[:, step] + self._layer("player/step_logits", hidden))
            hits.append(ops.cast(logits[-1] / temperature + noise[step] > 0, "float32"))
            past = ops.concatenate([hits[-1], past[:, :-LANES]], axis=-1)
        return ops.stack(hits, axis=1), ops.stack(logits, axis=1)

    def _layer(self, path: str, x: Tensor) -> Tensor:
        return dense(self.parts[path], x) if self.quantised else self.parts[path](x)

    def reconstruct(self, hits: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return patterns (B, 32, 9) as they come back through the posterior mean, free running."""
        mu, _ = self.encode(hits)
        quiet = np.zeros((STEPS, len(hits), LANES), np.float32)
        return np.asarray(ops.convert_to_numpy(self.run_free(mu, quiet, 1.0)[0]))


def _dense(inputs: int, outputs: int, activation: str | None = None, bias: bool = True) -> Layer:
    layer = keras.layers.Dense(outputs, activation=activation, use_bias=bias)
    layer.build((None, inputs))
    return layer
