"""groovescape evaluate: the figures of a shipped model on the test split of the data in a given folder."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from groovescape.cli_text import add_command, add_json, note, number, say, say_json

if TYPE_CHECKING:
    from groovescape.cli_text import Subcommands
    from groovescape_models.checkpoints.registry import ModelInfo
    from groovescape_models.training.conductor_report import ConductorReport
    from groovescape_models.training.evaluate_controls import ControlReport
    from groovescape_models.training.evaluate_drummer import DrummerReport
    from groovescape_models.training.evaluate_drums import DrumReport
    from groovescape_models.training.evaluate_lines import LineReport
    from groovescape_models.training.evaluate_styles import StyleReport
    from groovescape_models.training.groove_report import GrooveReport
    from groovescape_models.training.groove_table import GrooveTableReport

    Measured = ConductorReport | DrummerReport | DrumReport | GrooveReport | LineReport
    Report = Measured | ControlReport | GrooveTableReport | StyleReport

STYLES = "styles"
CONTROLS = "controls"
GROOVE = "groove"
"""What is measured beside the models: how the draws of each drum style show it, what the sliders do, and how a
humaniser stands beside every other way to play hits."""
BILSTM_MINUTES = 10.0
BY_TRAINING_NAME = {
    "musicvae-drums": "drums_2bar",
    "groovae": "humanizer_2bar",
    "melody": "melody_2bar",
    "bass": "bass_2bar",
    "drummer": "drummer_2bar",
}
"""The shipped model that came of each training command."""


def add_commands(commands: "Subcommands") -> None:
    """Add evaluate."""
    example = "evaluate humanizer_2bar --data ~/data/gmd"
    parser = add_command(commands, "evaluate", evaluate, "measure a model on music it has never heard", example)
    parser.add_argument(
        "model",
        metavar="MODEL",
        help="an id that models lists, the name that train calls it, styles, controls or groove",
    )
    parser.add_argument("--data", type=Path, required=True, metavar="PATH", help="folder of the data sets")
    parser.add_argument("--model", dest="humanizer", metavar="ID", help="the humaniser of evaluate groove")
    parser.add_argument(
        "--minutes",
        type=number(0.0, 1e4),
        default=BILSTM_MINUTES,
        metavar="N",
        help=f"processor minutes for the BiLSTM that evaluate groove trains ({BILSTM_MINUTES:g}; 0: none)",
    )
    parser.add_argument(
        "--held-out", metavar="DRUMMER", help="train the BiLSTM without him too (drummer8), for his hits"
    )
    add_json(parser)


def evaluate(arguments: argparse.Namespace) -> int:
    """Print the tables of a model."""
    from groovescape_models.checkpoints.registry import shipped_model

    if arguments.model == STYLES:
        return _show(STYLES, _styles(arguments.data), arguments.json)
    if arguments.model == CONTROLS:
        return _show(CONTROLS, _controls(arguments.data), arguments.json)
    if arguments.model == GROOVE:
        return _show(GROOVE, _groove(arguments), arguments.json)
    info = shipped_model(BY_TRAINING_NAME.get(arguments.model, arguments.model))
    note(f"Measuring {info.id} on the test split (a minute or so) ...")
    return _show(info.id, _measure(info, arguments.data), arguments.json)


def _show(name: str, report: "Report", as_json: bool) -> int:
    if as_json:
        say_json({"model": name, **report.figures()})
    else:
        say(report.text())
    return 0


def _styles(data: Path) -> "StyleReport":
    from groovescape_models.engines.studio import open_studio
    from groovescape_models.training.evaluate_styles import evaluate_styles

    note("Training a classifier of real clips, and drawing from each style (a minute or so) ...")
    return evaluate_styles(data, open_studio())


def _controls(data: Path) -> "ControlReport":
    from groovescape_models.engines.studio import open_studio
    from groovescape_models.training.evaluate_controls import evaluate_controls

    note("Moving every slider on patterns of the test splits (a few minutes) ...")
    return evaluate_controls(data, open_studio())


def _groove(arguments: argparse.Namespace) -> "GrooveTableReport":
    from groovescape_models.training.evaluate_groove import MODEL_ID
    from groovescape_models.training.groove_learned import Learning
    from groovescape_models.training.groove_table import groove_table

    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    learning = Learning(arguments.minutes, arguments.held_out)
    return groove_table(arguments.data, arguments.humanizer or MODEL_ID, learning, note)


def _measure(info: "ModelInfo", data: Path) -> "Measured":
    if info.kind == "conductor":
        from groovescape_models.training.evaluate_conductor import evaluate_conductor

        return evaluate_conductor(data, info.id)
    if info.kind == "line_vae":
        from groovescape_models.training.evaluate_lines import evaluate_lines

        return evaluate_lines(data, info.id)
    if info.kind == "humanizer":
        from groovescape_models.training.evaluate_groove import evaluate_groove

        return evaluate_groove(data, info.id)
    if info.kind == "drummer":
        from groovescape_models.training.evaluate_drummer import evaluate_drummer

        return evaluate_drummer(data, info.id)
    from groovescape_models.training.evaluate_drums import evaluate_drums

    return evaluate_drums(data, info.id)
