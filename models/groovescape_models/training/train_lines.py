"""Train a two-bar VAE of melodies or basses."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from groovescape_models.encoding.line_vocabulary import VOCABULARIES
from groovescape_models.engines.engine import never
from groovescape_models.errors import DataSetError
from groovescape_models.music.pattern import Role
from groovescape_models.training.checkpoint_files import assign_weights
from groovescape_models.training.line_data import line_examples
from groovescape_models.training.line_examples import LineExamples
from groovescape_models.training.train_drums import LATER_DECAY, LATER_RATE, silent
from groovescape_models.training.trainer import OnProgress, Trainer, TrainerOptions, TrainingResult


@dataclass(frozen=True, slots=True)
class LineCourse:
    """How a line network is trained.

    start is a weights file (.npz) to go on from; quantised trains with the rounding of eight bits; free_bits cost
    nothing, those of line_tasks.FREE_BITS if none are given.
    """

    config: str = "groovescape"
    seed: int = 0
    start: Path | None = None
    quantised: bool = False
    free_bits: float | None = None


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
    start: Path | None = None,
    quantised: bool = False,
    on_progress: OnProgress = silent,
    should_stop: Callable[[], bool] = never,
) -> TrainingResult:
    """Train on the train split of the collections at a path, keeping in out the weights that are best on validation.

    start is a weights file (.npz) to go on from, more gently; quantised trains with the rounding of eight bits.
    Raises DataSetError if the data is not there, UnknownNameError for a config that is not one of line_tasks.CONFIGS,
    CheckpointError for a start that does not fit it, DependencyError where Keras has no backend to train on,
    ValueError if neither minutes nor epochs are given.
    """
    options = TrainerOptions(minutes, epochs, resume=resume)
    if start is not None:
        options = replace(options, learning_rate=LATER_RATE, decay_from=LATER_DECAY)
    course = LineCourse(config, seed, start, quantised)
    return make_line_trainer(line_examples(data, role), role, out, options, course).run(on_progress, should_stop)


def make_line_trainer(
    examples: LineExamples, role: Role, out: Path, options: TrainerOptions, course: LineCourse
) -> Trainer:
    """Return the trainer of a line network on examples in memory; only the train split is learned from."""
    from groovescape_models.training import line_tasks
    from groovescape_models.training.averaging import AveragingTrainer
    from groovescape_models.training.line_windows import line_windows

    vocabulary = VOCABULARIES[role]
    train, validation = (line_windows(examples, vocabulary, split) for split in ("train", "validation"))
    if not len(train) or not len(validation):
        raise DataSetError("The data lacks a training or a validation split; check the folder named with --data.")
    network = line_tasks.line_network(role, course.config, course.seed, course.quantised)
    if course.start is not None:
        assign_weights(network, course.start)
    bits = line_tasks.FREE_BITS[role] if course.free_bits is None else course.free_bits
    early = line_tasks.EARLY_BITS if course.start is None else 0.0
    batches = line_tasks.line_batches(network, train, vocabulary, bits, course.seed, early)
    return AveragingTrainer(network, batches, line_tasks.reconstruction_of(validation, bits), options, out)
