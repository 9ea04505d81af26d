"""Turn trained drum weights into the bundle that ships: half-precision weights, LiteRT file, figures, model card."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.inference.numpy_drum_vae import NumpyDrumVae, Weights
from groovescape_models.inference.runtime import LiteRtNetwork, Network
from groovescape_models.inference.sampling import logistic_noise
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.training.bundle import half_precision, weights_file, write_bundle
from groovescape_models.training.drum_card import Fidelity, drum_card
from groovescape_models.training.drum_tasks import BETA, FREE_BITS
from groovescape_models.training.evaluate_drums import MODEL_ID, DrumReport, measure_drums
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.litert_drums import drum_litert
from groovescape_models.training.litert_files import Precision
from groovescape_models.training.networks.drum_vae import DrumVaeConfig

FIDELITY_DECODES: Final = 1000
DATA: Final = (
    {"name": "Groove MIDI Dataset v1.0.0, train split, 4/4", "licence": "CC BY 4.0", "by": "Gillick et al. 2019"},
    {"name": "Drum machine patterns, 16 steps", "licence": "MIT", "by": "S. Handley"},
)


def export_drums(weights: Weights, data: Path, out: Path, *, date: str, training: Mapping[str, object]) -> DrumReport:
    """Write the bundle of weights to a folder and return its figures, measured through the files' own runtime.

    date is the day of training, as in 2026-01-31; training says how the weights were made, for model.json.
    """
    weights = half_precision(weights)
    model = drum_litert(weights)
    examples = load_gmd(data)
    report = measure_drums(LiteRtNetwork(model), examples)
    fidelities = measure_fidelities(weights, examples)
    facts = {
        "id": MODEL_ID,
        "kind": "drum_vae",
        "version": "1",
        "title": "Two bars of drums",
        "date": date,
        "licence": "CC BY 4.0",
        "data": list(DATA),
        "config": asdict(DrumVaeConfig()),
        "training": {"free_bits": FREE_BITS, "beta": BETA, **training},
        "figures": {**report.figures(), "litert": [asdict(row) for row in fidelities]},
    }
    card = drum_card(report, fidelities, date)
    files = {"weights.npz": weights_file(weights), "model.tflite": model, "MODEL_CARD.md": card.encode("utf-8")}
    write_bundle(out, facts, files)
    return report


def measure_fidelities(weights: Weights, examples: ExampleArrays) -> tuple[Fidelity, ...]:
    """Return how the file of each precision agrees with NumPy on draws from test patterns."""
    hits = examples.split("test").hits[:FIDELITY_DECODES]
    noise = logistic_noise(np.random.default_rng(0), (hits.shape[1], len(hits), hits.shape[2]))
    expected = _drawn(NumpyDrumVae(weights), hits, noise)
    return tuple(
        _fidelity(precision, drum_litert(weights, precision), expected, hits, noise) for precision in Precision
    )


def _fidelity(precision: Precision, model: bytes, expected: BoolArray, hits: BoolArray, noise: FloatArray) -> Fidelity:
    found = _drawn(LiteRtNetwork(model), hits, noise)
    f1 = 2.0 * float((found & expected).sum()) / float(found.sum() + expected.sum())
    same = float((found == expected).all((1, 2)).mean())
    return Fidelity(precision.value, round(len(model) / 1e6, 2), round(f1, 4), round(same, 4))


def _drawn(network: Network, hits: BoolArray, noise: FloatArray) -> BoolArray:
    z = network.run("encode", hits=hits.astype(np.float32))["mu"]
    drawn: BoolArray = network.run("decode", z=z, noise=noise, temperature=np.array(1.0, np.float32))["hits"] > 0
    return drawn
