"""What a maintainer types to turn a training run into what ships; it needs TensorFlow.

python -m groovescape_models.training.ship drums RUN --data PATH --resources PATH      weights of a run -> a bundle
python -m groovescape_models.training.ship humanizer RUN --data PATH --resources PATH
python -m groovescape_models.training.ship library --data PATH --resources PATH        groove presets
"""

import argparse
import datetime
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from groovescape_models.errors import CheckpointError
from groovescape_models.training import evaluate_drums, evaluate_groove
from groovescape_models.training.library import build_library

BEST = "best.npz"
LOG = "log.jsonl"


def main(argv: list[str] | None = None) -> int:
    """Write what was asked for and say what it measures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("drums", "humanizer", "library"))
    parser.add_argument("run", type=Path, nargs="?", help=f"folder of the training run, with its {BEST}")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--resources", type=Path, required=True, help="resources/groovescape_resources")
    arguments = parser.parse_args(argv)
    if arguments.what == "library":
        text = f"{build_library(arguments.data, arguments.resources)} groove presets"
    elif arguments.run is None:
        parser.error("name the folder of the training run")
    else:
        text = ship(arguments.what, arguments.run, arguments.data, arguments.resources)
    sys.stdout.write(f"{text}\n")
    return 0


def ship(what: str, run: Path, data: Path, resources: Path) -> str:
    """Write the bundle of a run's best weights and return its figures as text; CheckpointError without weights."""
    from groovescape_models.training import export_drums, export_groove

    try:
        with np.load(run / BEST, allow_pickle=False) as archive:
            weights = {name: archive[name] for name in archive.files}
    except (OSError, ValueError) as error:
        raise CheckpointError(f"There are no weights in {run} ({error}); train there first.") from error
    date, training = datetime.datetime.now(tz=datetime.UTC).date().isoformat(), _last_epoch(run)
    checkpoints = resources / "checkpoints"
    if what == "drums":
        out = checkpoints / evaluate_drums.MODEL_ID
        return export_drums.export_drums(weights, data, out, date=date, training=training).text()
    out = checkpoints / evaluate_groove.MODEL_ID
    return export_groove.export_groove(weights, data, out, date=date, training=training).text()


def _last_epoch(run: Path) -> dict[str, Any]:
    """Return what the log says of the last epoch of a run."""
    lines = (run / LOG).read_text(encoding="utf-8").splitlines()
    facts: dict[str, Any] = json.loads(lines[-1])
    return facts


if __name__ == "__main__":
    sys.exit(main())
