"""What a maintainer types to turn a training run into what ships; it needs TensorFlow.

python -m groovescape_models.training.ship drums RUN --data PATH --resources PATH    a run -> its bundle and styles
python -m groovescape_models.training.ship melody RUN --data PATH --resources PATH   a run -> its bundle; bass too
python -m groovescape_models.training.ship trio_4bar RUN --data PATH --resources PATH   drums_4bar, melody_4bar too
python -m groovescape_models.training.ship humanizer RUN --data PATH --resources PATH   groove-lstm, groove-lite too
python -m groovescape_models.training.ship drummer RUN --data PATH --resources PATH
python -m groovescape_models.training.ship library --data PATH --resources PATH        groove presets
"""

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from groovescape_models.errors import CheckpointError
from groovescape_models.music.pattern import Role
from groovescape_models.training.conductor_card import conductor_run
from groovescape_models.training.four_bar_sets import LOADERS
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.library import build_library
from groovescape_models.training.line_card import curve_of, line_run
from groovescape_models.training.line_data import line_examples
from groovescape_models.training.run_log import best_of, log_of, rival_in
from groovescape_models.training.train_conductor import flow_folder

BEST = "best.npz"
DRUMMER = "drummer"
HUMANIZERS = ("humanizer", "groove-lstm", "groove-lite")


def main(argv: list[str] | None = None) -> int:
    """Write what was asked for and say what it measures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("drums", "melody", "bass", *LOADERS, *HUMANIZERS, DRUMMER, "library"))
    parser.add_argument("run", type=Path, nargs="?", help=f"folder of the training run, with its {BEST}")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--resources", type=Path, required=True, help="resources/groovescape_resources")
    parser.add_argument("--beside", type=Path, nargs="*", default=(), help="other runs to name in the card")
    parser.add_argument("--made", nargs="*", default=(), help="how a humaniser was made, a line each, for its card")
    parser.add_argument("--lines", type=Path, help="folder with ROLE_2bar.npz, where lines were read before")
    arguments = parser.parse_args(argv)
    if arguments.what == "library":
        text = f"{build_library(arguments.data, arguments.resources)} groove presets"
    elif arguments.run is None:
        parser.error("name the folder of the training run")
    else:
        data = arguments.data if arguments.lines is None else arguments.lines
        text = ship(arguments.what, arguments.run, data, arguments.resources, arguments.beside, arguments.made)
    sys.stdout.write(f"{text}\n")
    return 0


def ship(
    what: str, run: Path, data: Path, resources: Path, beside: Sequence[Path] = (), made: Sequence[str] = ()
) -> str:
    """Write the bundle of a run's best weights and return its figures as text; CheckpointError without weights."""
    from groovescape_models.training import export_drums, export_groove

    weights = weights_of(run)
    date, training = datetime.datetime.now(tz=datetime.UTC).date().isoformat(), log_of(run)[-1]
    if what in (Role.MELODY, Role.BASS):
        return ship_lines(Role(what), run, data, resources, beside)
    if what in LOADERS:
        return ship_four_bars(what, run, data, resources, beside)
    if what == DRUMMER:
        return ship_drummer(run, data, resources, beside)
    if what == "drums":
        rivals = [rival_in(folder) for folder in (run, *beside)]
        return export_drums.export_drums(weights, data, resources, date=date, training=training, rivals=rivals).text()
    about = {"made": list(made), **best_of(log_of(run))}
    return export_groove.export_groove(what, weights, data, resources, date=date, training=about).text()


def ship_lines(role: Role, run: Path, data: Path, resources: Path, beside: Sequence[Path] = ()) -> str:
    """Write the bundle of a run of melody or bass and return its figures as text.

    data holds the data sets, or ROLE_2bar.npz with the examples made of them.
    """
    from groovescape_models.training.export_lines import export_lines

    examples = line_examples(data, role)
    runs = [line_run(folder.name, log_of(folder), weights_of(folder)) for folder in (run, *beside)]
    date = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    training, curve = best_of(log_of(run)), curve_of(log_of(run))
    weights = weights_of(run)
    return export_lines(weights, role, examples, resources, date=date, training=training, runs=runs, curve=curve).text()


def ship_drummer(run: Path, data: Path, resources: Path, before: Sequence[Path] = ()) -> str:
    """Write the bundle of a run of the drummer who plays what is missing and return its figures as text.

    before are the runs whose weights it went on from.
    """
    from groovescape_models.training.export_drummer import export_drummer

    log, date = log_of(run), datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    logs = [log, *(log_of(folder) for folder in before)]
    spent = {"elapsed_s": sum(each[-1]["elapsed_s"] for each in logs), "epochs": sum(map(len, logs))}
    training = {**best_of(log), **spent}
    out = resources / "checkpoints" / "drummer_2bar"
    return export_drummer(weights_of(run), data, out, date=date, training=training).text()


def ship_four_bars(what: str, run: Path, data: Path, resources: Path, beside: Sequence[Path] = ()) -> str:
    """Write the bundle of a run of a conductor, above the two-bar models that ship, and return its figures as text."""
    from groovescape_models.training.export_conductor import export_conductor

    runs = [conductor_run(folder.name, log_of(folder)) for folder in (run, *beside)]
    date, training = datetime.datetime.now(tz=datetime.UTC).date().isoformat(), best_of(log_of(run))
    bars, clips = LOADERS[what](data), load_gmd(data)
    weights = {**weights_of(run), **weights_of(flow_folder(run, len(log_of(run))))}
    return export_conductor(weights, what, bars, clips, resources, date=date, training=training, runs=runs).text()


def weights_of(run: Path) -> dict[str, NDArray[np.float32]]:
    """Return the best weights of a run; CheckpointError if there are none."""
    try:
        with np.load(run / BEST, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, ValueError) as error:
        raise CheckpointError(f"There are no weights in {run} ({error}); train there first.") from error


if __name__ == "__main__":
    sys.exit(main())
