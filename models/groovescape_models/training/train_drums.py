"""Train a two-bar drum VAE: ours, or the official MusicVAE configuration that is exchanged with Magenta."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.engines.engine import never
from groovescape_models.errors import DataSetError
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray
from groovescape_models.training.checkpoint_files import assign_weights
from groovescape_models.training.drum_machines import FOLDER, load_drum_machines
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.freedoom_drums import FOLDER as GAMES_FOLDER
from groovescape_models.training.freedoom_drums import load_freedoom_drums
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.trainer import OnProgress, Progress, Trainer, TrainerOptions, TrainingResult

CONFIGS: Final = ("groovescape", "medium", "official")
NOTHING: Final[BoolArray] = np.zeros((0, TWO_BARS, DRUM_COUNT), np.bool_)
LATER_RATE: Final = 7e-4
LATER_DECAY: Final = 0.3
"""Learning rate of a network that has learned already, and when it begins to fall."""


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
    start: Path | None = None,
    quantised: bool = False,
    on_progress: OnProgress = silent,
    should_stop: Callable[[], bool] = never,
) -> TrainingResult:
    """Train on the train split of the data at a path, keeping in out the weights that are best on validation.

    start is a weights file (.npz) to go on from, more gently; quantised trains with the rounding of eight bits.
    Raises DataSetError if the data is not there, UnknownNameError for a config that is not one of CONFIGS,
    CheckpointError for a start that does not fit it, DependencyError where Keras has no backend to train on,
    ValueError if neither minutes nor epochs are given.
    """
    options = TrainerOptions(minutes, epochs, resume=resume)
    if start is not None:
        options = replace(options, learning_rate=LATER_RATE, decay_from=LATER_DECAY)
    examples = load_gmd(data)
    trainer = make_trainer(
        examples,
        machines_at(data),
        out,
        options,
        seed=seed,
        config=config,
        games=games_at(data),
        start=start,
        quantised=quantised,
    )
    return trainer.run(on_progress, should_stop)


def machines_at(data: Path) -> BoolArray:
    """Return the hits of the drum machine patterns beside the data set, (k, 32, 9); none where they are not there."""
    if (data / FOLDER).is_dir():
        return load_drum_machines(data).hits
    return NOTHING


def games_at(data: Path) -> BoolArray:
    """Return the hits of Freedoom's music beside the data set, (k, 32, 9); none where it is not there."""
    if (data / GAMES_FOLDER).is_dir():
        return load_freedoom_drums(data).hits
    return NOTHING


def make_trainer(
    examples: ExampleArrays,
    machines: BoolArray,
    out: Path,
    options: TrainerOptions,
    *,
    seed: int,
    config: str,
    games: BoolArray = NOTHING,
    start: Path | None = None,
    quantised: bool = False,
) -> Trainer:
    """Return the trainer of a drum network on examples that are in memory; only the train split is learned from.

    games (k, 32, 9) are patterns that are learned from beside it.
    """
    from groovescape_models.training.averaging import AveragingTrainer
    from groovescape_models.training.drum_tasks import drum_batches, drum_task, reconstruction_of

    train, validation = examples.split("train").hits, examples.split("validation").hits
    if not len(train) or not len(validation):
        raise DataSetError("The data lacks a training or a validation split; check the folder named with --data.")
    task = drum_task(config, seed, quantised)
    if start is not None:
        assign_weights(task.network, start)
    batches = drum_batches(task, np.concatenate([train, games]), machines, seed)
    kind = Trainer if config == "official" else AveragingTrainer
    return kind(task.network, batches, reconstruction_of(task, validation), options, out)
