"""The conductor: a small VAE over the latents of two-bar models, so that two phrases become four bars.

It is the upper level of a hierarchical VAE (Roberts et al. 2018, section 3.2): a latent vector unrolls into one latent
of each lane (melody, bass, drums) for each phrase, and the two-bar decoders, which stay as they are, play them. What a
lane plays in a phrase is known by its posterior N(mean, deviation) of the two-bar encoder. B is the batch, P the
phrases, L the lanes, Z the conductor's latent size.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import keras
from keras import ops

from groovescape_models.training.networks.tensors import Layer, Tensor

PHRASES: Final = 2
SIGMA_FLOOR: Final = 1e-4
FIRST_SPREAD: Final = -0.5
"""Logarithm of the spread that phrase latents are given at first."""
MISS_WEIGHT: Final = 0.2
Player = Callable[[Tensor, Mapping[str, Tensor]], Tensor]
"""Takes phrases (B, P, size) and the batch; returns the nats (B,) that the true notes cost the two-bar decoder."""


@dataclass(frozen=True, slots=True)
class ConductorConfig:
    """Sizes of the network: its lanes, each a role and the size of its two-bar latents, and its own."""

    lanes: tuple[tuple[str, int], ...]
    latent_size: int = 160
    hidden_size: int = 768
    phrase_size: int = 384


class Conductor(keras.Model):  # type: ignore[misc]  # keras ships no types
    """The phrases of all lanes <-> one latent vector."""

    def __init__(self, config: ConductorConfig, players: Mapping[str, Player]) -> None:
        """Make the layers and their variables; players are the two-bar decoders by role, with weights of their own."""
        super().__init__(name="conductor")
        self.config, self.players = config, MappingProxyType(dict(players))
        width = PHRASES * sum(size for _, size in config.lanes) + len(config.lanes)
        self.parts = {
            "encoder/dense_0": _dense(width, config.hidden_size, "relu"),
            "encoder/dense_1": _dense(config.hidden_size, config.hidden_size, "relu"),
            "encoder/mu": _dense(config.hidden_size, config.latent_size),
            "encoder/straight": _dense(width, config.latent_size, bias=False),
            "encoder/sigma": _dense(config.hidden_size, config.latent_size, "softplus"),
            "conductor/dense_0": _dense(config.latent_size, config.hidden_size, "relu"),
            "conductor/dense_1": _dense(config.hidden_size, PHRASES * config.phrase_size, "relu"),
        }
        for role, size in config.lanes:
            self.parts[f"{role}/phrase"] = _dense(config.phrase_size, size)
            self.parts[f"{role}/straight"] = _dense(config.latent_size, PHRASES * size, bias=False)
        self.spreads = {
            role: self.add_weight(shape=(size,), initializer=keras.initializers.Constant(FIRST_SPREAD), name="spread")
            for role, size in config.lanes
        }
        self.built = True

    def named_variables(self) -> dict[str, Tensor]:
        """Return every variable under its name in the weights file, as in encoder/mu/kernel."""
        layers = {f"{path}/{v.name}": v for path, layer in self.parts.items() for v in layer.weights}
        return {**layers, **{f"{role}/spread": spread for role, spread in self.spreads.items()}}

    def encode(self, means: Mapping[str, Tensor], has: Tensor) -> tuple[Tensor, Tensor]:
        """Return mu and sigma, each (B, Z).

        means has (B, P, size) of each lane, has (B, L) is 0 where a lane is missing.
        """
        lanes = [
            ops.reshape(means[role] * has[:, lane : lane + 1, None], (-1, PHRASES * size))
            for lane, (role, size) in enumerate(self.config.lanes)
        ]
        x = ops.concatenate([*lanes, has], axis=1)
        hidden = self.parts["encoder/dense_1"](self.parts["encoder/dense_0"](x))
        mu = self.parts["encoder/mu"](hidden) + self.parts["encoder/straight"](x)
        return mu, self.parts["encoder/sigma"](hidden) + SIGMA_FLOOR

    def unroll(self, z: Tensor) -> dict[str, Tensor]:
        """Return the phrase latents of each lane, (B, P, size)."""
        x = self.parts["conductor/dense_0"](z)
        x = ops.reshape(self.parts["conductor/dense_1"](x), (-1, PHRASES, self.config.phrase_size))
        return {
            role: self.parts[f"{role}/phrase"](x) + ops.reshape(self.parts[f"{role}/straight"](z), (-1, PHRASES, size))
            for role, size in self.config.lanes
        }

    def call(self, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return the loss of a batch and what it is made of.

        mean/ROLE and deviation/ROLE (B, P, size) are posteriors of the phrases; has (B, L); shown (B, L), 0 where the
        encoder does not hear a lane that is there; epsilon (B, Z) standard normal; beta and free_bits are scalars: only
        KL beyond free_bits costs, beta a nat. The players add what they ask for. What counts most is
        what the players make of the phrases; the posteriors' KL to the phrases shows the way there.
        """
        means = {role: batch[f"mean/{role}"] for role, _ in self.config.lanes}
        mu, sigma = self.encode(means, batch["has"] * batch["shown"])
        phrases = self.unroll(mu + sigma * batch["epsilon"])
        kl = ops.mean(ops.sum(0.5 * (ops.square(mu) + ops.square(sigma) - 1.0) - ops.log(sigma), axis=1))
        cost = ops.relu(kl - batch["free_bits"] * math.log(2.0))
        metrics = {"loss": batch["beta"] * cost, "kl_bits": kl / math.log(2.0)}
        for lane, (role, _) in enumerate(self.config.lanes):
            has, z = batch["has"][:, lane], phrases[role]
            nats = ops.mean(has * self.players[role](z, batch))
            miss = ops.mean(has * self.miss(role, z, means[role], batch[f"deviation/{role}"]))
            metrics |= {f"nats_{role}": nats, f"miss_{role}": miss}
            metrics["loss"] += nats + MISS_WEIGHT * miss
        return metrics

    def miss(self, role: str, phrases: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
        """Return the KL, in nats (B,), of phrases' posteriors to N(phrases, spread)."""
        spread = self.spreads[role]
        away = (ops.square(mean - phrases) + ops.square(deviation)) / ops.exp(2.0 * spread)
        return ops.sum(spread - ops.log(deviation) + 0.5 * (away - 1.0), axis=(1, 2))


def _dense(inputs: int, outputs: int, activation: str | None = None, bias: bool = True) -> Layer:
    layer = keras.layers.Dense(outputs, activation=activation, use_bias=bias)
    layer.build((None, inputs))
    return layer
