"""The humaniser: a GrooVAE whose decoder knows every hit and looks both ways, a beat at a time.

Gillick et al. 2019 decode a performance step by step from a latent vector. Here the hits are given, so that nothing
has to be drawn in order: a BiLSTM over the eight beats sees them all and says for each cell where the hit falls and
how hard, as the median and the scale of a Laplace distribution. What the hits do not tell, the *feel*, is a small
latent vector z, encoded from a performance; half of the training examples go without (known = 0), so that the network
also knows the feel to expect of nobody in particular.

B is the batch, Z the latent size, H the LSTM size. Offsets are in steps, positive is late, as everywhere in this
program. keras.ops alone: it trains on TensorFlow and on JAX. Randomness comes in with the batch, but for dropout.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import keras
from keras import ops

from groovescape_models.training.networks.bilstm import BiLstm
from groovescape_models.training.networks.feel_encoder import (
    BEATS,
    LANES,
    POSITIONS,
    STEPS_PER_BEAT,
    FeelEncoder,
    by_beat,
    tempo_feature,
    with_context,
)
from groovescape_models.training.networks.habits import PerformanceHabits
from groovescape_models.training.networks.tensors import Tensor

OUTPUTS: Final = ("velocity", "velocity_scale", "offset", "offset_scale")
VELOCITY_SCALE_FLOOR: Final = 0.01
OFFSET_SCALE_FLOOR: Final = 0.005
SCALE_BIAS: Final = -2.0
"""Scales start at softplus(-2) = 0.13."""
STEP_MS_AT_1_BPM: Final = 15_000.0
TYPICAL_HITS: Final = 37.0
"""Hits of two bars of the data set: turns nats a performance into nats a hit."""
TRUST: Final = "decoder/trust"
"""Name of two numbers: the share of a whole window's shift that counts without a feel, and the usual shift in ms.

The network says with too much confidence that all hits of a window are early, or late: it has 887 performances to learn
that from. How much of it holds for other performances is measured on the validation split (groove_trust.py)."""
CELL_EDGE: Final = 0.499
"""Farthest that a hit is moved from its step: half a step on would be the next cell."""
TYPICAL_MISS_MS: Final = 20.0
TYPICAL_MISS_VELOCITY: Final = 0.17


@dataclass(frozen=True, slots=True)
class HumanizerConfig:
    """Sizes of the network."""

    latent_size: int = 24
    encoder_features: int = 128
    encoder_lstm: int = 96
    decoder_features: int = 256
    decoder_lstm: int = 128
    decoder_layers: int = 2
    dropout: float = 0.5
    encoder_dropout: float = 0.2


class Humanizer(keras.Model):  # type: ignore[misc]  # keras ships no types
    """(hits, tempo, feel) -> where and how hard each hit is played; performance -> feel."""

    def __init__(self, config: HumanizerConfig, performances: int = 0) -> None:
        """Make all layers and their variables; to train, name the number of performances, for their habits."""
        super().__init__(name="humanizer")
        self.config = config
        self.habits = PerformanceHabits(performances) if performances else None
        self.encoder = FeelEncoder(
            config.latent_size, config.encoder_features, config.encoder_lstm, config.encoder_dropout
        )
        self.trust = self.add_weight(shape=(2,), initializer=_full_trust, trainable=False, name="trust")
        dense = keras.layers.Dense
        self.parts = {
            "decoder/beats": dense(config.decoder_features, activation="relu"),
            "decoder/hidden": dense(config.decoder_features, activation="relu"),
            "decoder/output": dense(STEPS_PER_BEAT * len(OUTPUTS) * LANES),
        }
        widths = {
            "decoder/beats": STEPS_PER_BEAT * LANES + POSITIONS + 1 + config.latent_size + 1,
            "decoder/hidden": 2 * config.decoder_lstm,
            "decoder/output": config.decoder_features,
        }
        for layer in range(config.decoder_layers):
            self.parts[f"decoder/bilstm_{layer}"] = BiLstm(config.decoder_lstm)
            widths[f"decoder/bilstm_{layer}"] = 2 * config.decoder_lstm if layer else config.decoder_features
        for path, layer in self.parts.items():
            layer.build((None, BEATS, widths[path]))
        self.drop = keras.layers.Dropout(config.dropout)
        self.drop_hidden = keras.layers.Dropout(config.dropout / 2)
        self.built = True

    def named_variables(self) -> dict[str, Tensor]:
        """Return every weight under its name in the weights file, as in encoder/mu/kernel."""
        named: dict[str, Tensor] = {**self.encoder.named_variables(), TRUST: self.trust}
        for path, layer in self.parts.items():
            own = layer.named_variables() if isinstance(layer, BiLstm) else {v.name: v for v in layer.weights}
            named.update({f"{path}/{name}": variable for name, variable in own.items()})
        return named

    def encode(self, groove: Tensor, tempo: Tensor, training: bool = False) -> tuple[Tensor, Tensor]:
        """Return mu and sigma of the feel, each (B, Z), of a performance (B, 32, 27) at a tempo (B, 1)."""
        mu, sigma = self.encoder(groove, tempo, training=training)
        return mu, sigma

    def decode(
        self, hits: Tensor, tempo: Tensor, z: Tensor, known: Tensor, training: bool = False
    ) -> dict[str, Tensor]:
        """Return velocity, velocity_scale, offset and offset_scale, each (B, T, 9), of every cell, hit or not.

        hits (B, T, 9) are 0 or 1, T whole beats of 4 steps from the first of a bar; tempo (B, 1) is in bpm; known
        (B, 1) is 1 where z (B, Z) counts, 0 for the expected feel. Velocities are in 0..1, offsets in steps.
        """
        beats = by_beat(hits)
        context = ops.concatenate([tempo_feature(tempo), z * known, known], axis=-1)
        x = self.drop(self.parts["decoder/beats"](with_context(beats, context)), training=training)
        for layer in range(self.config.decoder_layers):
            x = self.drop(self.parts[f"decoder/bilstm_{layer}"](x), training=training)
        x = self.drop_hidden(self.parts["decoder/hidden"](x), training=training)
        played = as_played(self.parts["decoder/output"](x), hits.shape[1])
        return played if training else {**played, "offset": self._trusted(played["offset"], hits, tempo, known)}

    def _trusted(self, offset: Tensor, hits: Tensor, tempo: Tensor, known: Tensor) -> Tensor:
        """Return offsets moved, together, towards where the usual performance lies, where no feel is known."""
        usual = self.trust[1] * tempo[:, :, None] / STEP_MS_AT_1_BPM
        mean = ops.sum(hits * offset, axis=(1, 2), keepdims=True) / ops.maximum(
            ops.sum(hits, axis=(1, 2), keepdims=True), 1.0
        )
        moved = offset - (1.0 - known[:, :, None]) * (1.0 - self.trust[0]) * (mean - usual)
        return ops.clip(moved, -CELL_EDGE, CELL_EDGE)

    def call(self, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return the loss of a batch and what it is made of.

        hits, velocities, offsets (B, T, 9) are to be played; feel (B, 32, 27) is what z is encoded from; tempo (B, 1);
        known (B, 1); epsilon (B, Z) standard normal; beta: cost of a nat of KL; median: 0..1, how much of the cost is
        plain misses in ms and velocity rather than the likelihood. With habits, performance (B, 1) and weight (B, 1).
        """
        mu, sigma = self.encode(batch["feel"], batch["tempo"], training=True)
        z = mu + sigma * batch["epsilon"]
        played = self.decode(batch["hits"], batch["tempo"], z, batch["known"], training=True)
        per_hit = batch["hits"] / ops.maximum(ops.sum(batch["hits"]), 1.0)
        habit, habit_cost = self._habit(batch)
        late = ops.abs(played["offset"] + habit - batch["offsets"])
        loud = ops.abs(played["velocity"] - batch["velocities"])
        nats = ops.sum(per_hit * (_laplace(late, played["offset_scale"]) + _laplace(loud, played["velocity_scale"])))
        timing_ms = ops.sum(per_hit * late * STEP_MS_AT_1_BPM / batch["tempo"][:, :, None])
        velocity = ops.sum(per_hit * loud)
        misses = timing_ms / TYPICAL_MISS_MS + velocity / TYPICAL_MISS_VELOCITY
        kl = ops.sum(0.5 * (ops.square(mu) + ops.square(sigma) - 1.0) - ops.log(sigma), axis=1, keepdims=True)
        cost = batch["beta"] * ops.mean(kl * batch["known"]) / TYPICAL_HITS + habit_cost / TYPICAL_HITS
        loss = (1.0 - batch["median"]) * nats + batch["median"] * misses + cost
        return {
            "loss": loss,
            "nats_a_hit": nats,
            "timing_ms": timing_ms,
            "velocity": 127.0 * velocity,
            "kl_nats": ops.mean(kl),
        }

    def _habit(self, batch: Mapping[str, Tensor]) -> tuple[Tensor, Tensor]:
        if self.habits is None:
            return 0.0, 0.0
        late, cost = self.habits.of(batch["performance"], batch["weight"], 1.0 - batch["known"])
        return late, cost


def _full_trust(shape: tuple[int, ...], dtype: object = None) -> Tensor:
    return ops.convert_to_tensor([1.0, 0.0], dtype=dtype)


def _laplace(miss: Tensor, scale: Tensor) -> Tensor:
    """Return the negative log-likelihood, in nats, of a distance from the median."""
    return miss / scale + ops.log(2.0 * scale)


def as_played(x: Tensor, steps: int) -> dict[str, Tensor]:
    """Return what a last layer says as medians and scales by name, each (B, steps, 9)."""
    parts = ops.split(ops.reshape(x, (-1, steps, len(OUTPUTS) * LANES)), len(OUTPUTS), axis=-1)
    velocity, velocity_scale, offset, offset_scale = parts
    return {
        "velocity": ops.sigmoid(velocity),
        "velocity_scale": ops.softplus(velocity_scale + SCALE_BIAS) + VELOCITY_SCALE_FLOOR,
        "offset": 0.5 * ops.tanh(offset),
        "offset_scale": ops.softplus(offset_scale + SCALE_BIAS) + OFFSET_SCALE_FLOOR,
    }
