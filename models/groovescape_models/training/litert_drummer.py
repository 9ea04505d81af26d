"""The drummer who plays what is missing as a LiteRT file: weights as constants, noise an input, steps a loop inside."""

from typing import Final

import tensorflow as tf

from groovescape_models.encoding.given import CELLS, CONTEXT, beat_positions
from groovescape_models.inference.numpy_drummer import (
    BEATS,
    MEMORY,
    OFFSET_SCALE_FLOOR,
    SCALE_BIAS,
    STEPS,
    VELOCITY_SCALE_FLOOR,
    Weights,
)
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.training.litert_files import Precision, convert
from groovescape_models.training.networks.tensors import Tensor

FLOAT: Final = tf.float32


class DrummerGraph(tf.Module):  # type: ignore[misc]  # tensorflow ships no types
    """The two signatures of the drummer in TensorFlow; B is the batch. See NumpyDrummer."""

    def __init__(self, weights: Weights) -> None:
        """Take the weights under the names of the weights file."""
        super().__init__()
        self.table = {name: tf.constant(array, FLOAT) for name, array in weights.items()}
        self.layers = {name: sum(f"{name}/add_{i}/kernel" in weights for i in range(9)) for name in ("hits", "strike")}
        cells = tf.TensorSpec([None, STEPS, CELLS], FLOAT, name="cells")
        context = tf.TensorSpec([None, CONTEXT], FLOAT, name="context")
        noise = tf.TensorSpec([STEPS, None, DRUM_COUNT], FLOAT, name="noise")
        hits = tf.TensorSpec([None, STEPS, DRUM_COUNT], FLOAT, name="hits")
        temperature = tf.TensorSpec([], FLOAT, name="temperature")
        self.draw_signature = tf.function(self.draw, input_signature=[cells, context, noise, temperature])
        self.strike_signature = tf.function(self.strike, input_signature=[hits, cells, context])

    def draw(self, cells: Tensor, context: Tensor, noise: Tensor, temperature: Tensor) -> dict[str, Tensor]:
        """Return hits and raw logits, each (B, 32, 9); see NumpyDrummer."""
        plan = self.plan(cells, context)
        ahead, skip = self.steps_of("player/plan", plan), self.steps_of("player/plan_logits", plan)
        # LiteRT lowers no TensorArray with a dynamic batch: each step adds itself to its own row instead.
        rows = tf.eye(STEPS)[:, :, None, None]
        past_kernel, step_kernel = self.table["player/past/kernel"], self.table["player/step_logits/kernel"]

        def play(step: Tensor, past: Tensor, hits: Tensor, logits: Tensor) -> tuple[Tensor, ...]:
            hidden = tf.nn.relu(ahead[step] + tf.matmul(past, past_kernel))
            hit, logit = self.lanes(skip[step] + tf.matmul(hidden, step_kernel), noise[step], temperature)
            past = tf.concat([hit, past[:, :-DRUM_COUNT]], axis=1)
            return step + 1, past, hits + rows[step] * hit[None], logits + rows[step] * logit[None]

        count = tf.shape(cells)[0]
        empty = tf.zeros([STEPS, count, DRUM_COUNT])
        start = (tf.constant(0), tf.zeros([count, MEMORY * DRUM_COUNT]), empty, empty)
        shapes = [[], [None, MEMORY * DRUM_COUNT], *([STEPS, None, DRUM_COUNT],) * 2]
        _, _, hits, logits = tf.while_loop(
            lambda step, *_: step < STEPS,
            play,
            start,
            shape_invariants=tuple(tf.TensorShape(shape) for shape in shapes),
            maximum_iterations=STEPS,
        )
        return {"hits": tf.transpose(hits, [1, 0, 2]), "logits": tf.transpose(logits, [1, 0, 2])}

    def lanes(self, logits: Tensor, noise: Tensor, temperature: Tensor) -> tuple[Tensor, Tensor]:
        """Return the hits of a step and their logits, (B, 9) each, the lanes in order."""
        together = self.table["player/together/kernel"]
        heard, hits, final = logits, [], []
        for lane in range(DRUM_COUNT):
            final.append(heard[:, lane : lane + 1])
            hits.append(tf.cast(final[-1] / temperature + noise[:, lane : lane + 1] > 0.0, FLOAT))
            heard = heard + hits[-1] * together[lane][None]
        return tf.concat(hits, axis=1), tf.concat(final, axis=1)

    def plan(self, cells: Tensor, context: Tensor) -> Tensor:
        """Return what is planned for each step, (32, B, plan size)."""
        beats = _with_context(_beats(cells), context)
        x = tf.concat([self.listen("hits", beats), beats], axis=-1)
        x = self.affine("plan/output", tf.nn.relu(self.affine("plan/hidden", x)))
        return tf.transpose(tf.reshape(x, [-1, STEPS, int(x.shape[-1]) * BEATS // STEPS]), [1, 0, 2])

    def strike(self, hits: Tensor, cells: Tensor, context: Tensor) -> dict[str, Tensor]:
        """Return velocity, velocity_scale, offset and offset_scale, each (B, 32, 9)."""
        beats = _with_context(tf.concat([_beats(hits), _beats(cells)], axis=-1), context)
        x = tf.concat([self.listen("strike", beats), beats], axis=-1)
        x = self.affine("strike/output", tf.nn.relu(self.affine("strike/last", x)))
        velocity, velocity_scale, offset, offset_scale = tf.split(
            tf.reshape(x, [-1, STEPS, 4 * DRUM_COUNT]), 4, axis=-1
        )
        return {
            "velocity": tf.sigmoid(velocity),
            "velocity_scale": tf.math.softplus(velocity_scale + SCALE_BIAS) + VELOCITY_SCALE_FLOOR,
            "offset": 0.5 * tf.tanh(offset),
            "offset_scale": tf.math.softplus(offset_scale + SCALE_BIAS) + OFFSET_SCALE_FLOOR,
        }

    def listen(self, name: str, beats: Tensor) -> Tensor:
        """Return each beat as it is heard among the others, (B, 8, width)."""
        x = tf.nn.relu(self.affine(f"{name}/beats", beats))
        for layer in range(self.layers[name]):
            turned = [tf.concat([x[:, -by:], x[:, :-by]], axis=1) for by in (1, BEATS - 1, BEATS // 2)]
            mean = tf.ones_like(x) * tf.reduce_mean(x, axis=1, keepdims=True)
            hidden = tf.nn.relu(self.affine(f"{name}/hear_{layer}", tf.concat([x, *turned, mean], axis=-1)))
            x = x + self.affine(f"{name}/add_{layer}", hidden)
        return x

    def affine(self, path: str, x: Tensor) -> Tensor:
        """Return x (B, T, width) times a kernel plus its bias, as one flat product."""
        kernel = self.table[f"{path}/kernel"]
        flat = tf.matmul(tf.reshape(x, [-1, int(kernel.shape[0])]), kernel) + self.table[f"{path}/bias"]
        return tf.reshape(flat, [-1, int(x.shape[1]), int(kernel.shape[1])])

    def steps_of(self, path: str, plan: Tensor) -> Tensor:
        """Return a layer's answer to every step of a plan, (32, B, outputs)."""
        kernel = self.table[f"{path}/kernel"]
        flat = tf.matmul(tf.reshape(plan, [-1, int(kernel.shape[0])]), kernel) + self.table[f"{path}/bias"]
        return tf.reshape(flat, [STEPS, -1, int(kernel.shape[1])])


def drummer_litert(weights: Weights, precision: Precision = Precision.FLOAT16) -> bytes:
    """Return the .tflite file of weights."""
    graph = DrummerGraph(weights)
    return convert({"draw": graph.draw_signature, "strike": graph.strike_signature}, precision)


def _beats(cells: Tensor) -> Tensor:
    return tf.reshape(cells, [-1, BEATS, STEPS // BEATS * int(cells.shape[-1])])


def _with_context(beats: Tensor, context: Tensor) -> Tensor:
    ones = tf.ones_like(beats[:, :, :1])
    return tf.concat([beats, ones * beat_positions(), ones * context[:, None, :]], axis=-1)
