"""What a maintainer types to turn a training run into what ships; it needs TensorFlow.

python -m groovescape_models.training.ship drums RUN --data PATH --resources PATH    a run -> its bundle and styles
python -m groovescape_models.training.ship humanizer RUN --data PATH --resources PATH
python -m groovescape_models.training.ship library --data PATH --resources PATH        groove presets
"""

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from groovescape_models.errors import CheckpointError
from groovescape_models.training import evaluate_groove
from groovescape_models.training.library import build_library
from groovescape_models.training.run_log import log_of, rival_in

BEST = "best.npz"


def main(argv: list[str] | None = None) -> int:
    """Write what was asked for and say what it measures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("drums", "humanizer", "library"))
    parser.add_argument("run", type=Path, nargs="?", help=f"folder of the training run, with its {BEST}")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--resources", type=Path, required=True, help="resources/groovescape_resources")
    parser.add_argument("--beside", type=Path, nargs="*", default=(), help="other runs of drums to name in the card")
    arguments = parser.parse_args(argv)
    if arguments.what == "library":
        text = f"{build_library(arguments.data, arguments.resources)} groove presets"
    elif arguments.run is None:
        parser.error("name the folder of the training run")
    else:
        text = ship(arguments.what, arguments.run, arguments.data, arguments.resources, arguments.beside)
    sys.stdout.write(f"{text}\n")
    return 0


def ship(what: str, run: Path, data: Path, resources: Path, beside: Sequence[Path] = ()) -> str:
    """Write the bundle of a run's best weights and return its figures as text; CheckpointError without weights."""
    from groovescape_models.training import export_drums, export_groove

    try:
        with np.load(run / BEST, allow_pickle=False) as archive:
            weights = {name: archive[name] for name in archive.files}
    except (OSError, ValueError) as error:
        raise CheckpointError(f"There are no weights in {run} ({error}); train there first.") from error
    date, training = datetime.datetime.now(tz=datetime.UTC).date().isoformat(), log_of(run)[-1]
    if what == "drums":
        rivals = [rival_in(folder) for folder in (run, *beside)]
        return export_drums.export_drums(weights, data, resources, date=date, training=training, rivals=rivals).text()
    out = resources / "checkpoints" / evaluate_groove.MODEL_ID
    return export_groove.export_groove(weights, data, out, date=date, training=training).text()


if __name__ == "__main__":
    sys.exit(main())
