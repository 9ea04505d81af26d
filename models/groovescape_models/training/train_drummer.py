"""Train the drummer who plays what is missing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.engines.engine import never
from groovescape_models.errors import DataSetError, UnknownNameError
from groovescape_models.music.groove import BoolArray
from groovescape_models.training.checkpoint_files import assign_weights
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.train_drums import LATER_DECAY, LATER_RATE, games_at, machines_at, silent
from groovescape_models.training.trainer import OnProgress, Trainer, TrainerOptions, TrainingResult

CONFIG: Final = "groovescape"
DECAY_FROM: Final = 0.35


def train_drummer(
    data: Path,
    out: Path,
    *,
    config: str = CONFIG,
    minutes: float | None = None,
    epochs: int | None = None,
    seed: int = 0,
    resume: bool = False,
    start: Path | None = None,
    on_progress: OnProgress = silent,
    should_stop: Callable[[], bool] = never,
) -> TrainingResult:
    """Train on the train split of the data at a path, keeping in out the weights that are best on validation.

    start is a weights file (.npz) to go on from, more gently. Raises DataSetError if the data is not there,
    UnknownNameError for another config, CheckpointError for a start that does not fit, DependencyError where Keras has
    no backend to train on, ValueError if neither minutes nor epochs are given.
    """
    if config != CONFIG:
        raise UnknownNameError(f"There is no configuration {config!r} of the drummer; there is {CONFIG}.")
    options = TrainerOptions(minutes, epochs, decay_from=DECAY_FROM, resume=resume)
    if start is not None:
        options = replace(options, learning_rate=LATER_RATE, decay_from=LATER_DECAY)
    programmed = np.concatenate([machines_at(data), games_at(data)])
    trainer = make_trainer(load_gmd(data), programmed, out, options, seed=seed, start=start)
    return trainer.run(on_progress, should_stop)


def make_trainer(
    examples: ExampleArrays,
    programmed: BoolArray,
    out: Path,
    options: TrainerOptions,
    *,
    seed: int,
    start: Path | None = None,
) -> Trainer:
    """Return the trainer of a drummer on examples that are in memory; only the train split is learned from."""
    import keras

    from groovescape_models.training.averaging import AveragingTrainer
    from groovescape_models.training.drummer_tasks import DrummerBatching, answers_of, drummer_batches
    from groovescape_models.training.networks.drummer import Drummer, DrummerConfig

    train, validation = examples.split("train"), examples.split("validation")
    if not len(train) or not len(validation):
        raise DataSetError("The data lacks a training or a validation split; check the folder named with --data.")
    keras.utils.set_random_seed(seed)
    network = Drummer(DrummerConfig())
    if start is not None:
        assign_weights(network, start)
    batches = drummer_batches(train, programmed, seed, DrummerBatching())
    return AveragingTrainer(network, batches, answers_of(validation), options, out)
