"""Turn trained weights of a conductor into the bundle that ships: half-precision weights, figures, model card."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from groovescape_models.engines.library import TWO_BARS, Library, weights_of
from groovescape_models.engines.trio import TrioGenerator, TrioModels
from groovescape_models.inference.numpy_conductor import NumpyConductor, Weights
from groovescape_models.music.pattern import Role
from groovescape_models.training.bundle import half_precision, weights_file, write_bundle
from groovescape_models.training.conductor_card import DATA, TITLES, ConductorRun, conductor_card
from groovescape_models.training.conductor_report import ConductorReport
from groovescape_models.training.conductor_tasks import TASKS
from groovescape_models.training.evaluate_conductor import FourBarModel, measure_conductor, with_styles, with_trio
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.four_bars import FourBars
from groovescape_models.training.progression_counts import count_progressions


def export_conductor(
    weights: Weights,
    model_id: str,
    bars: FourBars,
    clips: ExampleArrays,
    resources: Path,
    *,
    date: str,
    training: Mapping[str, object],
    runs: Sequence[ConductorRun] = (),
) -> ConductorReport:
    """Write the bundle of weights below a resources folder and return its figures, measured as the program runs it.

    clips are real drums with styles, to judge styles by; date is the day of training, as in 2026-01-31; training says
    how the weights were made, for model.json; runs are others to name beside it.
    """
    weights = half_precision(weights)
    config = _config(model_id, bars)
    report = _measured(weights, model_id, bars, clips, config)
    packed = weights_file(weights)
    facts = {
        "id": model_id,
        "kind": "conductor",
        "version": "1",
        "title": TITLES[model_id],
        "date": date,
        "licence": "CC BY 4.0",
        "data": list(DATA[model_id]),
        "config": config,
        "training": {"free_bits": TASKS[model_id].free_bits, **training},
        "figures": {**report.figures(), "runs": [asdict(run) for run in runs]},
    }
    card = conductor_card(model_id, report, runs, len(packed) / 1e6, date)
    files = {"weights.npz": packed, "MODEL_CARD.md": card.encode("utf-8")}
    write_bundle(resources / "checkpoints" / model_id, facts, files)
    return report


def _config(model_id: str, bars: FourBars) -> dict[str, Any]:
    """Return what model.json says of how to run a model."""
    task = TASKS[model_id]
    progressions = count_progressions(bars.split("train").conditions) if len(task.roles) > 1 else {}
    return {
        "roles": [role.value for role in task.roles],
        "latent_size": task.latent_size,
        "styles": list(task.styles),
        "above": {TWO_BARS[role]: weights_of(TWO_BARS[role]) for role in task.roles},
        "progressions": progressions,
    }


def _measured(
    weights: Weights, model_id: str, bars: FourBars, clips: ExampleArrays, config: Mapping[str, Any]
) -> ConductorReport:
    task, library = TASKS[model_id], Library()
    players = {role: library.two_bars(role) for role in task.roles}
    model = FourBarModel(NumpyConductor(weights), task.latent_size, task.styles, players)
    report = measure_conductor(model, bars)
    if Role.DRUMS in task.roles:
        report = with_styles(report, model, clips)
    if len(task.roles) == 1:
        return report
    return with_trio(report, TrioGenerator(_trio_models(model, library, config)), bars)


def _trio_models(model: FourBarModel, library: Library, config: Mapping[str, Any]) -> TrioModels:
    lines = library.lines
    return TrioModels(
        model.conductor,
        model.latent_size,
        model.styles,
        lines[Role.MELODY](),
        lines[Role.BASS](),
        library.drums(),
        library.humanizer(),
        config["progressions"],
    )
