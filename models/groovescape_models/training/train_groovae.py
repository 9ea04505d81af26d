"""Train a humaniser: ours, or one of the official GrooVAEs, which are exchanged with Magenta."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from groovescape_models.engines.engine import never
from groovescape_models.errors import DataSetError
from groovescape_models.training.checkpoint_files import save_arrays
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.official_kinds import KINDS
from groovescape_models.training.trainer import OnProgress, Progress, Trainer, TrainerOptions, TrainingResult

DECAY_FROM: Final = 0.3
LATER_RATE: Final = 8e-4
"""Learning rate of a run that goes on from weights."""


def silent(_: Progress) -> None:
    """Show no progress."""


def train_groovae(
    data: Path,
    out: Path,
    *,
    config: str = "groovescape",
    minutes: float | None = None,
    epochs: int | None = None,
    seed: int = 0,
    resume: bool = False,
    start: Path | None = None,
    on_progress: OnProgress = silent,
    should_stop: Callable[[], bool] = never,
) -> TrainingResult:
    """Train on the train split of the data at a path, keeping in out the weights that are best on validation.

    config is "groovescape" or one of official_kinds.KINDS, whose best weights are kept under Magenta's name too, which
    tells what the network hears; start is a weights file (.npz) to go on from, more gently. Raises DataSetError if the
    data is not there, UnknownNameError for another config, CheckpointError for a start that does not fit it,
    DependencyError where Keras has no backend to train on, ValueError if neither minutes nor epochs are given.
    """
    options = TrainerOptions(minutes, epochs, decay_from=DECAY_FROM, resume=resume)
    trainer = make_trainer(load_gmd(data), out, options, seed=seed, config=config, start=start)
    result = trainer.run(on_progress, should_stop)
    if config in KINDS and result.epochs:
        save_arrays(out / f"{KINDS[config].name}.npz", result.weights)
    return result


def make_trainer(
    examples: ExampleArrays,
    out: Path,
    options: TrainerOptions,
    *,
    seed: int,
    config: str,
    start: Path | None = None,
) -> Trainer:
    """Return the trainer of a humaniser on examples that are in memory; only the train split is learned from."""
    from groovescape_models.training.averaging import AveragingTrainer
    from groovescape_models.training.checkpoint_files import assign_weights
    from groovescape_models.training.groove_tasks import groove_task, misses_of

    train, validation = checked_splits(examples)
    task = groove_task(config, train, seed)
    if start is not None:
        assign_weights(task.network, start)
    options = replace(options, learning_rate=task.learning_rate if start is None else LATER_RATE)
    kind = AveragingTrainer if task.averaging else Trainer
    return kind(task.network, task.batches, misses_of(task, validation), options, out)


def checked_splits(examples: ExampleArrays) -> tuple[ExampleArrays, ExampleArrays]:
    """Return what to train on and what to validate on; DataSetError if either is not there."""
    train, validation = examples.split("train"), examples.split("validation")
    if not len(train) or not len(validation):
        raise DataSetError("The data lacks a training or a validation split; check the folder named with --data.")
    return train, validation
