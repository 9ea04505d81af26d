"""Trained weights of the drummer who plays what is missing as the bundle that ships, with figures and card.

It ships with float16 weights, exact in both runtimes: a seed gives the same hits on each. Eight bits change more than
one hit in two hundred of a draw.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from groovescape_models.engines.drummer import Drummer
from groovescape_models.engines.library import Library
from groovescape_models.inference.numpy_drummer import NumpyDrummer, Weights
from groovescape_models.inference.runtime import LiteRtNetwork, Network
from groovescape_models.inference.sampling import logistic_noise
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.bundle import half_precision, weights_file, write_bundle
from groovescape_models.training.drum_fidelity import Fidelity
from groovescape_models.training.drummer_card import drummer_card
from groovescape_models.training.drummer_tasks import DrummerBatching, asked
from groovescape_models.training.evaluate_drummer import MODEL_ID, DrummerReport, measure_drummer
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.export_drums import DATA
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.litert_drummer import drummer_litert
from groovescape_models.training.litert_files import Precision
from groovescape_models.training.timekeepers import timekeepers

FIDELITY_EXAMPLES: Final = 512


def sizes_of(weights: Weights) -> dict[str, int]:
    """Return the sizes of the network that weights belong to, for model.json and the card."""
    layers = {name: sum(f"{name}/add_{i}/kernel" in weights for i in range(9)) for name in ("hits", "strike")}
    return {
        "hits_width": weights["hits/beats/bias"].size,
        "hits_layers": layers["hits"],
        "plan_size": weights["player/plan/kernel"].shape[0],
        "step_size": weights["player/plan/bias"].size,
        "strike_width": weights["strike/beats/bias"].size,
        "strike_layers": layers["strike"],
    }


def measure_fidelities(weights: Weights, examples: ExampleArrays) -> list[Fidelity]:
    """Return how the draws of each precision of LiteRT agree with NumPy's on taps of examples, the noise being one."""
    cells, context = (lambda given: (given.cells(), given.context()))(asked(examples, "tap"))
    noise = logistic_noise(np.random.default_rng(1), (cells.shape[1], len(cells), examples.hits.shape[2]))
    expected = _drawn(NumpyDrummer(weights), cells, context, noise)
    rows = []
    for precision in Precision:
        file = drummer_litert(weights, precision)
        found = _drawn(LiteRtNetwork(file), cells, context, noise)
        rows.append(_fidelity(precision, len(file), found, expected))
    return rows


def _drawn(network: Network, cells: FloatArray, context: FloatArray, noise: FloatArray) -> BoolArray:
    one = np.ones((), np.float32)
    drawn: BoolArray = network.run("draw", cells=cells, context=context, noise=noise, temperature=one)["hits"] > 0.5
    return drawn


def _fidelity(precision: Precision, size: int, found: BoolArray, expected: BoolArray) -> Fidelity:
    same = found == expected
    equal = 2.0 * float((found & expected).sum()) / max(1.0, float(found.sum() + expected.sum()))
    steps, windows = float(same.all(-1).mean()), float(same.all((1, 2)).mean())
    rounded = (round(x, 4) for x in (equal, steps, windows, steps))
    return Fidelity(precision.value, round(size / 1e6, 2), *rounded)


def export_drummer(weights: Weights, data: Path, out: Path, *, date: str, training: Mapping[str, Any]) -> DrummerReport:
    """Write the bundle of weights to a folder and return its figures, measured through the file's own runtime.

    date is the day of training, as in 2026-01-31; training says how the weights were made, for model.json.
    """
    weights = half_precision(weights)
    model = drummer_litert(weights)
    examples, library = load_gmd(data), Library()
    keepers = timekeepers(examples.split("train"))
    report = measure_drummer(
        Drummer(LiteRtNetwork(model), keepers), examples, library.humanizer(), library.latent_model(Role.DRUMS)
    )
    test = examples.split("test")
    precisions = measure_fidelities(weights, test.where(np.arange(len(test)) < FIDELITY_EXAMPLES))
    facts = {
        "id": MODEL_ID,
        "kind": "drummer",
        "version": "1",
        "title": "The drummer who plays what is missing",
        "date": date,
        "licence": "CC BY 4.0",
        "data": list(DATA),
        "config": {**sizes_of(weights), "timekeepers": keepers},
        "training": dict(training),
        "figures": {**report.figures(), "litert": {row.precision: row.equal_hits for row in precisions}},
    }
    card = drummer_card(
        report,
        precisions,
        config=sizes_of(weights),
        date=date,
        minutes=float(training["elapsed_s"]) / 60.0,
        parameters=sum(array.size for array in weights.values()),
        batching=DrummerBatching(),
    )
    files = {"weights.npz": weights_file(weights), "model.tflite": model, "MODEL_CARD.md": card.encode("utf-8")}
    write_bundle(out, facts, files)
    return report
