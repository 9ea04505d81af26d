"""Train a two-bar drum VAE: ours, or the official MusicVAE configuration that is exchanged with Magenta."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.engines.engine import never
from groovescape_models.errors import DataSetError
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray
from groovescape_models.training.drum_machines import FOLDER, load_drum_machines
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.trainer import OnProgress, Progress, Trainer, TrainerOptions, TrainingResult

CONFIGS: Final = ("groovescape", "official")


def silent(_: Progress) -> None:
    """Show no progress."""


def train_musicvae_drums(
    data: Path,
    out: Path,
    *,
    config: str = "groovescape",
    minutes: float | None = None,
    epochs: int | None = None,
    seed: int = 0,
    resume: bool = False,
    on_progress: OnProgress = silent,
    should_stop: Callable[[], bool] = never,
) -> TrainingResult:
    """Train on the train split of the data at a path, keeping in out the weights that are best on validation.

    Raises DataSetError if the data is not there, UnknownNameError for a config that is not one of CONFIGS,
    DependencyError where Keras has no backend to train on, ValueError if neither minutes nor epochs are given.
    """
    options = TrainerOptions(minutes, epochs, resume=resume)
    trainer = make_trainer(load_gmd(data), machines_at(data), out, options, seed=seed, config=config)
    return trainer.run(on_progress, should_stop)


def machines_at(data: Path) -> BoolArray:
    """Return the hits of the drum machine patterns beside the data set, (k, 32, 9); none where they are not there."""
    if (data / FOLDER).is_dir():
        return load_drum_machines(data).hits
    return np.zeros((0, TWO_BARS, DRUM_COUNT), np.bool_)


def make_trainer(
    examples: ExampleArrays, machines: BoolArray, out: Path, options: TrainerOptions, *, seed: int, config: str
) -> Trainer:
    """Return the trainer of a drum network on examples that are in memory; only the train split is learned from."""
    from groovescape_models.training.drum_tasks import drum_batches, drum_task, reconstruction_of

    train, validation = examples.split("train").hits, examples.split("validation").hits
    if not len(train) or not len(validation):
        raise DataSetError("The data lacks a training or a validation split; check the folder named with --data.")
    task = drum_task(config, seed)
    batches = drum_batches(task, train, machines, seed)
    return Trainer(task.network, batches, reconstruction_of(task, validation), options, out)
