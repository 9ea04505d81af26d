"""groovescape models: what ships with the program, and how well it does."""

import argparse
from typing import TYPE_CHECKING

from groovescape.cli_text import add_command, add_json, say, say_json, table

if TYPE_CHECKING:
    from groovescape.cli_text import Subcommands
    from groovescape_models.checkpoints.registry import ModelInfo

MEGABYTE = 1e6


def add_commands(commands: "Subcommands") -> None:
    """Add models."""
    example = "models --card drums_2bar"
    parser = add_command(commands, "models", models, "list the models and styles that ship with the program", example)
    parser.add_argument("--card", metavar="MODEL", help="print the card of a model: data, licence, figures, limits")
    add_json(parser)


def models(arguments: argparse.Namespace) -> int:
    """List the models, or print one's card."""
    from groovescape_models.checkpoints.registry import shipped_model, shipped_models
    from groovescape_models.engines.styles import shipped_styles

    if arguments.card:
        say(shipped_model(arguments.card).card)
        return 0
    infos, styles = shipped_models(), [style.name for style in shipped_styles()]
    if arguments.json:
        say_json({"models": [_facts(info) for info in infos], "styles": styles})
        return 0
    rows = [(info.id, info.kind, info.version, _megabytes(info), info.licence) for info in infos]
    say(table(rows, ("model", "kind", "version", "MB", "licence")))
    say(f"\nstyles: {', '.join(styles)}")
    return 0


def _megabytes(info: "ModelInfo") -> float:
    return round(sum(int(facts.get("bytes", 0)) for facts in info.files.values()) / MEGABYTE, 1)


def _facts(info: "ModelInfo") -> dict[str, object]:
    names = ("id", "kind", "version", "licence", "data", "figures", "config", "files")
    return {name: getattr(info, name) for name in names}
