"""The line VAE as a LiteRT file: its weights as constants, its noise an input, the loop over steps inside."""

from typing import Final

import numpy as np
import tensorflow as tf

from groovescape_models.encoding.harmony import CONDITION_SIZE
from groovescape_models.encoding.lines import FIRST_NOTE, HOLD, NOTE_OFF
from groovescape_models.inference.numpy_line_vae import BEAT_STEPS, MEMORY, SIGMA_FLOOR, Weights
from groovescape_models.training.litert_files import Precision, convert
from groovescape_models.training.networks.fake_quant import rounded_rows
from groovescape_models.training.networks.tensors import Tensor

FLOAT: Final = tf.float32
TWICE: Final = (
    *("encoder/mu", "encoder/skip", "encoder/sigma"),
    *("decoder/dense_0", "decoder/skip", "decoder/dense_1", "decoder/dense_2", "decoder/dense_3"),
    *("player/plan", "player/plan_scores"),
)
"""Layers whose input must not be rounded to eight bits: what leaves and enters the latent space, up to what is played.

They run once a window; the player's own layers, which run at every step, take their input rounded.
"""


class LineGraph(tf.Module):  # type: ignore[misc]  # tensorflow ships no types
    """The three signatures of the line VAE in TensorFlow; see NumpyLineVae."""

    def __init__(self, weights: Weights, eight_bits: bool = False) -> None:
        """Take the weights under the names of the weights file, for an int8 file or one that is exact."""
        super().__init__()
        self.twice = TWICE if eight_bits else ()
        self.table = {name: tf.constant(array, FLOAT) for name, array in weights.items()}
        self.vocabulary = len(weights["player/tokens/kernel"])
        self.beats = len(weights["encoder/dense_2/kernel"]) // weights["encoder/dense_1/bias"].size
        self.steps = BEAT_STEPS * self.beats
        z, tokens, past = (_spec(name, None, size) for name, size in self._inputs(weights))
        condition = _spec("condition", None, self.beats, CONDITION_SIZE)
        noise, temperature = _spec("noise", self.steps, None, self.vocabulary), _spec("temperature")
        self.signatures = {
            "encode": tf.function(self.encode, input_signature=[tokens, condition]),
            "decode": tf.function(self.decode, input_signature=[z, noise, temperature, condition, past]),
            "score": tf.function(self.score, input_signature=[z, tokens, condition, past]),
        }

    def _inputs(self, weights: Weights) -> tuple[tuple[str, int], ...]:
        return ("z", int(weights["encoder/mu/bias"].size)), ("tokens", self.steps), ("past", MEMORY)

    def linear(self, path: str, x: Tensor) -> Tensor:
        """Return x times a kernel; in layers of TWICE, what eight bits round away goes through too."""
        kernel = self.table[f"{path}/kernel"]
        if path in self.twice:
            return tf.matmul(x, kernel) + tf.matmul(x - rounded_rows(x), kernel)
        return tf.matmul(x, kernel)

    def affine(self, path: str, x: Tensor) -> Tensor:
        """Return x times a kernel plus its bias."""
        return self.linear(path, x) + self.table[f"{path}/bias"]

    def encode(self, tokens: Tensor, condition: Tensor) -> dict[str, Tensor]:
        """Return mu and sigma, each (B, Z), of tokens (B, S) under a condition (B, beats, 36)."""
        line = tf.cast(tokens, tf.int32)
        read = tf.gather(self.table["encoder/tokens/kernel"], line)
        read += tf.gather(self.table["encoder/lasting/kernel"], self.lasts(line))
        x = tf.reshape(read, [-1, BEAT_STEPS * int(read.shape[-1])])
        x = tf.concat([x, tf.reshape(condition, [-1, CONDITION_SIZE])], axis=1)
        x = tf.nn.relu(self.affine("encoder/dense_1", tf.nn.relu(self.affine("encoder/dense_0", x))))
        x = tf.reshape(x, [-1, self.beats * int(x.shape[-1])])
        hidden = tf.nn.relu(self.affine("encoder/dense_2", x))
        sigma = tf.math.softplus(self.affine("encoder/sigma", hidden)) + SIGMA_FLOOR
        return {"mu": self.affine("encoder/mu", hidden) + self.linear("encoder/skip", x), "sigma": sigma}

    def lasts(self, line: Tensor) -> Tensor:
        """Return the note that lasts from each step of lines int32 (B, S) on, its own included."""
        found = [tf.where(line[:, 0] > HOLD, line[:, 0], NOTE_OFF)]
        for step in range(1, self.steps):
            found.append(tf.where(line[:, step] > HOLD, line[:, step], found[-1]))
        return tf.stack(found, axis=1)

    def ahead(self, z: Tensor, condition: Tensor) -> tuple[Tensor, Tensor]:
        """Return what plan and harmony give the hidden layer, (S, B, step size), and the scores of the plan."""
        x = self.affine("decoder/dense_1", tf.nn.relu(self.affine("decoder/dense_0", z)))
        x = tf.nn.relu(x + self.linear("decoder/skip", z))
        flat = tf.reshape(condition, [-1, CONDITION_SIZE])
        x = tf.concat([tf.reshape(x, [-1, int(x.shape[-1]) // self.beats]), flat], axis=1)
        x = self.affine("decoder/dense_3", tf.nn.relu(self.affine("decoder/dense_2", x)))
        plan = tf.reshape(x, [-1, int(x.shape[-1]) // BEAT_STEPS])
        harmony = tf.matmul(flat, self.table["player/harmony/kernel"])
        hidden = tf.reshape(self.affine("player/plan", plan), [-1, BEAT_STEPS, int(harmony.shape[-1])])
        hidden = self.steps_first(hidden + harmony[:, None])
        return hidden, self.steps_first(self.affine("player/plan_scores", plan))

    def steps_first(self, x: Tensor) -> Tensor:
        """Return rows of all steps of all lines, lines first, as (S, B, width)."""
        return tf.transpose(tf.reshape(x, [-1, self.steps, int(x.shape[-1])]), [1, 0, 2])

    def logits(self, ahead: Tensor, skip: Tensor, recent: Tensor, sounding: Tensor) -> Tensor:
        """Return the logits (B, V) of a step: recent (B, 16) are the tokens before it, the last one last."""
        read = tf.gather(self.table["player/tokens/kernel"], tf.maximum(recent, 0))
        read = read * tf.cast(recent >= 0, FLOAT)[:, :, None]
        past = tf.reshape(tf.reverse(read, [1]), [-1, MEMORY * int(read.shape[-1])])
        hidden = ahead + tf.matmul(past, self.table["player/past/kernel"])
        hidden = tf.nn.relu(hidden + tf.gather(self.table["player/sounding/kernel"], sounding))
        return token_logits(skip + tf.matmul(hidden, self.table["player/step_scores/kernel"]))

    def decode(
        self, z: Tensor, noise: Tensor, temperature: Tensor, condition: Tensor, past: Tensor
    ) -> dict[str, Tensor]:
        """Return tokens (B, S); see NumpyLineVae.decode."""

        def choose(step: Tensor, logits: Tensor) -> Tensor:
            return tf.argmax(logits / temperature + noise[step], axis=1, output_type=tf.int32)

        return {"tokens": self.walk(z, condition, past, choose)[0]}

    def score(self, z: Tensor, tokens: Tensor, condition: Tensor, past: Tensor) -> dict[str, Tensor]:
        """Return the logits (B, S, V) along given tokens; see NumpyLineVae.score."""
        given = tf.cast(tf.transpose(tokens), tf.int32)
        return {"logits": self.walk(z, condition, past, lambda step, _: given[step], keep_logits=True)[1]}

    def walk(
        self, z: Tensor, condition: Tensor, past: Tensor, choose: Tensor, keep_logits: bool = False
    ) -> tuple[Tensor, Tensor]:
        """Return the tokens (B, S) that choose(step, logits) gives and, if they are kept, the logits (B, S, V)."""
        ahead, skip = self.ahead(z, condition)
        count, width = tf.shape(z)[0], self.vocabulary if keep_logits else 1
        # LiteRT lowers no TensorArray with a dynamic batch: each step adds itself to its own row instead.
        rows = tf.eye(self.steps)

        def play(step: Tensor, recent: Tensor, sounding: Tensor, line: Tensor, kept: Tensor) -> tuple[Tensor, ...]:
            logits = self.logits(ahead[step], skip[step], recent, sounding)
            token = choose(step, logits)
            line += rows[step][None, :] * tf.cast(token, FLOAT)[:, None]
            if keep_logits:
                kept += rows[step][:, None, None] * logits[None]
            recent = tf.concat([recent[:, 1:], token[:, None]], axis=1)
            return step + 1, recent, tf.where(token > HOLD, token, sounding), line, kept

        recent = tf.cast(past, tf.int32)
        start = (0, recent, lasting(recent), tf.zeros([count, self.steps]), tf.zeros([self.steps, count, width]))
        shapes: tuple[list[int | None], ...] = (
            [],
            [None, MEMORY],
            [None],
            [None, self.steps],
            [self.steps, None, width],
        )
        _, _, _, line, kept = tf.while_loop(
            lambda step, *_: step < self.steps,
            play,
            start,
            shape_invariants=tuple(tf.TensorShape(shape) for shape in shapes),
            maximum_iterations=self.steps,
        )
        return line, tf.transpose(kept, [1, 0, 2])


def lasting(recent: Tensor) -> Tensor:
    """Return the token of the note that lasts behind tokens int32 (B, 16), NOTE_OFF for silence."""
    sounding = tf.fill([tf.shape(recent)[0]], NOTE_OFF)
    for step in range(MEMORY):
        sounding = tf.where(recent[:, step] > HOLD, recent[:, step], sounding)
    return sounding


def token_logits(scores: Tensor) -> Tensor:
    """Return logits (B, V) of scores (B, V + 1): hold, note-off, a new note, and then which pitch it has."""
    pitches = tf.nn.log_softmax(scores[:, FIRST_NOTE + 1 :])
    return tf.concat([scores[:, :FIRST_NOTE], scores[:, FIRST_NOTE : FIRST_NOTE + 1] + pitches], axis=1)


def _spec(name: str, *shape: int | None) -> Tensor:
    return tf.TensorSpec(list(shape), FLOAT, name=name)


def line_litert(weights: Weights, precision: Precision = Precision.FLOAT16) -> bytes:
    """Return the .tflite file of weights."""
    arrays = {name: np.asarray(array, np.float32) for name, array in weights.items()}
    return convert(LineGraph(arrays, precision is Precision.INT8).signatures, precision)
