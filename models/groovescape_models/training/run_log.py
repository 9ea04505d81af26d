"""What the log of a training run says."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from groovescape_models.errors import CheckpointError

LOG: Final = "log.jsonl"


@dataclass(frozen=True, slots=True)
class Rival:
    """The best epoch of a run of a drum network, on validation; epochs and minutes are those of the whole run."""

    name: str
    minutes: float
    epochs: int
    hit_f1: float
    steps_exact: float
    kl_bits: float


def log_of(run: Path) -> list[dict[str, Any]]:
    """Return the lines of a run's log, an epoch each; CheckpointError if there is none."""
    try:
        lines = (run / LOG).read_text(encoding="utf-8").splitlines()
        facts: list[dict[str, Any]] = [json.loads(line) for line in lines]
    except (OSError, ValueError) as error:
        raise CheckpointError(f"There is no log of a run in {run} ({error}); train there first.") from error
    if not facts:
        raise CheckpointError(f"The run in {run} has no epoch yet; train on.")
    return facts


def best_of(log: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the line of the epoch with the best score on validation."""
    return max((line for line in log if line["validation"]), key=lambda line: float(line["validation"]["score"]))


def rival_in(run: Path) -> Rival:
    """Return the best epoch of the run of a drum network in a folder; the folder's name is that of the run."""
    log = log_of(run)
    best = best_of(log)
    found, minutes = best["validation"], float(log[-1]["elapsed_s"]) / 60.0
    figures = (float(found["hit_f1"]), float(found["steps_exact"]), float(best["metrics"]["kl_bits"]))
    return Rival(run.name, round(minutes, 1), len(log), *figures)
