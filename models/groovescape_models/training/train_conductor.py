"""Train a model of four bars above the two-bar models, which stay as they are."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from groovescape_models.engines.engine import never
from groovescape_models.errors import DataSetError, UnknownNameError
from groovescape_models.music.pattern import Role
from groovescape_models.training.four_bar_sets import LOADERS
from groovescape_models.training.four_bars import FourBars
from groovescape_models.training.train_drums import silent
from groovescape_models.training.trainer import OnProgress, Trainer, TrainerOptions, TrainingResult
from groovescape_models.training.two_bar_models import TwoBarModel, Weights, shipped_two_bars

CONFIG: Final = "groovescape"
RATE: Final = 1e-3
CONDUCTOR_SHARE: Final = 0.7
"""Share of the minutes for the conductor; the rest is its flow's."""


def train_conductor(
    model_id: str,
    data: Path,
    out: Path,
    *,
    config: str = CONFIG,
    minutes: float | None = None,
    epochs: int | None = None,
    seed: int = 0,
    resume: bool = False,
    on_progress: OnProgress = silent,
    should_stop: Callable[[], bool] = never,
) -> TrainingResult:
    """Train drums_4bar, melody_4bar or trio_4bar on the data sets at a path, above the shipped two-bar models.

    The conductor comes first, then the flow to where it puts real music, in a folder in out; epochs are those of each.

    Raises DataSetError if the data is not there, UnknownNameError if a two-bar model is not or for a config that is not
    CONFIG, DependencyError where Keras has no backend to train on, ValueError if neither minutes nor epochs are given.
    """
    if config != CONFIG:
        raise UnknownNameError(f"There is no configuration {config!r}; choose {CONFIG}.")
    models, bars = _models(model_id), LOADERS[model_id](data)
    limits = [None if minutes is None else minutes * share for share in (CONDUCTOR_SHARE, 1.0 - CONDUCTOR_SHARE)]
    first, second = (
        TrainerOptions(limit, epochs, RATE, epochs_between_validations=3, resume=resume) for limit in limits
    )
    result = make_conductor_trainer(model_id, bars, models, out, first, seed=seed).run(on_progress, should_stop)
    if result.stopped:
        return result
    flow = make_flow_trainer(model_id, bars, models, result.weights, flow_folder(out, result.epochs), second, seed=seed)
    return replace(result, stopped=flow.run(on_progress, should_stop).stopped)


def flow_folder(run: Path, epochs: int) -> Path:
    """Return where the flow of a conductor that was trained for so many epochs lies: one that goes on gets another."""
    return run / f"flow_{epochs}"


def _models(model_id: str) -> Mapping[Role, TwoBarModel]:
    from groovescape_models.training.conductor_tasks import TASKS

    return {role: shipped_two_bars(role) for role in TASKS[model_id].roles}


def make_conductor_trainer(
    model_id: str,
    bars: FourBars,
    models: Mapping[Role, TwoBarModel],
    out: Path,
    options: TrainerOptions,
    *,
    seed: int,
    free_bits: float | None = None,
) -> Trainer:
    """Return the trainer of a conductor on windows that are in memory; only the train split is learned from."""
    from groovescape_models.training.averaging import AveragingTrainer
    from groovescape_models.training.conductor_tasks import (
        TASKS,
        conductor,
        conductor_batches,
        reconstruction_of,
    )

    task = TASKS[model_id]
    train, validation = bars.split("train"), bars.split("validation")
    if not len(train) or not len(validation):
        raise DataSetError("The data lacks a training or a validation split; check the folder named with --data.")
    readers = {role: models[role].latent_model() for role in task.roles}
    bits = task.free_bits if free_bits is None else free_bits
    batches = conductor_batches(task, train, readers, bits, seed)
    network = conductor(task, models, seed)
    return AveragingTrainer(network, batches, reconstruction_of(task, validation, readers), options, out)


def make_flow_trainer(
    model_id: str,
    bars: FourBars,
    models: Mapping[Role, TwoBarModel],
    weights: Weights,
    out: Path,
    options: TrainerOptions,
    *,
    seed: int,
) -> Trainer:
    """Return the trainer of the flow to where a trained conductor puts windows."""
    from groovescape_models.training.averaging import AveragingTrainer
    from groovescape_models.training.conductor_tasks import TASKS
    from groovescape_models.training.flow_tasks import flow_batches, latent_flow, latents_of, misses_of

    task = TASKS[model_id]
    readers = {role: models[role].latent_model() for role in task.roles}
    train, validation = (latents_of(weights, task, readers, bars.split(name), seed) for name in ("train", "validation"))
    network = latent_flow(task, seed)
    return AveragingTrainer(network, flow_batches(train, seed), misses_of(validation), options, out)
