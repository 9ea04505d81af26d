"""Turn trained weights of a melody or bass network into the bundle that ships: weights, LiteRT files, figures, card."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.encoding.line_vocabulary import VOCABULARIES
from groovescape_models.engines.line_vae import LineVae
from groovescape_models.inference.numpy_line_vae import NumpyLineVae, Weights
from groovescape_models.inference.runtime import LiteRtNetwork
from groovescape_models.latent.naturalness import read_naturalness
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.bundle import weights_file, write_bundle
from groovescape_models.training.eight_bits import on_int8_grid
from groovescape_models.training.evaluate_lines import PRIOR, LineReport, measure_lines
from groovescape_models.training.line_augment import forget
from groovescape_models.training.line_card import DATA, LineRun, line_card
from groovescape_models.training.line_examples import LineExamples
from groovescape_models.training.line_fidelity import ENOUGH, LineFidelity, measure_line_fidelities
from groovescape_models.training.line_windows import line_windows
from groovescape_models.training.litert_files import Precision
from groovescape_models.training.litert_lines import line_litert
from groovescape_models.training.networks.line_vae import config_of
from groovescape_models.training.prior_ratio import train_prior_ratio

ENCODED_AT_ONCE: Final = 1024
SHIPPED: Final = (Precision.INT8, Precision.FLOAT16)
"""Precisions of which one ships: the first that keeps ENOUGH of the tokens, else the last."""


def export_lines(
    weights: Weights,
    role: Role,
    examples: LineExamples,
    resources: Path,
    *,
    date: str,
    training: Mapping[str, object],
    runs: Sequence[LineRun] = (),
    curve: Sequence[tuple[float, float, float]] = (),
) -> LineReport:
    """Write the bundle of weights below a resources folder and return its figures, measured through its own file.

    date is the day of training, as in 2026-01-31; training says how the weights were made, for model.json; runs are
    named in the card, this one among them; curve is how bits and exactness went in it.
    """
    weights = on_int8_grid(weights)
    config = config_of(weights)
    files = {precision: line_litert(weights, precision) for precision in Precision}
    fidelities = measure_line_fidelities(files, weights, examples, role)
    chosen = first_faithful(fidelities)
    prior = weights_file(prior_of(weights, role, examples))
    model = LineVae(LiteRtNetwork(files[chosen]), role, config.latent_size)
    report = measure_lines(model, read_naturalness(prior), examples)
    facts = {
        "id": f"{role.value}_2bar",
        "kind": "line_vae",
        "version": "1",
        "title": f"Two bars of {role.value}",
        "date": date,
        "licence": "CC BY 4.0",
        "data": list(DATA[role]),
        "config": asdict(config),
        "precisions": {chosen.value: "model.tflite"},
        "training": dict(training),
        "figures": {
            **report.figures(),
            "litert": [asdict(row) for row in fidelities],
            "runs": [asdict(row) for row in runs],
            "curve": [list(point) for point in curve],
        },
    }
    card = line_card(role, report, fidelities, runs, curve, date)
    kept = {"weights.npz": weights_file(weights), "model.tflite": files[chosen], PRIOR: prior}
    folder = resources / "checkpoints" / f"{role.value}_2bar"
    write_bundle(folder, facts, {**kept, "MODEL_CARD.md": card.encode("utf-8")})
    return report


def prior_of(weights: Weights, role: Role, examples: LineExamples) -> dict[str, FloatArray]:
    """Return the weights of what tells natural latents, trained on the posteriors of the train split."""
    windows = line_windows(examples, VOCABULARIES[role], "train")
    windows = forget(windows, np.ones(len(windows), np.bool_))
    network = NumpyLineVae(weights)
    parts = []
    for first in range(0, len(windows), ENCODED_AT_ONCE):
        part = windows.at(slice(first, first + ENCODED_AT_ONCE))
        parts.append(network.encode(part.tokens.astype(np.float32), part.conditions.astype(np.float32)))
    mu, sigma = (np.concatenate([part[name] for part in parts]) for name in ("mu", "sigma"))
    return train_prior_ratio(mu, sigma, windows.weights)


def first_faithful(fidelities: Sequence[LineFidelity]) -> Precision:
    """Return the precision to ship."""
    kept = {row.precision: row.equal_tokens for row in fidelities}
    return next((each for each in SHIPPED if kept[each.value] >= ENOUGH), SHIPPED[-1])
