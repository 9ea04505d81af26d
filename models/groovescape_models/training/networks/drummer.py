"""The drummer who plays what is missing: given cells or a tapped rhythm -> the hits that lack, and how they are struck.

Two listeners hear all eight beats, each beat its neighbours, the same beat of the other bar, and the whole. The first
one plans; a player goes through the steps in order, hears a bar and a beat of what has been played, given notes too,
and within a step the lanes before: no hat falls on the ride that was just chosen. The second one hears the finished
hits beside what is given, and says of each cell how late and how loud it is, as medians and Laplace scales.

B is the batch, P the plan size. keras.ops alone, so that it trains on TensorFlow and on JAX; randomness comes in with
the batch, but for dropout.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import keras
import numpy as np
from keras import ops

from groovescape_models.encoding.given import CELLS, CONTEXT, beat_positions
from groovescape_models.training.networks.tensors import Layer, Tensor

STEPS: Final = 32
LANES: Final = 9
BEATS: Final = 8
STEPS_PER_BEAT: Final = 4
MEMORY: Final = 20
"""Steps of what was played that the player hears: a bar and a beat."""
HEARD: Final = 5
"""A beat, the one before, the one after, the same one of the other bar, and the mean of all."""
OUTPUTS: Final = ("velocity", "velocity_scale", "offset", "offset_scale")
VELOCITY_SCALE_FLOOR: Final = 0.01
OFFSET_SCALE_FLOOR: Final = 0.005
SCALE_BIAS: Final = -2.0
STEP_MS_AT_1_BPM: Final = 15_000.0
TYPICAL_MISS_MS: Final = 20.0
TYPICAL_MISS_VELOCITY: Final = 0.17
HITS_SHARE: Final = 0.1
"""What a nat of hits costs beside a nat of timing and loudness a hit."""


@dataclass(frozen=True, slots=True)
class DrummerConfig:
    """Sizes of the network."""

    hits_width: int = 160
    hits_hidden: int = 224
    hits_layers: int = 3
    plan_size: int = 80
    step_size: int = 224
    strike_width: int = 128
    strike_hidden: int = 160
    strike_layers: int = 2
    dropout: float = 0.15


class Drummer(keras.Model):  # type: ignore[misc]  # keras ships no types
    """(given cells, context) -> odds of the missing hits; (hits, given cells, context) -> how they are struck."""

    def __init__(self, config: DrummerConfig) -> None:
        """Make all layers and their variables."""
        super().__init__(name="drummer")
        self.config = config
        given = STEPS_PER_BEAT * CELLS + beat_positions().shape[1] + CONTEXT
        struck = given + STEPS_PER_BEAT * LANES
        c = config
        self.parts = {
            **_listener("hits", given, c.hits_width, c.hits_hidden, c.hits_layers),
            "plan/hidden": _dense(c.hits_width + given, c.hits_hidden, "relu"),
            "plan/output": _dense(c.hits_hidden, STEPS_PER_BEAT * c.plan_size),
            "player/plan": _dense(c.plan_size, c.step_size),
            "player/past": _dense(MEMORY * LANES, c.step_size, bias=False),
            "player/plan_logits": _dense(c.plan_size, LANES),
            "player/step_logits": _dense(c.step_size, LANES, bias=False),
            "player/together": _dense(LANES, LANES, bias=False),
            **_listener("strike", struck, c.strike_width, c.strike_hidden, c.strike_layers),
            "strike/last": _dense(c.strike_width + struck, c.strike_hidden, "relu"),
            "strike/output": _dense(c.strike_hidden, STEPS_PER_BEAT * len(OUTPUTS) * LANES),
        }
        self.drop = keras.layers.Dropout(config.dropout)
        self.built = True

    def named_variables(self) -> dict[str, Tensor]:
        """Return every variable under its name in the weights file, as in player/plan/kernel."""
        return {f"{path}/{v.name}": v for path, layer in self.parts.items() for v in layer.weights}

    def plan(self, cells: Tensor, context: Tensor, training: bool = False) -> Tensor:
        """Return what is planned for each step, (B, 32, P), of cells (B, 32, CELLS) and context (B, CONTEXT)."""
        beats = _with_context(ops.reshape(cells, (-1, BEATS, STEPS_PER_BEAT * CELLS)), context)
        x = self._listen("hits", beats, self.config.hits_layers, training)
        x = self.drop(self.parts["plan/hidden"](ops.concatenate([x, beats], axis=-1)), training=training)
        return ops.reshape(self.parts["plan/output"](x), (-1, STEPS, self.config.plan_size))

    def play(self, plan: Tensor, past: Tensor, hits: Tensor) -> Tensor:
        """Return logits (B, 32, 9): past (B, 32, 9) are the hits one step late, hits the step's own lanes in order."""
        padded = ops.pad(past, ((0, 0), (MEMORY - 1, 0), (0, 0)))
        heard = [padded[:, MEMORY - 1 - back : MEMORY - 1 - back + STEPS] for back in range(MEMORY)]
        hidden = ops.relu(self.parts["player/plan"](plan) + self.parts["player/past"](ops.concatenate(heard, axis=-1)))
        before = np.triu(np.ones((LANES, LANES), np.float32), 1)
        together = ops.matmul(hits, self.parts["player/together"].kernel * before)
        return self.parts["player/plan_logits"](plan) + self.parts["player/step_logits"](hidden) + together

    def strike(self, hits: Tensor, cells: Tensor, context: Tensor, training: bool = False) -> dict[str, Tensor]:
        """Return velocity, velocity_scale, offset and offset_scale, each (B, 32, 9), of every cell, hit or not."""
        rows = ops.reshape(cells, (-1, BEATS, STEPS_PER_BEAT * CELLS))
        beats = ops.concatenate([ops.reshape(hits, (-1, BEATS, STEPS_PER_BEAT * LANES)), rows], axis=-1)
        beats = _with_context(beats, context)
        x = self._listen("strike", beats, self.config.strike_layers, training)
        x = self.drop(self.parts["strike/last"](ops.concatenate([x, beats], axis=-1)), training=training)
        x = ops.reshape(self.parts["strike/output"](x), (-1, STEPS, len(OUTPUTS) * LANES))
        velocity, velocity_scale, offset, offset_scale = ops.split(x, len(OUTPUTS), axis=-1)
        return {
            "velocity": ops.sigmoid(velocity),
            "velocity_scale": ops.softplus(velocity_scale + SCALE_BIAS) + VELOCITY_SCALE_FLOOR,
            "offset": 0.5 * ops.tanh(offset),
            "offset_scale": ops.softplus(offset_scale + SCALE_BIAS) + OFFSET_SCALE_FLOOR,
        }

    def call(self, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return the loss of a batch in training and what it is made of; see measure."""
        return self.measure(batch, training=True)

    def measure(self, batch: Mapping[str, Tensor], training: bool = False) -> dict[str, Tensor]:
        """Return the loss of a batch and what it is made of.

        cells (B, 32, CELLS), context (B, CONTEXT); hits, velocities, offsets (B, 32, 9) of the whole; unknown
        (B, 32, 9), 1 where the cell is to be filled; played (B, 1, 1), 1 where a drummer played it; kept (B, 32, 9),
        0 where the player misses a hit of the past; tempo (B, 1) in bpm; median: share of plain misses in the cost.
        """
        hits, unknown = batch["hits"], batch["unknown"]
        past = ops.pad(hits[:, :-1], ((0, 0), (1, 0), (0, 0))) * batch["kept"]
        logits = self.play(self.plan(batch["cells"], batch["context"], training), past, hits)
        nats = ops.mean(ops.sum(unknown * (ops.softplus(logits) - logits * hits), axis=(1, 2)))
        struck = self.strike(hits, batch["cells"], batch["context"], training)
        each = hits * unknown * batch["played"]
        each = each / ops.maximum(ops.sum(each), 1.0)
        late = ops.abs(struck["offset"] - batch["offsets"])
        loud = ops.abs(struck["velocity"] - batch["velocities"])
        strike = ops.sum(each * (_laplace(late, struck["offset_scale"]) + _laplace(loud, struck["velocity_scale"])))
        timing_ms = ops.sum(each * late * STEP_MS_AT_1_BPM / batch["tempo"][:, :, None])
        velocity = ops.sum(each * loud)
        misses = timing_ms / TYPICAL_MISS_MS + velocity / TYPICAL_MISS_VELOCITY
        median = batch["median"]
        loss = HITS_SHARE * nats + (1.0 - median) * strike + median * misses
        return {
            "loss": loss,
            "hit_nats": nats,
            "strike_nats": strike,
            "timing_ms": timing_ms,
            "velocity": 127.0 * velocity,
        }

    def _listen(self, name: str, beats: Tensor, layers: int, training: bool) -> Tensor:
        """Return each beat as it is heard among the others, (B, 8, width)."""
        x = self.drop(self.parts[f"{name}/beats"](beats), training=training)
        for layer in range(layers):
            heard = ops.concatenate(
                [x, _turned(x, 1), _turned(x, BEATS - 1), _turned(x, BEATS // 2), _mean(x)], axis=-1
            )
            hidden = self.drop(self.parts[f"{name}/hear_{layer}"](heard), training=training)
            x = x + self.parts[f"{name}/add_{layer}"](hidden)
        return x


def _listener(name: str, inputs: int, width: int, hidden: int, layers: int) -> dict[str, Layer]:
    parts = {f"{name}/beats": _dense(inputs, width, "relu")}
    for layer in range(layers):
        parts[f"{name}/hear_{layer}"] = _dense(HEARD * width, hidden, "relu")
        parts[f"{name}/add_{layer}"] = _dense(hidden, width, small=True)
    return parts


def _dense(inputs: int, outputs: int, activation: str | None = None, bias: bool = True, small: bool = False) -> Layer:
    start = keras.initializers.VarianceScaling(0.1 if small else 1.0, "fan_avg", "uniform")
    layer = keras.layers.Dense(outputs, activation=activation, use_bias=bias, kernel_initializer=start)
    layer.build((None, inputs))
    return layer


def _turned(x: Tensor, beats: int) -> Tensor:
    """Return the beats (B, 8, width) turned round, so that each stands where the one so many later stood."""
    return ops.concatenate([x[:, -beats:], x[:, :-beats]], axis=1)


def _mean(x: Tensor) -> Tensor:
    return ops.ones_like(x) * ops.mean(x, axis=1, keepdims=True)


def _laplace(miss: Tensor, scale: Tensor) -> Tensor:
    """Return the negative log-likelihood, in nats, of a distance from the median."""
    return miss / scale + ops.log(2.0 * scale)


def _with_context(beats: Tensor, context: Tensor) -> Tensor:
    """Return each beat (B, 8, width) with its position and what holds for all beats, (B, width)."""
    ones = ops.ones_like(beats[:, :, :1])
    return ops.concatenate([beats, ones * beat_positions(), ones * context[:, None, :]], axis=-1)
