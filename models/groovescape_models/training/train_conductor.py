"""Train a model of four bars above the two-bar models, which stay as they are."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from groovescape_models.engines.engine import never
from groovescape_models.errors import DataSetError, UnknownNameError
from groovescape_models.music.pattern import Role
from groovescape_models.training.four_bar_sets import LOADERS
from groovescape_models.training.four_bars import FourBars
from groovescape_models.training.train_drums import silent
from groovescape_models.training.trainer import OnProgress, Trainer, TrainerOptions, TrainingResult
from groovescape_models.training.two_bar_models import TwoBarModel, shipped_two_bars

CONFIG: Final = "groovescape"


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

    Raises DataSetError if the data is not there, UnknownNameError if a two-bar model is not or for a config that is not
    CONFIG, DependencyError where Keras has no backend to train on, ValueError if neither minutes nor epochs are given.
    """
    if config != CONFIG:
        raise UnknownNameError(f"There is no configuration {config!r}; choose {CONFIG}.")
    from groovescape_models.training.conductor_tasks import TASKS

    options = TrainerOptions(minutes, epochs, learning_rate=1e-3, resume=resume)
    models = {role: shipped_two_bars(role) for role in TASKS[model_id].roles}
    trainer = make_conductor_trainer(model_id, LOADERS[model_id](data), models, out, options, seed=seed)
    return trainer.run(on_progress, should_stop)


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
