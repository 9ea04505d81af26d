"""Train a two-bar VAE of melodies or basses."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.line_vocabulary import VOCABULARIES
from groovescape_models.engines.engine import never
from groovescape_models.errors import DataSetError
from groovescape_models.music.pattern import Role
from groovescape_models.training.line_examples import LineExamples
from groovescape_models.training.tonal import load_tonal
from groovescape_models.training.train_drums import silent
from groovescape_models.training.trainer import OnProgress, Trainer, TrainerOptions, TrainingResult

BARS = 2


def train_lines(
    role: Role,
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
    """Train on the train split of the collections at a path, keeping in out the weights that are best on validation.

    Raises DataSetError if the data is not there, UnknownNameError for a config that is not one of line_tasks.CONFIGS,
    DependencyError where Keras has no backend to train on, ValueError if neither minutes nor epochs are given.
    """
    options = TrainerOptions(minutes, epochs, resume=resume)
    trainer = make_line_trainer(load_tonal(data, role, BARS), role, out, options, seed=seed, config=config)
    return trainer.run(on_progress, should_stop)


def make_line_trainer(
    examples: LineExamples,
    role: Role,
    out: Path,
    options: TrainerOptions,
    *,
    seed: int,
    config: str,
    start: Mapping[str, NDArray[np.float32]] | None = None,
    eight_bits: bool = False,
    free_bits: float | None = None,
) -> Trainer:
    """Return the trainer of a line network on examples that are in memory; only the train split is learned from.

    start gives weights to begin with; eight_bits trains with the rounding of int8.
    """
    from groovescape_models.training.averaging import AveragingTrainer
    from groovescape_models.training.line_tasks import FREE_BITS, line_batches, line_network, reconstruction_of
    from groovescape_models.training.line_windows import line_windows

    vocabulary = VOCABULARIES[role]
    train, validation = (line_windows(examples, vocabulary, split) for split in ("train", "validation"))
    if not len(train) or not len(validation):
        raise DataSetError("The data lacks a training or a validation split; check the folder named with --data.")
    network = line_network(role, config, seed, eight_bits)
    if start is not None:
        for name, variable in network.named_variables().items():
            variable.assign(start[name])
    bits = FREE_BITS[role] if free_bits is None else free_bits
    batches = line_batches(network, train, vocabulary, bits, seed)
    return AveragingTrainer(network, batches, reconstruction_of(validation, bits), options, out)
