"""groovescape train: the models, from data sets in a given folder. TensorFlow is imported here and nowhere else."""

import argparse
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from groovescape.cli_text import ProgressBar, add_command, add_json, note, number, say, say_json, whole
from groovescape_models.errors import DependencyError, UnknownNameError
from groovescape_models.music.pattern import Role

if TYPE_CHECKING:
    from groovescape.cli_text import Subcommands
    from groovescape_models.training.trainer import OnProgress, Progress, TrainingResult

DRUMS = "musicvae-drums"
LINES = ("melody", "bass")
QUANTISABLE = (DRUMS, *LINES)
DRUMMER = "drummer"
FOUR_BARS = ("drums_4bar", "melody_4bar", "trio_4bar")
STUDENTS = {"groove-lstm": "lstm", "groove-lite": "lite", "groove-again": "again"}
MODELS = (DRUMS, *LINES, *FOUR_BARS, "groovae", *STUDENTS, DRUMMER)
TEACHER = "humanizer_2bar"
DEFAULT_MINUTES = 60.0
INTERRUPTED = 130
CONFIGS = (
    "groovescape (default); for lines medium, for musicvae-drums official, for groovae official (humanises), "
    "official-tap, official-hats, official-control or official-4bar"
)


class Train(Protocol):
    """What trains a model: see models/groovescape_models/training."""

    def __call__(
        self,
        data: Path,
        out: Path,
        *,
        config: str,
        minutes: float | None,
        epochs: int | None,
        seed: int,
        resume: bool,
        on_progress: "OnProgress",
    ) -> "TrainingResult":
        """Train and return what came of it."""
        ...


def add_commands(commands: "Subcommands") -> None:
    """Add train."""
    example = "train groovae --data ~/data/gmd --minutes 90 --out runs/groovae"
    parser = add_command(commands, "train", train, "train a model (needs TensorFlow: type ./run train ...)", example)
    parser.add_argument("model", choices=MODELS, help="what to train")
    parser.add_argument("--data", type=Path, required=True, metavar="PATH", help="folder of the data sets")
    parser.add_argument("--out", type=Path, metavar="PATH", help="folder of weights and log (runs/MODEL)")
    parser.add_argument("--config", default="groovescape", metavar="NAME", help=CONFIGS)
    parser.add_argument("--minutes", type=number(0.01, 1e5), metavar="N", help=f"stop after N ({DEFAULT_MINUTES:g})")
    parser.add_argument("--epochs", type=whole(1, 1_000_000), metavar="N", help="stop after N epochs")
    parser.add_argument("--seed", type=whole(0, 2**31 - 1), default=0, metavar="N", help="of weights and batches (0)")
    parser.add_argument("--resume", action="store_true", help="go on with the run in --out")
    parser.add_argument("--from", dest="start", type=Path, metavar="FILE", help="weights (.npz) to begin with")
    parser.add_argument(
        "--teacher",
        default=TEACHER,
        metavar="NAME",
        help=f"whom groove-lstm, groove-lite and groove-again learn from ({TEACHER})",
    )
    parser.add_argument("--quantised", action="store_true", help="train with the rounding of eight bits")
    add_json(parser)


def train(arguments: argparse.Namespace) -> int:
    """Train a model, showing where the run stands."""
    out = arguments.out or Path("runs") / arguments.model
    endless = arguments.minutes is None and arguments.epochs is None
    bar = ProgressBar(f"Training {arguments.model}")
    result = _trainer(arguments)(
        arguments.data,
        out,
        config=arguments.config,
        minutes=DEFAULT_MINUTES if endless else arguments.minutes,
        epochs=arguments.epochs,
        seed=arguments.seed,
        resume=arguments.resume,
        on_progress=lambda progress: bar.show(progress.done, _words(progress)),
    )
    _report(result, out, arguments.json)
    return INTERRUPTED if result.stopped else 0


def _report(result: "TrainingResult", out: Path, as_json: bool) -> None:
    score = result.best_score if result.epochs else None
    facts = {"out": str(out), "score": score, "epochs": result.epochs, "minutes": result.elapsed_s / 60}
    if as_json:
        say_json(facts | {"stopped": result.stopped})
    elif score is None:
        say("Stopped before the first epoch was done: there are no weights yet.")
    else:
        say(
            f"Best score {result.best_score:.4f} on validation after {result.epochs} epochs; "
            f"weights and log are in {out}."
        )
    if result.stopped:
        note("Stopped; go on with --resume.")


def _words(progress: "Progress") -> str:
    metrics = "  ".join(f"{name} {value:.4g}" for name, value in progress.metrics.items())
    return f"{progress.done:.0%}  epoch {progress.epoch + 1}  {progress.elapsed_s / 60:.1f} min  {metrics}"


def _trainer(arguments: argparse.Namespace) -> Train:
    """Return what trains a model; DependencyError where TensorFlow or Keras is not installed.

    UnknownNameError for an option that the model does not know.
    """
    _check_options(arguments)
    model, start, quantised = arguments.model, arguments.start, arguments.quantised
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    try:
        if model == "groovae":
            from groovescape_models.training.train_groovae import train_groovae

            return partial(train_groovae, start=start)
        if model in STUDENTS:
            from groovescape_models.training.train_distil import train_distil

            return partial(train_distil, STUDENTS[model], teacher=arguments.teacher)
        if model in LINES:
            from groovescape_models.training.train_lines import train_lines

            return partial(train_lines, Role(model), start=start, quantised=quantised)
        if model == DRUMMER:
            from groovescape_models.training.train_drummer import train_drummer

            return partial(train_drummer, start=start)
        if model in FOUR_BARS:
            from groovescape_models.training.train_conductor import train_conductor

            return partial(train_conductor, model)
        from groovescape_models.training.train_drums import train_musicvae_drums
    except ModuleNotFoundError as error:
        raise needs_tensorflow(error) from error
    return partial(train_musicvae_drums, start=start, quantised=quantised)


def _check_options(arguments: argparse.Namespace) -> None:
    """Raise UnknownNameError for an option that is not for the model."""
    asked = (
        ("--quantised", arguments.quantised, QUANTISABLE),
        ("--from", arguments.start, (*QUANTISABLE, "groovae", DRUMMER)),
        ("--teacher", arguments.teacher != TEACHER, tuple(STUDENTS)),
    )
    for option, is_given, models in asked:
        if is_given and arguments.model not in models:
            raise UnknownNameError(f"{option} is for {', '.join(models)}, not for {arguments.model}.")


def needs_tensorflow(error: ModuleNotFoundError) -> Exception:
    """Return what to raise where a module is missing: a sentence for TensorFlow and Keras, else the error."""
    if (error.name or "").split(".")[0] not in ("tensorflow", "keras"):
        return error
    return DependencyError(
        "Training needs TensorFlow and Keras: type ./run train ... in a clone, or pip install 'groovescape[train]'."
    )
