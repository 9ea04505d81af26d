"""A bidirectional LSTM over few steps, unrolled, in keras.ops alone: it trains on TensorFlow and JAX, and exports."""

from typing import Final

import keras
from keras import ops

from groovescape_models.training.networks.tensors import Tensor

FORGET_BIAS: Final = 1.0
DIRECTIONS: Final = ("forward", "backward")


class BiLstm(keras.layers.Layer):  # type: ignore[misc]  # keras ships no types
    """Two LSTMs of H units, one from each end. Gates are in the order i, f, o, j; f gets +1 at run time."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.units = units
        dense = keras.layers.Dense
        self.inputs = [dense(4 * units) for _ in DIRECTIONS]
        self.states = [dense(4 * units, use_bias=False, kernel_initializer="orthogonal") for _ in DIRECTIONS]

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Give the four kernels their variables, for inputs (B, T, width)."""
        for inputs, state in zip(self.inputs, self.states, strict=True):
            inputs.build(input_shape)
            state.build((None, self.units))

    def named_variables(self) -> dict[str, Tensor]:
        """Return the variables by name, as in forward/recurrent_kernel."""
        named = {}
        for name, inputs, state in zip(DIRECTIONS, self.inputs, self.states, strict=True):
            named[f"{name}/kernel"], named[f"{name}/bias"] = inputs.kernel, inputs.bias
            named[f"{name}/recurrent_kernel"] = state.kernel
        return named

    def call(self, x: Tensor) -> Tensor:
        """Return the states of both directions, (B, T, 2 H), for x (B, T, width)."""
        forward = self._run(0, self.inputs[0](x), range(x.shape[1]))
        backward = self._run(1, self.inputs[1](x), range(x.shape[1] - 1, -1, -1))
        return ops.concatenate([ops.stack(forward, axis=1), ops.stack(backward[::-1], axis=1)], axis=-1)

    def _run(self, direction: int, gates: Tensor, steps: range) -> list[Tensor]:
        c = h = ops.zeros_like(gates[:, 0, : self.units])
        states = []
        for step in steps:
            i, f, o, j = ops.split(gates[:, step] + self.states[direction](h), 4, axis=-1)
            c = ops.sigmoid(f + FORGET_BIAS) * c + ops.sigmoid(i) * ops.tanh(j)
            h = ops.sigmoid(o) * ops.tanh(c)
            states.append(h)
        return states
