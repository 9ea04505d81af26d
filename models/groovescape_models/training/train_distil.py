"""Train a humaniser from another: the single LSTM, the lite one for real time, or one of the same size again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from groovescape_models.engines.engine import never
from groovescape_models.errors import UnknownNameError
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.train_groovae import DECAY_FROM, checked_splits, silent
from groovescape_models.training.trainer import OnProgress, Trainer, TrainerOptions, TrainingResult

TEACHER = "humanizer_2bar"


def train_distil(
    student: str,
    data: Path,
    out: Path,
    *,
    config: str = "groovescape",
    minutes: float | None = None,
    epochs: int | None = None,
    seed: int = 0,
    resume: bool = False,
    teacher: str = TEACHER,
    on_progress: OnProgress = silent,
    should_stop: Callable[[], bool] = never,
) -> TrainingResult:
    """Train a student, "lstm", "lite" or "again", on the data at a path, keeping in out the weights best on validation.

    teacher is a model that ships or a weights file (.npz). There is but the one config. Raises DataSetError if the data
    is not there, UnknownNameError for another student, config or teacher, CheckpointError for a file that is none,
    DependencyError where Keras has no backend to train on, ValueError if neither minutes nor epochs are given.
    """
    options = TrainerOptions(minutes, epochs, decay_from=DECAY_FROM, resume=resume)
    if config != "groovescape":
        raise UnknownNameError(f"There is no configuration {config!r} of a student; there is groovescape.")
    return make_student_trainer(load_gmd(data), out, options, student=student, teacher=teacher, seed=seed).run(
        on_progress, should_stop
    )


def make_student_trainer(
    examples: ExampleArrays, out: Path, options: TrainerOptions, *, student: str, teacher: str, seed: int
) -> Trainer:
    """Return the trainer of a student on examples that are in memory; only the train split is learned from."""
    from groovescape_models.training.averaging import AveragingTrainer
    from groovescape_models.training.distil_tasks import distil_task
    from groovescape_models.training.groove_tasks import misses_of

    train, validation = checked_splits(examples)
    task = distil_task(student, teacher, train, seed)
    options = replace(options, learning_rate=task.learning_rate)
    return AveragingTrainer(task.network, task.batches, misses_of(task, validation), options, out)
