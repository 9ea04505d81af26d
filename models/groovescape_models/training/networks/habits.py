"""What one performance does throughout and its hits do not tell: set aside in training, so that nobody's is learned.

A performance may lie 10 ms late from end to end, or be played softly. A network that is to say what is to be expected
of nobody in particular can only learn such a habit by heart, by recognising the performance; on others it is then wrong
with confidence. Here each performance of the training split has numbers of its own that take up part of it: a shift of
all hits and of each drum, in timing and in loudness (random effects, as in a linear mixed model). They are not part of
the weights that ship.
"""

from typing import Final

import keras
from keras import ops

from groovescape_models.training.networks.tensors import Tensor

LANES: Final = 9
OFFSET_SPREAD: Final = 0.06
"""How far performances lie apart, in steps: 8 ms at 110 bpm."""
VELOCITY_SPREAD: Final = 0.08


class PerformanceHabits(keras.layers.Layer):  # type: ignore[misc]  # keras ships no types
    """A shift of all hits and one of each drum for each of many performances, in units of how far they lie apart."""

    def __init__(self, performances: int) -> None:
        super().__init__(name="habits")
        self.table = self.add_weight(shape=(performances, 2 * (1 + LANES)), initializer="zeros", name="table")
        self.built = True

    def of(self, performance: Tensor, weight: Tensor, share: Tensor) -> dict[str, Tensor]:
        """Return the habits of examples: offset (steps) and velocity (0..1), each (B, 1, 9), and their mean cost, nats.

        performance (B, 1) is the index of each, weight (B, 1) what a habit of one spread costs in it (half of it, in
        nats), share (B, 1) how much of it counts.
        """
        rows = ops.take(self.table, ops.cast(performance[:, 0], "int32"), axis=0)
        cost = 0.5 * ops.mean(weight * share * ops.sum(ops.square(rows), axis=1, keepdims=True))
        timing, loudness = ops.split(rows * share, 2, axis=1)
        return {
            "offset": OFFSET_SPREAD * _each_lane(timing),
            "velocity": VELOCITY_SPREAD * _each_lane(loudness),
            "cost": cost,
        }


def _each_lane(rows: Tensor) -> Tensor:
    return (rows[:, :1] + rows[:, 1:])[:, None, :]
