"""Groovescape's own VAE of melodies and basses: the drum VAE's shape with one token a step, and harmony beside it.

The whole network is in this file and in keras.ops alone, so that it trains on TensorFlow and on JAX. Randomness comes
in with the batch. B is the batch, S the steps, Z the latent size, P the plan size, V the vocabulary, C the condition.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from groovescape_models.encoding.harmony import CONDITION_SIZE
from groovescape_models.encoding.lines import FIRST_NOTE, HOLD, NOTE_OFF
from groovescape_models.music.key import SEMITONES
from groovescape_models.training.networks.fake_quant import MIN_KERNEL, dense, rounded_kernel
from groovescape_models.training.networks.tensors import Layer, Tensor

BEAT_STEPS: Final = 4
MEMORY: Final = 16
"""Tokens of its own playing that the player hears: one bar."""
SIGMA_FLOOR: Final = 1e-4
CONTOUR: Final = 0.3
"""Weight of knowing the lasting note at every step: rhythm alone is learned fast, pitches slowly."""


@dataclass(frozen=True, slots=True)
class LineVaeConfig:
    """Sizes of the network; vocabulary is hold, note-off and the pitches of the role."""

    vocabulary: int = 51
    beats: int = 8
    latent_size: int = 128
    token_size: int = 32
    beat_size: int = 256
    beat_features: int = 128
    hidden_size: int = 768
    plan_size: int = 128
    memory_size: int = 16
    step_size: int = 256

    @property
    def steps(self) -> int:
        """Sixteenths of a window."""
        return self.beats * BEAT_STEPS


def config_of(weights: Mapping[str, NDArray[np.float32]]) -> LineVaeConfig:
    """Return the sizes of the network that weights by name belong to."""
    sizes = {name: weights[f"{path}/kernel"].shape[1] for name, path in _SIZES.items()}
    beats = len(weights["encoder/dense_2/kernel"]) // sizes["beat_features"]
    vocabulary, plan_size = len(weights["player/tokens/kernel"]), len(weights["player/plan/kernel"])
    return LineVaeConfig(vocabulary=vocabulary, beats=beats, plan_size=plan_size, **sizes)


_SIZES: Final = MappingProxyType(
    {
        "latent_size": "encoder/mu",
        "token_size": "encoder/tokens",
        "beat_size": "encoder/dense_0",
        "beat_features": "encoder/dense_1",
        "hidden_size": "encoder/dense_2",
        "memory_size": "player/tokens",
        "step_size": "player/plan",
    }
)


class LineVae(keras.Model):  # type: ignore[misc]  # keras ships no types
    """Bars of a line, one token a sixteenth, under a key and chords <-> a latent vector."""

    def __init__(self, config: LineVaeConfig, eight_bits: bool = False) -> None:
        """Make the layers and their variables; with eight_bits, every dense layer rounds as LiteRT's int8 does."""
        super().__init__(name="line_vae")
        self.config, self.eight_bits = config, eight_bits
        c, features = config, config.beats * config.beat_features
        self.parts = {
            "encoder/tokens": _dense(c.vocabulary, c.token_size, bias=False),
            "encoder/lasting": _dense(c.vocabulary, c.token_size, bias=False),
            "encoder/dense_0": _dense(BEAT_STEPS * c.token_size + CONDITION_SIZE, c.beat_size, "relu"),
            "encoder/dense_1": _dense(c.beat_size, c.beat_features, "relu"),
            "encoder/dense_2": _dense(features, c.hidden_size, "relu"),
            "encoder/mu": _dense(c.hidden_size, c.latent_size),
            "encoder/skip": _dense(features, c.latent_size, bias=False),
            "encoder/sigma": _dense(c.hidden_size, c.latent_size, "softplus"),
            "decoder/dense_0": _dense(c.latent_size, c.hidden_size, "relu"),
            "decoder/dense_1": _dense(c.hidden_size, features),
            "decoder/skip": _dense(c.latent_size, features, bias=False),
            "decoder/dense_2": _dense(c.beat_features + CONDITION_SIZE, c.beat_size, "relu"),
            "decoder/dense_3": _dense(c.beat_size, BEAT_STEPS * c.plan_size),
            "player/plan": _dense(c.plan_size, c.step_size),
            "player/tokens": _dense(c.vocabulary, c.memory_size, bias=False),
            "player/past": _dense(MEMORY * c.memory_size, c.step_size, bias=False),
            "player/sounding": _dense(c.vocabulary, c.step_size, bias=False),
            "player/harmony": _dense(CONDITION_SIZE, c.step_size, bias=False),
            "player/plan_scores": _dense(c.plan_size, c.vocabulary + 1),
            "player/step_scores": _dense(c.step_size, c.vocabulary + 1, bias=False),
        }
        self._know_pitches()
        self._know_beats()
        self.built = True

    def _know_pitches(self) -> None:
        """Begin with near pitches, and those of one pitch class, alike."""
        shape = pitch_shape(self.config.vocabulary - FIRST_NOTE)
        for name in ("encoder/tokens", "encoder/lasting", "player/tokens", "player/sounding"):
            kernel = self.parts[name].kernel
            draw = keras.random.normal((shape.shape[1], kernel.shape[1]), stddev=kernel.shape[1] ** -0.5)
            kernel.assign(ops.concatenate([kernel[:FIRST_NOTE], ops.matmul(shape, draw)], axis=0))
        for name in ("player/plan_scores", "player/step_scores"):
            kernel = self.parts[name].kernel
            draw = keras.random.normal((kernel.shape[0], shape.shape[1]), stddev=kernel.shape[0] ** -0.5)
            kernel.assign(ops.concatenate([kernel[:, : FIRST_NOTE + 1], ops.matmul(draw, shape.T)], axis=1))

    def _know_beats(self) -> None:
        """Begin with the same code for every beat: what one beat teaches all know.

        The latent holds the codes' sum and their differences between bars, halves of bars and beats (Hadamard's
        transform), so that what stays the same is said once.
        """
        mix, each = hadamard(self.config.beats), self.config.latent_size // self.config.beats
        code = keras.random.normal((self.config.beat_features, each), stddev=self.config.beat_features**-0.5)
        back = keras.random.normal((each, self.config.beat_features), stddev=each**-0.5)
        self.parts["encoder/skip"].kernel.assign(ops.kron(mix, code))
        self.parts["decoder/skip"].kernel.assign(ops.kron(mix.T, back))

    def named_variables(self) -> dict[str, Tensor]:
        """Return every variable under its name in the weights file, as in encoder/mu/kernel."""
        return {f"{path}/{v.name}": v for path, layer in self.parts.items() for v in layer.weights}

    def layer(self, name: str, x: Tensor) -> Tensor:
        """Return what a layer answers to x, in eight bits where the network is trained for them."""
        return dense(self.parts[name], x) if self.eight_bits else self.parts[name](x)

    def look_up(self, name: str, one_hot: Tensor) -> Tensor:
        """Return the rows of a layer's kernel that one-hot rows point at: nothing there is rounded as it runs."""
        kernel = self.parts[name].kernel
        rounds = self.eight_bits and math.prod(kernel.shape) >= MIN_KERNEL
        return ops.matmul(one_hot, rounded_kernel(kernel) if rounds else kernel)

    def encode(self, tokens: Tensor, lasting: Tensor, condition: Tensor) -> tuple[Tensor, Tensor]:
        """Return mu and sigma, each (B, Z), of tokens (B, S) under a condition (B, beats, C).

        lasting (B, S) says which note lasts from each step on, its own included; NOTE_OFF is silence.
        """
        x = self.look_up("encoder/tokens", self.one_hot(tokens))
        x = x + self.look_up("encoder/lasting", self.one_hot(lasting))
        x = ops.reshape(x, (-1, self.config.beats, BEAT_STEPS * self.config.token_size))
        x = self.layer("encoder/dense_0", ops.concatenate([x, condition], axis=-1))
        x = ops.reshape(self.layer("encoder/dense_1", x), (-1, self.config.beats * self.config.beat_features))
        hidden = self.layer("encoder/dense_2", x)
        mu = self.layer("encoder/mu", hidden) + self.layer("encoder/skip", x)
        return mu, self.layer("encoder/sigma", hidden) + SIGMA_FLOOR

    def plan(self, z: Tensor, condition: Tensor) -> Tensor:
        """Return what z and the harmony say of each step: (B, S, P)."""
        x = self.layer("decoder/dense_1", self.layer("decoder/dense_0", z)) + self.layer("decoder/skip", z)
        x = ops.relu(x)
        x = ops.reshape(x, (-1, self.config.beats, self.config.beat_features))
        x = self.layer("decoder/dense_2", ops.concatenate([x, condition], axis=-1))
        return ops.reshape(self.layer("decoder/dense_3", x), (-1, self.config.steps, self.config.plan_size))

    def ahead(self, plan: Tensor, condition: Tensor) -> Tensor:
        """Return what the player's hidden layer gets of plan and harmony, (B, S, step size)."""
        harmony = ops.repeat(self.layer("player/harmony", condition), BEAT_STEPS, axis=1)
        return self.layer("player/plan", plan) + harmony

    def play(self, plan: Tensor, condition: Tensor, heard: Tensor, sounding: Tensor) -> Tensor:
        """Return scores (B, S, V + 1), see token_logits, each step knowing the bar before it.

        heard (B, MEMORY - 1 + S, V) and sounding (B, S, V) are one-hot, zeros where hidden: heard[:, MEMORY - 1 + s] is
        the token before step s, sounding[:, s] the note (or NOTE_OFF) that lasts when step s comes.
        """
        steps = self.config.steps
        memory = self.look_up("player/tokens", heard)
        shifts = [memory[:, MEMORY - 1 - back : MEMORY - 1 - back + steps] for back in range(MEMORY)]
        past = self.layer("player/past", ops.concatenate(shifts, axis=-1))
        hidden = ops.relu(self.ahead(plan, condition) + past + self.look_up("player/sounding", sounding))
        return self.layer("player/plan_scores", plan) + self.layer("player/step_scores", hidden)

    def call(self, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return the loss of a batch and what it is made of.

        tokens (B, S); condition (B, beats, C); past (B, MEMORY), -1 for nothing; sounding (B, S), see sounding_before;
        epsilon (B, Z) standard normal; keep (B, MEMORY - 1 + S, 1) and keep_sounding (B, S, 1), 0 where hidden from the
        player; beta and free_bits are scalars: only KL beyond free_bits costs, beta a nat (Roberts et al. 2018).
        """
        tokens, condition = batch["tokens"], batch["condition"]
        lasting = ops.where(tokens > HOLD, tokens, batch["sounding"])
        mu, sigma = self.encode(tokens, lasting, condition)
        plan = self.plan(mu + sigma * batch["epsilon"], condition)
        heard = self.one_hot(ops.concatenate([batch["past"], tokens[:, :-1]], axis=1)) * batch["keep"]
        sounding = self.one_hot(batch["sounding"]) * batch["keep_sounding"]
        logits = token_logits(self.play(plan, condition, heard, sounding))
        right = ops.sum(logits * self.one_hot(tokens), axis=-1)
        nats = ops.mean(ops.sum(ops.logsumexp(logits, axis=-1) - right, axis=1))
        contour = self.contour_nats(plan, lasting)
        kl = ops.mean(ops.sum(0.5 * (ops.square(mu) + ops.square(sigma) - 1.0) - ops.log(sigma), axis=1))
        cost = ops.relu(kl - batch["free_bits"] * math.log(2.0))
        return {
            "loss": nats + CONTOUR * contour + batch["beta"] * cost,
            "reconstruction_nats": nats,
            "contour_nats": contour,
            "kl_bits": kl / math.log(2.0),
        }

    def contour_nats(self, plan: Tensor, lasting: Tensor) -> Tensor:
        """Return how badly the plan alone knows the note that lasts at each step, summed over a window's steps."""
        pitches = self.one_hot(lasting)[..., FIRST_NOTE:]
        scores = self.layer("player/plan_scores", plan)[..., FIRST_NOTE + 1 :]
        miss = ops.logsumexp(scores, axis=-1) * ops.sum(pitches, axis=-1) - ops.sum(scores * pitches, axis=-1)
        return ops.mean(ops.sum(miss, axis=1))

    def one_hot(self, tokens: Tensor) -> Tensor:
        """Return tokens (...) as (..., V), zeros for -1."""
        return ops.cast(ops.equal(tokens[..., None], ops.arange(self.config.vocabulary, dtype=tokens.dtype)), "float32")


def token_logits(scores: Tensor) -> Tensor:
    """Return logits (..., V) of scores (..., V + 1): hold, note-off, a new note, and then which pitch it has."""
    pitches = scores[..., FIRST_NOTE + 1 :]
    which = pitches - ops.logsumexp(pitches, axis=-1, keepdims=True)
    return ops.concatenate([scores[..., :FIRST_NOTE], scores[..., FIRST_NOTE : FIRST_NOTE + 1] + which], axis=-1)


def pitch_shape(pitches: int) -> NDArray[np.float32]:
    """Return what pitches are like, (pitches, features), rows of length 1: how high they are, and their pitch class."""
    height = np.arange(pitches)[:, None]
    near = [np.exp(-0.5 * ((height - np.arange(0, pitches, width)) / width) ** 2) for width in (1.5, 4.0, 8.0)]
    classes = 1.5 * np.eye(SEMITONES)[height[:, 0] % SEMITONES]
    shape = np.concatenate([*near, classes], axis=1)
    return np.asarray(shape / np.linalg.norm(shape, axis=1, keepdims=True), np.float32)


def hadamard(size: int) -> NDArray[np.float32]:
    """Return Hadamard's orthonormal matrix of a size that is a power of two; ValueError for another."""
    if size < 1 or size & (size - 1):
        raise ValueError(f"a Hadamard matrix here has a power of two rows, got {size}")
    matrix = np.ones((1, 1), np.float32)
    while len(matrix) < size:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return np.asarray(matrix / np.sqrt(size), np.float32)


def sounding_before(past: NDArray[np.int16], tokens: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return the token of the note that lasts before each step of tokens (B, S), NOTE_OFF for silence.

    past (B, MEMORY) is what came before, -1 for nothing.
    """
    lasting = np.full(len(tokens), NOTE_OFF, np.int16)
    for step in range(past.shape[1]):
        lasting = np.where(past[:, step] > HOLD, past[:, step], lasting)
    before = np.empty_like(tokens)
    for step in range(tokens.shape[1]):
        before[:, step] = lasting
        lasting = np.where(tokens[:, step] > HOLD, tokens[:, step], lasting)
    return before


def _dense(inputs: int, outputs: int, activation: str | None = None, bias: bool = True) -> Layer:
    layer = keras.layers.Dense(outputs, activation=activation, use_bias=bias)
    layer.build((None, inputs))
    return layer
