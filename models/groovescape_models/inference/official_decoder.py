"""The decoders of the official MusicVAE in NumPy: LSTMs that hear z and their own last output at every step.

B is the batch, T the steps, O the width of an output, Z that of an embedding, C that of a control.
"""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

import numpy as np

from groovescape_models.inference.lstm import Weights, advance, affine, first_states, layers_at, sigmoid
from groovescape_models.inference.sampling import FloatArray

GROOVE_PARTS: Final = 3
CELL: Final = "{}/multi_rnn_cell/cell_{{}}/lstm_cell"
CONDUCTOR: Final = "decoder/hierarchical_level_0"


class Output(Protocol):
    """What a step's logits become, and how the next step hears it."""

    noise_size: int

    def draw(self, logits: FloatArray, noise: FloatArray, temperature: np.float32) -> FloatArray:
        """Return the output (B, O) of logits (B, O); noise is (B, noise_size)."""
        ...

    def heard(self, output: FloatArray, kernel: FloatArray) -> FloatArray:
        """Return output (B, O) times a kernel (O, ...)."""
        ...


class Classes:
    """One class out of so many, one-hot; the noise of a fair draw is Gumbel. Zeros are no class: nothing was played."""

    def __init__(self, size: int) -> None:
        """Draw one of size classes."""
        self.noise_size = size

    def draw(self, logits: FloatArray, noise: FloatArray, temperature: np.float32) -> FloatArray:
        """Return the one-hot class that is the most probable with its noise."""
        output = np.zeros_like(logits)
        output[np.arange(len(logits)), np.argmax(logits / temperature + noise, axis=1)] = 1.0
        return output

    def heard(self, output: FloatArray, kernel: FloatArray) -> FloatArray:
        """Return the kernel's row of each class, which is the product."""
        rows, classes = np.nonzero(output)
        return kernel[classes] if len(rows) else np.zeros((len(output), kernel.shape[1]), np.float32)


class SeveralClasses:
    """Classes beside each other, such as a melody, a bass and drums in one decoder."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        """Draw one class of each size."""
        self._parts = tuple(Classes(size) for size in sizes)
        self._ends = np.cumsum(sizes)[:-1]
        self.noise_size = sum(sizes)

    def draw(self, logits: FloatArray, noise: FloatArray, temperature: np.float32) -> FloatArray:
        """Return one one-hot class for each part."""
        pairs = zip(np.split(logits, self._ends, axis=1), np.split(noise, self._ends, axis=1), strict=True)
        drawn = [part.draw(*pair, temperature) for part, pair in zip(self._parts, pairs, strict=True)]
        return np.concatenate(drawn, axis=1)

    def heard(self, output: FloatArray, kernel: FloatArray) -> FloatArray:
        """Return the sum of the kernel's rows of all classes."""
        result: FloatArray = output @ kernel
        return result


class GrooveOutput:
    """Hits (logistic noise), velocities in 0..1 and offsets in -1..1, early is positive."""

    def __init__(self, size: int) -> None:
        """Draw the hits of size // 3 drums."""
        self.noise_size = size // GROOVE_PARTS

    def draw(self, logits: FloatArray, noise: FloatArray, temperature: np.float32) -> FloatArray:
        """Return hits, velocities and offsets beside each other."""
        hit, velocity, offset = np.split(logits, GROOVE_PARTS, axis=1)
        hits = (hit / temperature + noise > 0).astype(np.float32)
        return np.concatenate([hits, sigmoid(velocity), np.tanh(offset)], axis=1)

    def heard(self, output: FloatArray, kernel: FloatArray) -> FloatArray:
        """Return the product."""
        result: FloatArray = output @ kernel
        return result


class CoreDecoder:
    """Stacked LSTMs below one path. The first hears [its last output, z, control], all begin with what z says."""

    def __init__(self, weights: Weights, path: str, output: Output) -> None:
        """Take the arrays below a path."""
        paths = (f"{path}/z_to_initial_state", f"{path}/output_projection")
        self._weights: Mapping[str, FloatArray] = {name: weights[name] for name in weights if name.startswith(paths)}
        self._begin, self._project = paths
        self._layers = layers_at(weights, CELL.format(path))
        self._output = output
        self.size = int(weights[f"{self._project}/bias"].size)
        self.noise_size = output.noise_size
        embedding = len(weights[f"{self._begin}/kernel"])
        first = self._layers[0]
        self._from_output, self._from_z, self._from_control = (
            np.ascontiguousarray(part) for part in np.split(first.inputs, [self.size, self.size + embedding])
        )
        self.control_size = len(self._from_control)

    def run(
        self,
        z: FloatArray,
        noise: FloatArray,
        temperature: np.float32,
        controls: FloatArray | None = None,
        previous: FloatArray | None = None,
    ) -> tuple[FloatArray, FloatArray]:
        """Return outputs and raw logits, each (B, T, O), of z (B, Z) and noise (T, B, noise size).

        controls are (B, T, C); previous (B, O) is the output before the first step, absent at the very beginning.
        """

        def draw(step: int, logits: FloatArray) -> FloatArray:
            return self._output.draw(logits, noise[step], temperature)

        return self._steps(z, len(noise), draw, controls, previous)

    def follow(
        self, z: FloatArray, outputs: FloatArray, controls: FloatArray | None, previous: FloatArray | None
    ) -> FloatArray:
        """Return the logits (B, T, O) that there are on the way along given outputs (B, T, O); see run."""
        return self._steps(z, outputs.shape[1], lambda step, _: outputs[:, step], controls, previous)[1]

    def _steps(
        self,
        z: FloatArray,
        steps: int,
        draw: Callable[[int, FloatArray], FloatArray],
        controls: FloatArray | None,
        previous: FloatArray | None,
    ) -> tuple[FloatArray, FloatArray]:
        states = first_states(self._weights, self._begin, z, self._layers)
        steady = z @ self._from_z + self._layers[0].bias
        output = np.zeros((len(z), self.size), np.float32) if previous is None else previous
        outputs = np.empty((len(z), steps, self.size), np.float32)
        logits = np.empty_like(outputs)
        for step in range(steps):
            gates = steady + self._output.heard(output, self._from_output)
            if controls is not None:
                gates = gates + controls[:, step] @ self._from_control
            logits[:, step] = affine(self._weights, self._project, advance(self._layers, gates, states))
            output = outputs[:, step] = draw(step, logits[:, step])
        return outputs, logits


class Conductor:
    """The upper decoder of a hierarchical network: of z alone it makes an embedding for each segment."""

    def __init__(self, weights: Weights) -> None:
        """Take the arrays of the conductor."""
        self._begin = f"{CONDUCTOR}/initial_state"
        self._weights = {name: weights[name] for name in weights if name.startswith(self._begin)}
        self._layers = layers_at(weights, f"{CONDUCTOR}/cell_{{}}/lstm_cell")

    def embeddings(self, z: FloatArray, segments: int) -> FloatArray:
        """Return one embedding a segment, (segments, B, H), of z (B, Z)."""
        states = first_states(self._weights, self._begin, z, self._layers)
        silence = np.repeat(self._layers[0].bias[None], len(z), axis=0)
        return np.stack([advance(self._layers, silence, states) for _ in range(segments)])
