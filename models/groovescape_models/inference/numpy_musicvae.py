"""The official flat MusicVAE and GrooVAE in plain NumPy, on weights under Magenta's names.

Gates lie in the order i, j, f, o and 1 is added to f at run time; the rows of the first decoder cell are [previous
output, z, h]. B is the batch, T the steps, I and O the input and output sizes, Z the latent size, H a layer's size.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from groovescape_models.errors import CheckpointError
from groovescape_models.music.groove import FloatArray

STEPS: Final = 32
GROOVE_OUTPUTS: Final = 27
"""Nine each of hits, velocities and offsets; any other width is a one-hot class."""
FORGET_BIAS: Final = np.float32(1.0)
HALF: Final = np.float32(0.5)
ENCODER: Final = "encoder/cell_0/bidirectional_rnn/{}/multi_rnn_cell/cell_0/lstm_cell"
DECODER: Final = "decoder/multi_rnn_cell/cell_{}/lstm_cell"
MAX_LAYERS: Final = 8
Weights = Mapping[str, FloatArray]
State = tuple[FloatArray, FloatArray]


class NumpyMusicVae:
    """T steps of music <-> a latent vector; safe to share between threads.

    Signatures: encode(inputs (B, T, I)) -> mu, sigma (B, Z). decode(z (B, Z), noise, temperature) -> outputs, logits
    (B, T, O): each step hears the output before it. noise is Gumbel (T, B, O) for classes, or logistic (T, B, 9) for
    the hits of a groove; 0 takes the most probable. For a groove, outputs are hits, velocities in 0..1 and offsets in
    -1..1, early is positive (encoding/groove.py reads them); otherwise they are one-hot.
    """

    def __init__(self, weights: Weights) -> None:
        """Keep the weights as float32; CheckpointError if one is missing."""
        self._weights = {name: np.ascontiguousarray(array, np.float32) for name, array in weights.items()}
        names = [DECODER.format(layer) for layer in range(MAX_LAYERS)]
        self._cells = [name for name in names if f"{name}/kernel" in self._weights]
        needed = [ENCODER.format(way) for way in ("fw", "bw")]
        needed += ["encoder/mu", "encoder/sigma", "decoder/z_to_initial_state", "decoder/output_projection", names[0]]
        missing = [
            f"{path}/{part}" for path in needed for part in ("kernel", "bias") if f"{path}/{part}" not in weights
        ]
        if missing:
            raise CheckpointError(f"The MusicVAE weights lack {missing[0]}; install Groovescape again.")
        self.output_size = int(self._weights["decoder/output_projection/bias"].size)
        self.latent_size = int(self._weights["encoder/mu/bias"].size)

    def run(self, signature: str, **inputs: FloatArray) -> dict[str, FloatArray]:
        """Run "encode" (inputs) or "decode" (z, noise, temperature); ValueError for another signature."""
        if signature == "encode":
            return self.encode(inputs["inputs"])
        if signature == "decode":
            return self.decode(inputs["z"], inputs["noise"], float(inputs["temperature"]))
        raise ValueError(f"signature must be encode or decode, got {signature!r}")

    def encode(self, inputs: FloatArray) -> dict[str, FloatArray]:
        """Return mu and sigma of inputs (B, T, I)."""
        x = np.asarray(inputs, np.float32)
        both = np.concatenate(
            [self._last_state(ENCODER.format("fw"), x), self._last_state(ENCODER.format("bw"), x[:, ::-1])], axis=1
        )
        sigma = np.logaddexp(np.float32(0), self._affine("encoder/sigma", both))
        return {"mu": self._affine("encoder/mu", both), "sigma": sigma}

    def _last_state(self, path: str, inputs: FloatArray) -> FloatArray:
        kernel, bias = self._weights[f"{path}/kernel"], self._weights[f"{path}/bias"]
        size = inputs.shape[-1]
        gates: FloatArray = (inputs.reshape(-1, size) @ kernel[:size] + bias).reshape(*inputs.shape[:2], -1)
        zero = np.zeros((len(inputs), gates.shape[-1] // 4), np.float32)
        state: State = (zero, zero)
        for step in range(inputs.shape[1]):
            state = _cell(gates[:, step] + state[1] @ kernel[size:], state)
        return state[1]

    def decode(self, z: FloatArray, noise: FloatArray, temperature: float) -> dict[str, FloatArray]:
        """Return outputs and raw logits, free running; see the class."""
        z = np.asarray(z, np.float32)
        states = self._initial_states(z)
        output = np.zeros((len(z), self.output_size), np.float32)
        outputs = np.empty((len(z), len(noise), self.output_size), np.float32)
        logits = np.empty_like(outputs)
        for step in range(len(noise)):
            x = np.concatenate([output, z], axis=1)
            for layer, path in enumerate(self._cells):
                gates = self._affine(path, np.concatenate([x, states[layer][1]], axis=1))
                states[layer] = _cell(gates, states[layer])
                x = states[layer][1]
            logits[:, step] = self._affine("decoder/output_projection", x)
            output = outputs[:, step] = self._drawn(logits[:, step], noise[step], np.float32(temperature))
        return {"outputs": outputs, "logits": logits}

    def _initial_states(self, z: FloatArray) -> list[State]:
        sizes = [self._weights[f"{path}/bias"].size // 4 for path in self._cells]
        ends = np.cumsum(np.repeat(sizes, 2))[:-1]
        parts = np.split(np.tanh(self._affine("decoder/z_to_initial_state", z)), ends, axis=1)
        return list(zip(parts[0::2], parts[1::2], strict=True))

    def _drawn(self, logits: FloatArray, noise: FloatArray, temperature: np.float32) -> FloatArray:
        if self.output_size != GROOVE_OUTPUTS:
            classes = np.argmax(logits / temperature + noise, axis=1)
            one_hot: FloatArray = np.eye(self.output_size, dtype=np.float32)[classes]
            return one_hot
        hit, velocity, offset = np.split(logits, 3, axis=1)
        hits = (hit / temperature + noise > 0).astype(np.float32)
        return np.concatenate([hits, _sigmoid(velocity), np.tanh(offset)], axis=1)

    def _affine(self, path: str, x: FloatArray) -> FloatArray:
        result: FloatArray = x @ self._weights[f"{path}/kernel"] + self._weights[f"{path}/bias"]
        return result


def _cell(gates: FloatArray, state: State) -> State:
    """Return the next (c, h), each (B, H), of gates (B, 4 H) in the order i, j, f, o."""
    i, j, f, o = np.split(gates, 4, axis=1)
    c = _sigmoid(f + FORGET_BIAS) * state[0] + _sigmoid(i) * np.tanh(j)
    return c, _sigmoid(o) * np.tanh(c)


def _sigmoid(x: FloatArray) -> FloatArray:
    result: FloatArray = HALF * np.tanh(HALF * x) + HALF
    return result
