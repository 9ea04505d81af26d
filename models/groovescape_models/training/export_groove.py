"""Trained humaniser weights as the bundle that ships, and how close each precision of LiteRT comes to them.

It ships with float16 weights: the weights file holds float16 too, so that both runtimes have the very same numbers and
a seed gives the same notes on each. Eight bits halve the file once more but move hits, and are no faster here.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.inference.numpy_humanizer import NumpyHumanizer
from groovescape_models.inference.runtime import LiteRtNetwork
from groovescape_models.inference.runtime import Network as RunningNetwork
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.bundle import half_precision, weights_file, write_bundle
from groovescape_models.training.evaluate_groove import MODEL_ID, measure_groove
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.feels import feel_rows
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.groove_card import Fidelity, groove_card
from groovescape_models.training.groove_report import GrooveReport
from groovescape_models.training.litert_files import Precision
from groovescape_models.training.networks.tensors import Network, Tensor

DATA: Final = (
    {"name": "Groove MIDI Dataset v1.0.0, train split, 4/4", "licence": "CC BY 4.0", "by": "Gillick et al. 2019"},
)
FIDELITY_EXAMPLES: Final = 512
STEP_MS_AT_1_BPM: Final = 15_000.0


def load_humanizer(weights: Mapping[str, FloatArray]) -> Network:
    """Return the Keras network of a weights file; its sizes are read from the shapes."""
    from groovescape_models.training.networks.humanizer import Humanizer, HumanizerConfig

    layers = sum(f"decoder/bilstm_{i}/forward/kernel" in weights for i in range(8))
    config = HumanizerConfig(
        latent_size=weights["encoder/mu/bias"].size,
        encoder_features=weights["encoder/beats/bias"].size,
        encoder_lstm=weights["encoder/bilstm/forward/recurrent_kernel"].shape[0],
        decoder_features=weights["decoder/beats/bias"].size,
        decoder_lstm=weights["decoder/bilstm_0/forward/recurrent_kernel"].shape[0],
        decoder_layers=layers,
    )
    network = Humanizer(config)
    return with_weights(network, weights)


def with_weights(network: Network, weights: Mapping[str, FloatArray]) -> Network:
    """Return a network with the weights of a file by name."""
    for name, variable in network.named_variables().items():
        variable.assign(weights[name])
    return network


def to_litert(network: Network, precision: Precision = Precision.FLOAT16) -> bytes:
    """Return a humaniser as a .tflite file with the signatures encode and decode, for batches of any size."""
    import tensorflow as tf

    def of(*shape: int) -> Tensor:
        return tf.TensorSpec([None, *shape], tf.float32)

    def encode(groove: Tensor, tempo: Tensor) -> dict[str, Tensor]:
        mu, sigma = network.encode(groove, tempo)
        return {"mu": mu, "sigma": sigma}

    module = tf.Module()
    module.values = [variable.value for variable in network.trainable_variables]  # saved only if the module holds them
    module.encode = tf.function(encode, autograph=False, input_signature=[of(32, 27), of(1)])
    latent = of(network.config.latent_size)
    module.decode = tf.function(network.decode, autograph=False, input_signature=[of(32, 9), of(1), latent, of(1)])
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(module, folder, signatures={"encode": module.encode, "decode": module.decode})
        converter = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["encode", "decode"])
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
        if precision is not Precision.FLOAT32:
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if precision is Precision.FLOAT16:
            converter.target_spec.supported_types = [tf.float16]
        model: bytes = converter.convert()
    return model


def fidelity(model: bytes, reference: RunningNetwork, examples: ExampleArrays) -> Fidelity:
    """Return how far a .tflite file is from a reference on the hits of examples, each played with its own feel."""
    hits, tempo, feel = examples.hits.astype(np.float32), examples.tempos_bpm[:, None], feel_rows(examples)
    played = []
    for runner in (LiteRtNetwork(model), reference):
        mu = runner.run("encode", groove=feel, tempo=tempo)["mu"]
        played.append(runner.run("decode", hits=hits, tempo=tempo, z=mu, known=np.ones_like(tempo)))
    late = np.abs(played[0]["offset"] - played[1]["offset"]) * STEP_MS_AT_1_BPM / tempo[:, :, None]
    loud = np.abs(played[0]["velocity"] - played[1]["velocity"]) * 127.0
    return Fidelity(len(model) / 1e6, *_mean_and_max(late, examples.hits), *_mean_and_max(loud, examples.hits))


def _mean_and_max(misses: FloatArray, hits: NDArray[np.bool_]) -> tuple[float, float]:
    return float(misses[hits].mean()), float(misses[hits].max())


def measure_precisions(weights: Mapping[str, FloatArray], examples: ExampleArrays) -> dict[str, Fidelity]:
    """Return how close each precision plays examples to what the weights say in NumPy."""
    network, reference = load_humanizer(weights), NumpyHumanizer(weights)
    return {p.value: fidelity(to_litert(network, p), reference, examples) for p in Precision}


def export_groove(
    weights: Mapping[str, FloatArray], data: Path, out: Path, *, date: str, training: Mapping[str, object]
) -> GrooveReport:
    """Write the bundle of weights to a folder and return its figures, measured through the files' own runtime.

    date is the day of training, as in 2026-01-31; training says how the weights were made, for model.json.
    """
    weights = half_precision(weights)
    network = load_humanizer(weights)
    model = to_litert(network)
    examples = load_gmd(data)
    report = measure_groove(LiteRtNetwork(model), examples)
    test = examples.split("test")
    precisions = measure_precisions(weights, test.where(np.arange(len(test)) < FIDELITY_EXAMPLES))
    facts = {
        "id": MODEL_ID,
        "kind": "humanizer",
        "version": "1",
        "title": "Two bars played by a drummer",
        "date": date,
        "licence": "CC BY 4.0",
        "data": list(DATA),
        "config": asdict(network.config),
        "training": dict(training),
        "figures": {**report.figures(), "litert": {name: asdict(row) for name, row in precisions.items()}},
    }
    card = groove_card(report, precisions, date, network.config.latent_size)
    files = {"weights.npz": weights_file(weights), "model.tflite": model, "MODEL_CARD.md": card.encode("utf-8")}
    write_bundle(out, facts, files)
    return report
