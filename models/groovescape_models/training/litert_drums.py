"""The drum VAE as a LiteRT file: its weights as constants, its noise an input, the loop over steps inside."""

from typing import Final

import tensorflow as tf

from groovescape_models.inference.numpy_drum_vae import BEATS, SIGMA_FLOOR, STEPS, Weights
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.training.litert_files import Precision, convert
from groovescape_models.training.networks.fake_quant import rounded_rows
from groovescape_models.training.networks.tensors import Tensor

FLOAT: Final = tf.float32
TWICE: Final = ("encoder/mu", "encoder/sigma", "decoder/dense_0", "player/plan")
"""Layers whose input must not be rounded to eight bits: what enters and leaves the latent space, and what is played."""


class DrumGraph(tf.Module):  # type: ignore[misc]  # tensorflow ships no types
    """The two signatures of the drum VAE in TensorFlow; B is the batch, Z the latent size."""

    def __init__(self, weights: Weights, eight_bits: bool = False) -> None:
        """Take the weights under the names of the weights file, for an int8 file or one that is exact."""
        super().__init__()
        self.twice = TWICE if eight_bits else ()
        self.table = {name: tf.constant(array, FLOAT) for name, array in weights.items()}
        self.latent_size = int(weights["encoder/mu/bias"].size)
        hits = tf.TensorSpec([None, STEPS, DRUM_COUNT], FLOAT, name="hits")
        z = tf.TensorSpec([None, self.latent_size], FLOAT, name="z")
        noise = tf.TensorSpec([STEPS, None, DRUM_COUNT], FLOAT, name="noise")
        self.encode_signature = tf.function(self.encode, input_signature=[hits])
        self.decode_signature = tf.function(
            self.decode, input_signature=[z, noise, tf.TensorSpec([], FLOAT, name="temperature")]
        )

    def affine(self, path: str, x: Tensor) -> Tensor:
        """Return x times a kernel plus its bias; in layers of TWICE, what eight bits round away goes through too."""
        kernel, bias = self.table[f"{path}/kernel"], self.table[f"{path}/bias"]
        if path in self.twice:
            return tf.matmul(x, kernel) + tf.matmul(x - rounded_rows(x), kernel) + bias
        return tf.matmul(x, kernel) + bias

    def encode(self, hits: Tensor) -> dict[str, Tensor]:
        """Return mu and sigma, each (B, Z), of hits (B, 32, 9)."""
        x = tf.reshape(hits, [-1, STEPS // BEATS * DRUM_COUNT])
        x = tf.nn.relu(self.affine("encoder/dense_1", tf.nn.relu(self.affine("encoder/dense_0", x))))
        x = tf.reshape(x, [-1, BEATS * int(x.shape[-1])])
        x = tf.nn.relu(self.affine("encoder/dense_2", x))
        sigma = tf.math.softplus(self.affine("encoder/sigma", x)) + SIGMA_FLOOR
        return {"mu": self.affine("encoder/mu", x), "sigma": sigma}

    def plan(self, z: Tensor) -> Tensor:
        """Return what z says of each step: (32, B, plan size)."""
        x = tf.nn.relu(self.affine("decoder/dense_1", tf.nn.relu(self.affine("decoder/dense_0", z))))
        x = tf.reshape(x, [-1, int(x.shape[-1]) // BEATS])
        x = self.affine("decoder/dense_3", tf.nn.relu(self.affine("decoder/dense_2", x)))
        return tf.transpose(tf.reshape(x, [-1, STEPS, int(x.shape[-1]) * BEATS // STEPS]), [1, 0, 2])

    def decode(self, z: Tensor, noise: Tensor, temperature: Tensor) -> dict[str, Tensor]:
        """Return hits and raw logits, each (B, 32, 9); see NumpyDrumVae.decode."""
        plan = self.plan(z)
        ahead, skip = self.steps_of("player/plan", plan), self.steps_of("player/plan_logits", plan)
        # LiteRT lowers no TensorArray with a dynamic batch: each step adds itself to its own row instead.
        rows = tf.eye(STEPS)[:, :, None, None]
        past_kernel, step_kernel = self.table["player/past/kernel"], self.table["player/step_logits/kernel"]

        def play(step: Tensor, past: Tensor, hits: Tensor, logits: Tensor) -> tuple[Tensor, ...]:
            hidden = tf.nn.relu(ahead[step] + tf.matmul(past, past_kernel))
            logit = skip[step] + tf.matmul(hidden, step_kernel)
            hit = tf.cast(logit / temperature + noise[step] > 0.0, FLOAT)
            past = tf.concat([hit, past[:, :-DRUM_COUNT]], axis=1)
            return step + 1, past, hits + rows[step] * hit[None], logits + rows[step] * logit[None]

        count = tf.shape(z)[0]
        empty = tf.zeros([STEPS, count, DRUM_COUNT])
        start = (tf.constant(0), tf.zeros([count, int(past_kernel.shape[0])]), empty, empty)
        shapes = tuple(tf.TensorShape(shape) for shape in ([], [None, past_kernel.shape[0]], *([STEPS, None, 9],) * 2))
        _, _, hits, logits = tf.while_loop(
            lambda step, *_: step < STEPS, play, start, shape_invariants=shapes, maximum_iterations=STEPS
        )
        return {"hits": tf.transpose(hits, [1, 0, 2]), "logits": tf.transpose(logits, [1, 0, 2])}

    def steps_of(self, path: str, plan: Tensor) -> Tensor:
        """Return a layer's answer to every step of a plan, (32, B, outputs)."""
        flat = self.affine(path, tf.reshape(plan, [-1, int(plan.shape[-1])]))
        return tf.reshape(flat, [STEPS, -1, int(flat.shape[-1])])


def drum_litert(weights: Weights, precision: Precision = Precision.FLOAT16) -> bytes:
    """Return the .tflite file of weights."""
    graph = DrumGraph(weights, precision is Precision.INT8)
    return convert({"encode": graph.encode_signature, "decode": graph.decode_signature}, precision)
