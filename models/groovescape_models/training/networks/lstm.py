"""One LSTM that looks back only, in keras.ops alone: unrolled to train, a step at a time to play."""

import keras
from keras import ops

from groovescape_models.training.networks.bilstm import FORGET_BIAS
from groovescape_models.training.networks.tensors import Tensor


class Lstm(keras.layers.Layer):  # type: ignore[misc]  # keras ships no types
    """H units. Gates are in the order i, f, o, j; f gets +1 at run time."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.units = units
        dense = keras.layers.Dense
        self.inputs = dense(4 * units)
        self.states = dense(4 * units, use_bias=False, kernel_initializer="orthogonal")

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Give the kernels their variables, for inputs (..., width)."""
        self.inputs.build(input_shape)
        self.states.build((None, self.units))

    def named_variables(self) -> dict[str, Tensor]:
        """Return the variables by name."""
        return {
            "kernel": self.inputs.kernel,
            "bias": self.inputs.bias,
            "recurrent_kernel": self.states.kernel,
        }

    def heard(self, x: Tensor) -> Tensor:
        """Return what inputs (..., width) add to the gates, (..., 4 H)."""
        gates: Tensor = self.inputs(x)
        return gates

    def step(self, gates: Tensor, c: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        """Return c and h, each (B, H), after a step whose gates (B, 4 H) hold all but what h adds."""
        i, f, o, j = ops.split(gates + self.states(h), 4, axis=-1)
        c = ops.sigmoid(f + FORGET_BIAS) * c + ops.sigmoid(i) * ops.tanh(j)
        return c, ops.sigmoid(o) * ops.tanh(c)

    def run(self, x: Tensor) -> Tensor:
        """Return h of every step, (B, T, H), of x (B, T, width), from a state of 0."""
        gates = self.heard(x)
        c = h = ops.zeros_like(gates[:, 0, : self.units])
        states = []
        for step in range(x.shape[1]):
            c, h = self.step(gates[:, step], c, h)
            states.append(h)
        return ops.stack(states, axis=1)
