# ruff: noqa: ANN401  # neither Magenta nor TensorFlow ships types
"""Magenta 2.1.4 itself, run in an environment of its own: python magenta_networks.py JOBS.json

A job is {"config": a name of CONFIG_MAP, "sizes": hparams to change, "batch": B, "widths": noise of each decoder,
"segments": 1 or as many as a conductor makes, "inputs": an .npz with x (B, T, I), controls (B, T, C), z (B, Z),
noise (T, B, N) and control (T, C), "runs": [...]}. A run is
- {"save": CHECKPOINT}: its variables, as "draw" (a seed) or Magenta's own initialisers make them, saved by TensorFlow,
- or {"restore": CHECKPOINT}: the variables of a checkpoint,
- or {"trained": CHECKPOINT}: Magenta's TrainedModel, which decodes with a temperature near 0 and takes no noise;
with {"answers": .npz} for mu, sigma, and the outputs and logits of a decoding.

The noise takes the place of the random numbers of the distributions and of nothing else.
"""

import copy
import json
import os
import sys
import types
from typing import Any

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
for absent in ("tensorflow_datasets", "tf_slim"):
    sys.modules[absent] = types.ModuleType(absent)

import numpy as np  # noqa: E402  # the lines above must come first
import tensorflow.compat.v1 as tf  # noqa: E402
from magenta.models.music_vae import configs, lstm_models  # noqa: E402
from magenta.models.music_vae.trained_model import TrainedModel  # noqa: E402

tf.logging.set_verbosity(tf.logging.ERROR)
CERTAIN = 1e-6


class Noise:
    """Which part of the noise a draw gets: each decoding takes the steps, or the lanes, after the one before it."""

    def __init__(self, placeholder: tf.Tensor, widths: list[int], steps: int) -> None:
        self.placeholder = placeholder
        self.widths = widths
        self.steps = steps
        self.decodings = -1
        self.step: Any = None
        self.used = 0

    def next_decoding(self) -> None:
        self.decodings += 1

    def at(self, step: object) -> None:
        self.step = step
        self.used = 0

    def take(self, width: int) -> tf.Tensor:
        """Return (B, width) for the draw that is being made, several of which make up a step of one decoder."""
        part = self.decodings % len(self.widths) if self.decodings >= 0 else 0
        first = sum(self.widths[:part]) + self.used
        self.used += width
        step = self.decodings // len(self.widths) * self.steps + self.step
        return self.placeholder[step][:, first : first + width]


def use_noise(noise: Noise) -> None:
    """Let the distributions of Magenta's decoders draw with the noise: Gumbel for classes, logistic for hits."""
    helper = lstm_models.contrib_seq2seq.CustomHelper

    class Timed(helper):
        def __init__(self, sample_fn: Any, **others: object) -> None:
            noise.next_decoding()
            decoding = noise.decodings

            def timed(time: Any, outputs: Any, state: object) -> Any:
                noise.decodings = decoding
                noise.at(time)
                return sample_fn(time, outputs, state)

            super().__init__(sample_fn=timed, **others)

    class OneHotCategorical:
        def __init__(self, logits: tf.Tensor, dtype: Any = tf.float32) -> None:
            self.logits = logits

        def sample(self) -> tf.Tensor:
            width = int(self.logits.shape[-1])
            return tf.one_hot(tf.argmax(self.logits + noise.take(width), -1), width)

    class Categorical(OneHotCategorical):
        def sample(self) -> tf.Tensor:
            return tf.argmax(super().sample(), -1)

    class Bernoulli(OneHotCategorical):
        def sample(self) -> tf.Tensor:
            return tf.cast(self.logits + noise.take(int(self.logits.shape[-1])) > 0, tf.float32)

    lstm_models.contrib_seq2seq = types.SimpleNamespace(**{**vars(lstm_models.contrib_seq2seq), "CustomHelper": Timed})
    lstm_models.tfp = types.SimpleNamespace(
        distributions=types.SimpleNamespace(
            OneHotCategorical=OneHotCategorical, Categorical=Categorical, Bernoulli=Bernoulli
        )
    )


ORIGINAL = (lstm_models.contrib_seq2seq, lstm_models.tfp)
MERGE = lstm_models.SplitMultiOutLstmDecoder._merge_decode_results


def keep_logits(kept: list[tf.Tensor]) -> None:
    """Keep the logits of every segment: Magenta's own merging of them asserts that a segment is the whole."""

    def merge(self: Any, results: object) -> Any:
        kept.append(tf.concat([each.rnn_output for each in results], -1))
        return MERGE(self, results)

    lstm_models.SplitMultiOutLstmDecoder._merge_decode_results = merge


class Network:
    """The graph of a configuration for one batch size, with the noise as an input."""

    def __init__(self, job: dict[str, Any]) -> None:
        lstm_models.contrib_seq2seq, lstm_models.tfp = ORIGINAL
        config = copy.deepcopy(configs.CONFIG_MAP[job["config"]])
        converter, hparams = config.data_converter, config.hparams
        converter.set_mode("infer")
        for name, size in {"batch_size": job["batch"], **job.get("sizes", {})}.items():
            setattr(hparams, name, size)
        steps, batch = hparams.max_seq_len, hparams.batch_size
        self.x = tf.placeholder(tf.float32, [batch, steps, converter.input_depth])
        self.controls = tf.placeholder(tf.float32, [batch, steps, converter.control_depth])
        self.z = tf.placeholder(tf.float32, [batch, hparams.z_size])
        self.noise = tf.placeholder(tf.float32, [steps, batch, None])
        self.control = tf.placeholder(tf.float32, [steps, converter.control_depth])
        use_noise(Noise(self.noise, job.get("widths", [0]), steps // job.get("segments", 1)))
        segments: list[tf.Tensor] = []
        keep_logits(segments)
        model = config.model
        model.build(hparams, converter.output_depth, is_training=False)
        control = self.control if converter.control_depth else None
        self.outputs, results = model.sample(batch, max_length=steps, z=self.z, c_input=control, temperature=1.0)
        self.logits = tf.concat(segments, 1) if segments else results.rnn_output
        lengths = tf.constant(steps, tf.int32, [batch, *converter.length_shape])
        posterior = model.encode(self.x, lengths, self.controls)
        self.mu, self.sigma = posterior.loc, posterior.scale.diag

    def answer(self, session: tf.Session, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        names = ("x", "controls", "z", "noise", "control")
        wanted = {name: getattr(self, name) for name in ("mu", "sigma", "outputs", "logits")}
        answers: dict[str, np.ndarray] = session.run(wanted, {getattr(self, name): inputs[name] for name in names})
        return answers


def draw_weights(session: tf.Session, seed: int) -> None:
    """Give every variable random numbers of a size at which the network has something to say."""
    rng = np.random.default_rng(seed)
    for variable in tf.global_variables():
        shape = variable.shape.as_list()
        if shape:
            scale = (6.0 if "output_projection" in variable.name else 1.5) / np.sqrt(shape[0]) if shape[1:] else 0.2
            variable.load(rng.standard_normal(shape).astype(np.float32) * scale, session)


def use(session: tf.Session, run: dict[str, Any]) -> None:
    """Give the variables of the graph the values of a run."""
    if "restore" in run:
        tf.train.Saver().restore(session, run["restore"])
        return
    session.run(tf.global_variables_initializer())
    if "draw" in run:
        draw_weights(session, run["draw"])
    tf.train.Saver().save(session, run["save"], write_meta_graph=False)


def do(job: dict[str, Any]) -> None:
    inputs = dict(np.load(job["inputs"]))
    with tf.Graph().as_default(), tf.Session() as session:
        network = Network(job)
        for run in job["runs"]:
            if "trained" not in run:
                use(session, run)
                np.savez(run["answers"], **network.answer(session, inputs))
    lstm_models.contrib_seq2seq, lstm_models.tfp = ORIGINAL
    for run in job["runs"]:
        if "trained" in run:
            np.savez(run["answers"], **as_users_do(job, run["trained"], inputs))


def as_users_do(job: dict[str, Any], checkpoint: str, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the answers of Magenta's own front door to a checkpoint or a .tar of one."""
    config = configs.CONFIG_MAP[job["config"]]
    for name, size in job.get("sizes", {}).items():
        setattr(config.hparams, name, size)
    model = TrainedModel(config, batch_size=job["batch"], checkpoint_dir_or_path=checkpoint)
    steps = config.hparams.max_seq_len
    _, mu, sigma = model.encode_tensors(list(inputs["x"]), [steps] * job["batch"], list(inputs["controls"]))
    control = inputs["control"] if inputs["control"].size else None
    outputs = model.decode_to_tensors(inputs["z"], length=steps, temperature=CERTAIN, c_input=control)
    return {"mu": mu, "sigma": sigma, "outputs": np.stack(outputs)}


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123  # one file, read once
        jobs = json.load(file)
    for each in jobs:
        do(each)
