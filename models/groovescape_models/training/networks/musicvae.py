"""The official flat MusicVAE in keras.ops, its variables under Magenta's names and in Magenta's layout.

Gates lie in the order i, j, f, o and 1 is added to f at run time; the first decoder cell's rows are [previous output,
z, controls, h]. B is the batch, T the steps, I and O the input and output sizes, C the size of the controls, Z the
latent size, H a layer's size.
"""

import math
from collections.abc import Mapping
from typing import Final

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from groovescape_models.training.networks.musicvae_config import MusicVaeConfig, OutputKind
from groovescape_models.training.networks.tensors import Tensor

FORGET_BIAS: Final = 1.0
ENCODER: Final = "encoder/cell_0/bidirectional_rnn/{}/multi_rnn_cell/cell_0/lstm_cell"
DECODER: Final = "decoder/multi_rnn_cell/cell_{}/lstm_cell"
TINY: Final = 1e-7
State = tuple[Tensor, Tensor]


def variable_shapes(config: MusicVaeConfig) -> dict[str, tuple[int, ...]]:
    """Return the shape of every variable by its name, as in Magenta's checkpoints."""
    wide, z = config.encoder_size, config.latent_size
    shapes: dict[str, tuple[int, ...]] = {}
    for direction in ("fw", "bw"):
        shapes |= _affine(ENCODER.format(direction), config.input_size + config.control_size + wide, 4 * wide)
    for name in ("mu", "sigma"):
        shapes |= _affine(f"encoder/{name}", 2 * wide, z)
    shapes |= _affine("decoder/z_to_initial_state", z, 2 * sum(config.decoder_sizes))
    below = config.output_size + z + config.control_size
    for layer, size in enumerate(config.decoder_sizes):
        shapes |= _affine(DECODER.format(layer), below + size, 4 * size)
        below = size
    return shapes | _affine("decoder/output_projection", below, config.output_size)


def _affine(path: str, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    return {f"{path}/kernel": (inputs, outputs), f"{path}/bias": (outputs,)}


class MusicVae(keras.Model):  # type: ignore[misc]  # keras ships no types
    """T steps of music <-> a latent vector, in the architecture of Magenta's checkpoints."""

    def __init__(self, config: MusicVaeConfig) -> None:
        """Make the variables."""
        super().__init__(name="musicvae")
        self.config = config
        self.table = {
            name: self.add_weight(shape=shape, initializer="glorot_uniform" if len(shape) == 2 else "zeros")
            for name, shape in variable_shapes(config).items()
        }
        self.built = True

    def named_variables(self) -> dict[str, Tensor]:
        """Return every variable under Magenta's name."""
        return dict(self.table)

    def _through(self, path: str, x: Tensor) -> Tensor:
        return ops.matmul(x, self.table[f"{path}/kernel"]) + self.table[f"{path}/bias"]

    def encode(self, inputs: Tensor, controls: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return mu and sigma, each (B, Z), of inputs (B, T, I) and controls (B, T, C)."""
        inputs = inputs if controls is None else ops.concatenate([inputs, controls], axis=-1)
        ahead = self._last_state(ENCODER.format("fw"), inputs)
        back = self._last_state(ENCODER.format("bw"), ops.flip(inputs, axis=1))
        both = ops.concatenate([ahead, back], axis=-1)
        return self._through("encoder/mu", both), ops.softplus(self._through("encoder/sigma", both))

    def _last_state(self, path: str, inputs: Tensor) -> Tensor:
        zero = ops.zeros_like(ops.tile(inputs[:, 0, :1], (1, self.config.encoder_size)))
        return self._lstm(path, inputs, (zero, zero))[-1]

    def _lstm(self, path: str, inputs: Tensor, state: State) -> list[Tensor]:
        """Return h of every step, each (B, H); all that does not wait for h is computed at once."""
        kernel, size = self.table[f"{path}/kernel"], inputs.shape[-1]
        gates = ops.matmul(inputs, kernel[:size]) + self.table[f"{path}/bias"]
        recurrent = kernel[size:]
        states = []
        for step in range(self.config.steps):
            state = cell(gates[:, step] + ops.matmul(state[1], recurrent), state)
            states.append(state[1])
        return states

    def initial_states(self, z: Tensor) -> list[State]:
        """Return (c, h) of each decoder layer, each (B, H), of z (B, Z)."""
        ends = np.cumsum(np.repeat(self.config.decoder_sizes, 2))[:-1]
        parts = ops.split(ops.tanh(self._through("decoder/z_to_initial_state", z)), [int(end) for end in ends], axis=-1)
        return list(zip(parts[0::2], parts[1::2], strict=True))

    def decode(self, z: Tensor, previous: Tensor, controls: Tensor | None = None) -> Tensor:
        """Return logits (B, T, O) of z (B, Z), teacher forced: previous (B, T, O) are the outputs, one step late."""
        told = [] if controls is None else [controls]
        x = ops.concatenate([previous, ops.repeat(z[:, None], self.config.steps, axis=1), *told], axis=-1)
        for layer, state in enumerate(self.initial_states(z)):
            x = ops.stack(self._lstm(DECODER.format(layer), x, state), axis=1)
        return self._through("decoder/output_projection", x)

    def call(self, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return the loss of a batch and what it is made of.

        inputs (B, T, I); targets (B, T, O); controls (B, T, C), where the network is told any; epsilon (B, Z) standard
        normal; keep, which (B, T, O) broadcasts with, is 0 where the decoder does not hear a past output; beta and
        free_bits are scalars (Roberts et al. 2018, eq. 4).
        """
        controls = batch.get("controls")
        mu, sigma = self.encode(batch["inputs"], controls)
        previous = ops.pad(batch["targets"][:, :-1], ((0, 0), (1, 0), (0, 0))) * batch["keep"]
        logits = self.decode(mu + sigma * batch["epsilon"], previous, controls)
        nats = ops.mean(ops.sum(self.step_loss(logits, batch["targets"]), axis=1))
        variance = ops.square(sigma) + TINY
        kl = ops.mean(ops.sum(0.5 * (ops.square(mu) + variance - 1.0 - ops.log(variance)), axis=1))
        cost = ops.relu(kl - batch["free_bits"] * math.log(2.0))
        return {"loss": nats + batch["beta"] * cost, "reconstruction_nats": nats, "kl_bits": kl / math.log(2.0)}

    def step_loss(self, logits: Tensor, targets: Tensor) -> Tensor:
        """Return the loss of each step, (B, T), of logits and targets (B, T, O)."""
        if self.config.output is OutputKind.CATEGORICAL:
            return ops.logsumexp(logits, axis=-1) - ops.sum(logits * targets, axis=-1)
        (hit, velocity, offset), (is_hit, loud, early) = ops.split(logits, 3, axis=-1), ops.split(targets, 3, axis=-1)
        bernoulli = ops.softplus(hit) - hit * is_hit
        squares = ops.square(ops.sigmoid(velocity) - loud) + ops.square(ops.tanh(offset) - early)
        return ops.sum(bernoulli + squares, axis=-1)

    def run_free(
        self, z: Tensor, noise: Tensor, temperature: Tensor, controls: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Return outputs and raw logits, each (B, T, O), each step hearing the output before it.

        z (B, Z); noise (T, B, O) Gumbel, or (T, B, O / 3) logistic for the hits of a groove; 0 for the most probable;
        controls (B, T, C).
        """
        states = self.initial_states(z)
        output = ops.zeros_like(ops.tile(z[:, :1], (1, self.config.output_size)))
        outputs, logits = [], []
        for step in range(self.config.steps):
            told = [] if controls is None else [controls[:, step]]
            x = ops.concatenate([output, z, *told], axis=-1)
            for layer, state in enumerate(states):
                states[layer] = cell(
                    self._through(DECODER.format(layer), ops.concatenate([x, state[1]], axis=-1)), state
                )
                x = states[layer][1]
            logits.append(self._through("decoder/output_projection", x))
            output = self.draw(logits[-1], noise[step], temperature)
            outputs.append(output)
        return ops.stack(outputs, axis=1), ops.stack(logits, axis=1)

    def draw(self, logits: Tensor, noise: Tensor, temperature: Tensor) -> Tensor:
        """Return the output (B, O) that is fed back: one-hot, or hits, velocities and offsets."""
        if self.config.output is OutputKind.CATEGORICAL:
            return ops.one_hot(ops.argmax(logits / temperature + noise, axis=-1), self.config.output_size)
        hit, velocity, offset = ops.split(logits, 3, axis=-1)
        hits = ops.cast(hit / temperature + noise > 0, "float32")
        return ops.concatenate([hits, ops.sigmoid(velocity), ops.tanh(offset)], axis=-1)

    def reconstruct(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return outputs (B, T, O) of inputs (B, T, I) through the posterior mean, free running."""
        mu, _ = self.encode(inputs)
        wide = self.config.output_size // (1 if self.config.output is OutputKind.CATEGORICAL else 3)
        quiet = np.zeros((self.config.steps, len(inputs), wide), np.float32)
        return np.asarray(ops.convert_to_numpy(self.run_free(mu, quiet, 1.0)[0]))


def cell(gates: Tensor, state: State) -> State:
    """Return the next (c, h), each (B, H), of gates (B, 4 H) in the order i, j, f, o."""
    i, j, f, o = ops.split(gates, 4, axis=-1)
    c = ops.sigmoid(f + FORGET_BIAS) * state[0] + ops.sigmoid(i) * ops.tanh(j)
    return c, ops.sigmoid(o) * ops.tanh(c)
