"""The official flat networks as LiteRT files: weights as constants, noise an input, the loops over steps inside.

B is the batch, T the steps, I and O the input and output sizes, C that of a control, Z the latent size.
"""

from collections.abc import Callable
from typing import Final

import tensorflow as tf

from groovescape_models.checkpoints.official import OfficialData, OfficialModel
from groovescape_models.errors import CheckpointError
from groovescape_models.inference.lstm import LstmLayer, layers_at
from groovescape_models.inference.official_decoder import CELL
from groovescape_models.inference.official_encoder import FLAT, LAYER
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.training.litert_files import Precision, convert
from groovescape_models.training.networks.tensors import Tensor

FLOAT: Final = tf.float32
State = tuple[Tensor, Tensor]
Draw = Callable[[Tensor, Tensor], Tensor]
"""Number of a step and its logits (B, O) -> what the next step hears: outputs (B, 27), or classes (B, 1)."""


class _Layer:
    """An LSTM layer whose products with x and h are one."""

    def __init__(self, layer: LstmLayer) -> None:
        self.size = layer.size
        self.inputs, self.recurrent = tf.constant(layer.inputs), tf.constant(layer.recurrent)
        self.both, self.bias = tf.concat([self.inputs, self.recurrent], axis=0), tf.constant(layer.bias)

    def step(self, gates: Tensor, c: Tensor) -> State:
        """Return the next c and h, each (B, H), of all that adds to the gates, (B, 4 H): see LstmLayer."""
        turned = tf.tanh(gates)
        opened = turned[:, : 3 * self.size] * 0.5 + 0.5
        c = opened[:, self.size : 2 * self.size] * c + opened[:, : self.size] * turned[:, 3 * self.size :]
        return c, opened[:, 2 * self.size :] * tf.tanh(c)


class MusicVaeGraph(tf.Module):  # type: ignore[misc]  # tensorflow ships no types
    """The signatures encode, decode and score of inference/numpy_musicvae.py in TensorFlow; decode gives outputs alone.

    CheckpointError for a network that is not flat.
    """

    def __init__(self, model: OfficialModel) -> None:
        """Take the weights of a network with one decoder and no conductor."""
        super().__init__()
        config, weights = model.config, model.weights
        if config.segments > 1 or config.split_decoders or len(config.output_sizes) > 1:
            raise CheckpointError("Only flat networks with one output become LiteRT files; this one runs in NumPy.")
        self.config = config
        self.table = {name: tf.constant(array, FLOAT) for name, array in weights.items()}
        ways = [layers_at(weights, LAYER.format(FLAT, way)) for way in ("fw", "bw")]
        self.encoder = [(_Layer(ahead), _Layer(back)) for ahead, back in zip(*ways, strict=True)]
        decoder = layers_at(weights, CELL.format("decoder"))
        self.decoder = [_Layer(layer) for layer in decoder]
        sizes = [config.output_size, config.latent_size, config.control_size]
        self.from_output, self.from_z, self.from_control = tf.split(self.decoder[0].inputs, sizes)
        self.is_groove = config.data is OfficialData.GROOVE
        self.lanes = DRUM_COUNT if self.is_groove else config.output_size

    def signatures(self) -> dict[str, Tensor]:
        """Return the tf.functions by name."""
        config = self.config
        steps = config.steps
        told = {"controls": _spec(None, steps, config.control_size, name="controls")} if config.control_size else {}
        z, temperature = _spec(None, config.latent_size, name="z"), tf.TensorSpec([], FLOAT, name="temperature")
        inputs = {"inputs": _spec(None, steps, config.input_size, name="inputs")}
        noise = {"z": z, "noise": _spec(steps, None, self.lanes, name="noise"), "temperature": temperature}
        given = {"z": z, "outputs": _spec(None, steps, config.output_size, name="outputs")}
        pairs = {"encode": (self.encode, inputs), "decode": (self.decode, noise), "score": (self.score, given)}
        functions = {}
        for name, (function, specs) in pairs.items():
            functions[name] = tf.function(function, autograph=False, input_signature=[*(specs | told).values()])
        return functions

    def affine(self, path: str, x: Tensor) -> Tensor:
        """Return x times a kernel plus its bias."""
        return tf.matmul(x, self.table[f"{path}/kernel"]) + self.table[f"{path}/bias"]

    def encode(self, inputs: Tensor, controls: Tensor | None = None) -> dict[str, Tensor]:
        """Return mu and sigma, each (B, Z), of inputs (B, T, I)."""
        x = tf.transpose(inputs if controls is None else tf.concat([inputs, controls], axis=2), [1, 0, 2])
        for number, (ahead, back) in enumerate(self.encoder):
            top = number == len(self.encoder) - 1
            forward, last_ahead = self._run(ahead, x, keep=not top)
            backward, last_back = self._run(back, tf.reverse(x, [0]), keep=not top)
            if not top:
                x = tf.concat([forward, tf.reverse(backward, [0])], axis=2)
        both = tf.concat([last_ahead, last_back], axis=1)
        mu = self.affine("encoder/mu", both)
        if not self.config.has_sigma:
            return {"mu": mu, "sigma": tf.ones_like(mu)}
        return {"mu": mu, "sigma": tf.math.softplus(self.affine("encoder/sigma", both))}

    def _run(self, layer: _Layer, x: Tensor, *, keep: bool) -> tuple[Tensor | None, Tensor]:
        """Return h of every step, (T, B, H), if they are to be kept, and of the last, (B, H), of x (T, B, I)."""
        steps, count = self.config.steps, tf.shape(x)[1]
        width = int(layer.inputs.shape[0])
        gates = tf.reshape(
            tf.matmul(tf.reshape(x, [-1, width]), layer.inputs) + layer.bias, [steps, -1, 4 * layer.size]
        )
        zero = tf.zeros([count, layer.size])
        kept = tf.zeros([steps, count, layer.size] if keep else [1, 1, 1])
        rows = tf.eye(steps)[:, :, None, None]

        def body(step: Tensor, c: Tensor, h: Tensor, kept: Tensor) -> tuple[Tensor, ...]:
            c, h = layer.step(gates[step] + tf.matmul(h, layer.recurrent), c)
            return step + 1, c, h, kept + rows[step] * h[None] if keep else kept

        state = tf.TensorShape([None, layer.size])
        shape = tf.TensorShape([steps, None, layer.size] if keep else [1, 1, 1])
        shapes = (tf.TensorShape([]), state, state, shape)
        _, _, h, kept = _loop(steps, body, (tf.constant(0), zero, zero, kept), shapes)
        return (kept if keep else None), h

    def decode(
        self, z: Tensor, noise: Tensor, temperature: Tensor, controls: Tensor | None = None
    ) -> dict[str, Tensor]:
        """Return outputs (B, T, O): each step hears the one before it."""

        def draw(step: Tensor, logits: Tensor) -> Tensor:
            if not self.is_groove:
                classes = tf.argmax(logits / temperature + noise[step], axis=1, output_type=tf.int32)
                return tf.cast(classes, FLOAT)[:, None]
            hit, velocity, offset = tf.split(logits, 3, axis=1)
            hits = tf.cast(hit / temperature + noise[step] > 0.0, FLOAT)
            return tf.concat([hits, tf.sigmoid(velocity), tf.tanh(offset)], axis=1)

        heard = self._play(z, controls, draw, keep_logits=False)
        if not self.is_groove:
            heard = tf.one_hot(tf.cast(heard[:, :, 0], tf.int32), self.config.output_size)
        return {"outputs": heard}

    def score(self, z: Tensor, outputs: Tensor, controls: Tensor | None = None) -> dict[str, Tensor]:
        """Return the logits (B, T, O) of each step, having heard given outputs (B, T, O) before it."""
        given = tf.transpose(outputs, [1, 0, 2])
        if not self.is_groove:
            given = tf.cast(tf.argmax(given, axis=2, output_type=tf.int32), FLOAT)[:, :, None]
        return {"logits": self._play(z, controls, lambda step, _: given[step], keep_logits=True)}

    def _play(self, z: Tensor, controls: Tensor | None, draw: Draw, *, keep_logits: bool) -> Tensor:
        """Return what each step drew, or its logits, batch first."""
        steps, count = self.config.steps, tf.shape(z)[0]
        steady = tf.matmul(z, self.from_z) + self.decoder[0].bias
        told = None if controls is None else self._told(controls)
        heard_width = self.config.output_size if self.is_groove else 1
        width = self.config.output_size if keep_logits else heard_width
        # LiteRT lowers no TensorArray with a dynamic batch: each step adds itself to its own row instead.
        rows = tf.eye(steps)[:, :, None, None]

        def body(step: Tensor, heard: Tensor, kept: Tensor, *states: Tensor) -> tuple[Tensor, ...]:
            gates = steady + self._heard(step, heard)
            gates = gates if told is None else gates + told[step]
            moved = self._moved(gates, states)
            logits = self.affine("decoder/output_projection", moved[-1])
            heard = draw(step, logits)
            return step + 1, heard, kept + rows[step] * (logits if keep_logits else heard)[None], *moved

        sizes = [layer.size for layer in self.decoder for _ in range(2)]
        states = tf.split(tf.tanh(self.affine("decoder/z_to_initial_state", z)), sizes, axis=1)
        start = (tf.constant(0), tf.zeros([count, heard_width]), tf.zeros([steps, count, width]), *states)
        sides = [[], [None, heard_width], [steps, None, width], *([None, size] for size in sizes)]
        shapes = tuple(tf.TensorShape(shape) for shape in sides)
        return tf.transpose(_loop(steps, body, start, shapes)[2], [1, 0, 2])

    def _told(self, controls: Tensor) -> Tensor:
        """Return what controls (B, T, C) add to the first gates, (T, B, 4 H)."""
        flat = tf.reshape(tf.transpose(controls, [1, 0, 2]), [-1, self.config.control_size])
        return tf.reshape(tf.matmul(flat, self.from_control), [self.config.steps, -1, 4 * self.decoder[0].size])

    def _heard(self, step: Tensor, heard: Tensor) -> Tensor:
        """Return what the last output adds to the first gates, (B, 4 H): of a class, its row of the kernel."""
        if self.is_groove:
            return tf.matmul(heard, self.from_output)
        played = tf.cast(step > 0, FLOAT)
        return tf.gather(self.from_output, tf.cast(heard[:, 0], tf.int32)) * played

    def _moved(self, gates: Tensor, states: tuple[Tensor, ...]) -> list[Tensor]:
        """Return c and h of every layer, one step on."""
        moved: list[Tensor] = []
        for number, layer in enumerate(self.decoder):
            c, h = states[2 * number], states[2 * number + 1]
            if number:
                gates = tf.matmul(tf.concat([moved[-1], h], axis=1), layer.both) + layer.bias
            else:
                gates = gates + tf.matmul(h, layer.recurrent)
            moved += layer.step(gates, c)
        return moved


def _spec(*shape: int | None, name: str) -> Tensor:
    return tf.TensorSpec(shape, FLOAT, name=name)


def _loop(
    steps: int, body: Callable[..., tuple[Tensor, ...]], start: tuple[Tensor, ...], shapes: tuple[Tensor, ...]
) -> tuple[Tensor, ...]:
    result: tuple[Tensor, ...] = tf.while_loop(
        lambda step, *_: step < steps, body, start, shape_invariants=shapes, maximum_iterations=steps
    )
    return result


def musicvae_litert(model: OfficialModel, precision: Precision = Precision.INT8) -> bytes:
    """Return the .tflite file of an official network; CheckpointError if it is not flat."""
    return convert(MusicVaeGraph(model).signatures(), precision)
