"""What one performance does throughout and its hits do not tell: set aside in training, so that nobody's is learned.

A performance may lie 10 ms late from end to end. A network that is to say what is to be expected of nobody in
particular can only learn such a habit by heart, by recognising the performance; on others it is then wrong with
confidence. Here each performance of the training split has numbers of its own that take up part of it: a shift of all
hits and of each drum (random effects, as in a linear mixed model). They are not part of the weights that ship.
Loudness has none: how loud a performance is can be told from its hits, and what was set aside was missing then.
"""

from typing import Final

import keras
from keras import ops

from groovescape_models.training.networks.tensors import Tensor

LANES: Final = 9
OFFSET_SPREAD: Final = 0.06
"""How far performances lie apart, in steps: 8 ms at 110 bpm."""


class PerformanceHabits(keras.layers.Layer):  # type: ignore[misc]  # keras ships no types
    """A shift of all hits and one of each drum for each of many performances, in units of how far they lie apart."""

    def __init__(self, performances: int) -> None:
        super().__init__(name="habits")
        self.table = self.add_weight(shape=(performances, 1 + LANES), initializer="zeros", name="table")
        self.built = True

    def of(self, performance: Tensor, weight: Tensor, share: Tensor) -> tuple[Tensor, Tensor]:
        """Return how late examples are by habit, in steps, (B, 1, 9), and the mean cost of that in nats.

        performance (B, 1) is the index of each, weight (B, 1) what a habit of one spread costs in it (half of it, in
        nats), share (B, 1) how much of it counts.
        """
        rows = ops.take(self.table, ops.cast(performance[:, 0], "int32"), axis=0)
        cost = 0.5 * ops.mean(weight * share * ops.sum(ops.square(rows), axis=1, keepdims=True))
        late = OFFSET_SPREAD * share * (rows[:, :1] + rows[:, 1:])
        return late[:, None, :], cost
