"""LSTM layers of TensorFlow 1 in NumPy. B is the batch, T the steps, I the inputs and H the size of a layer."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from groovescape_models.inference.sampling import FloatArray

FORGET_BIAS: Final = np.float32(1.0)
HALF: Final = np.float32(0.5)
Weights = Mapping[str, FloatArray]
State = tuple[FloatArray, FloatArray]
"""c and h, each (B, H)."""


class LstmLayer:
    """One layer of a weights file: gates in the order i, j, f, o, and 1 is added to f at run time.

    Here the gates are kept as i, f, o, j and the first three at half scale, so that one tanh serves all four, as
    sigmoid(x) = (1 + tanh(x / 2)) / 2.
    """

    def __init__(self, weights: Weights, path: str) -> None:
        """Take the kernel (I + H, 4 H) and the bias (4 H) of a path."""
        kernel, bias = weights[f"{path}/kernel"], np.array(weights[f"{path}/bias"], np.float32)
        self.size = bias.size // 4
        bias[2 * self.size : 3 * self.size] += FORGET_BIAS
        self.bias = _ordered(bias[None])[0]
        rows = len(kernel) - self.size
        self.inputs = _ordered(kernel[:rows])
        self.recurrent = _ordered(kernel[rows:])

    def heard(self, x: FloatArray) -> FloatArray:
        """Return what inputs (..., I) and the bias add to the gates, (..., 4 H)."""
        gates: FloatArray = x @ self.inputs + self.bias
        return gates

    def step(self, gates: FloatArray, state: State) -> State:
        """Return the next state of gates (B, 4 H) that hold all but what h adds."""
        c, h = state
        turned = np.tanh(gates + h @ self.recurrent)
        opened = turned[:, : 3 * self.size] * HALF + HALF
        c = opened[:, self.size : 2 * self.size] * c + opened[:, : self.size] * turned[:, 3 * self.size :]
        return c, opened[:, 2 * self.size :] * np.tanh(c)

    def run(self, x: FloatArray) -> FloatArray:
        """Return h of every step, (B, T, H), of inputs (B, T, I), from a state of 0."""
        gates = np.ascontiguousarray(self.heard(x).transpose(1, 0, 2))
        zero = np.zeros((len(x), self.size), np.float32)
        state: State = (zero, zero)
        outputs = np.empty((len(x), x.shape[1], self.size), np.float32)
        for step, heard in enumerate(gates):
            state = self.step(heard, state)
            outputs[:, step] = state[1]
        return outputs


def _ordered(gates: FloatArray) -> FloatArray:
    i, j, f, o = np.split(np.asarray(gates, np.float32), 4, axis=-1)
    return np.ascontiguousarray(np.concatenate([HALF * i, HALF * f, HALF * o, j], axis=-1))


def layers_at(weights: Weights, path: str) -> tuple[LstmLayer, ...]:
    """Return the layers of a path with {} for their number, as many as the weights have."""
    layers: list[LstmLayer] = []
    while f"{path.format(len(layers))}/kernel" in weights:
        layers.append(LstmLayer(weights, path.format(len(layers))))
    return tuple(layers)


def advance(layers: tuple[LstmLayer, ...], gates: FloatArray, states: list[State]) -> FloatArray:
    """Move the states of stacked layers on by a step and return h of the last, (B, H).

    gates (B, 4 H) hold all that the first layer hears but its own h.
    """
    for number, layer in enumerate(layers):
        heard = layer.heard(states[number - 1][1]) if number else gates
        states[number] = layer.step(heard, states[number])
    return states[-1][1]


def affine(weights: Weights, path: str, x: FloatArray) -> FloatArray:
    """Return x times the kernel of a path plus its bias."""
    result: FloatArray = x @ weights[f"{path}/kernel"] + weights[f"{path}/bias"]
    return result


def first_states(weights: Weights, path: str, z: FloatArray, layers: tuple[LstmLayer, ...]) -> list[State]:
    """Return the states that an embedding z (B, Z) begins layers with: c, h, c, h, ... of a path's tanh."""
    ends = np.cumsum(np.repeat([layer.size for layer in layers], 2))[:-1]
    parts = np.split(np.tanh(affine(weights, path, z)), ends, axis=1)
    return list(zip(parts[0::2], parts[1::2], strict=True))


def sigmoid(x: FloatArray) -> FloatArray:
    """Return 1 / (1 + exp(-x)), which cannot overflow this way."""
    result: FloatArray = HALF * np.tanh(HALF * x) + HALF
    return result
