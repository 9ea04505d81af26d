"""groovescape models: what ships with the program and what the user added, and how well it does."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from groovescape.cli_text import PROGRAM, add_command, add_json, note, say, say_json, table, whole
from groovescape.folders import data_folder

if TYPE_CHECKING:
    from groovescape.cli_text import Subcommands
    from groovescape_models.checkpoints.registry import ModelInfo

MEGABYTE = 1e6
MAX_BARS = 64
ADD_EXAMPLE = "models add ~/Downloads/groovae_2bar_humanize.tar --name humanize --licence Apache-2.0"


def add_commands(commands: "Subcommands") -> None:
    """Add models, and its own commands list, show, add and remove."""
    example = "models show drums_2bar"
    parser = add_command(commands, "models", list_models, "list, show, add and remove models; list the styles", example)
    parser.add_argument("--card", metavar="MODEL", dest="model", help="the same as: models show MODEL")
    add_json(parser)
    actions = parser.add_subparsers(title="commands of models", metavar="COMMAND")
    add_json(add_command(actions, "list", list_models, "list the models and styles", "models list --json"))
    _add_show(actions)
    _add_add(actions)
    remove = add_command(actions, "remove", remove_one, "remove a model that was added", "models remove humanize")
    remove.add_argument("model", help="its id, as models list shows it")


def _add_show(actions: "Subcommands") -> None:
    show = add_command(
        actions, "show", show_one, "print a model's card: data, licence, figures", "models show drums_2bar"
    )
    show.add_argument("model", help="its id, as models list shows it")
    add_json(show)


def _add_add(actions: "Subcommands") -> None:
    add = add_command(
        actions, "add", add_one, "add an official MusicVAE or GrooVAE: a checkpoint, an archive, a folder", ADD_EXAMPLE
    )
    add.add_argument("source", type=Path, help=".ckpt, .index, .tar, .tar.gz, .zip, .mag, .npz or a Magenta.js folder")
    add.add_argument("--name", default="", metavar="ID", help="what to call it (the name of the file)")
    add.add_argument("--bars", type=whole(1, MAX_BARS), metavar="N", help="its length, where nothing in it says it")
    add.add_argument("--licence", default="unknown", metavar="L", help="what it may be used for (unknown)")
    add_json(add)


def list_models(arguments: argparse.Namespace) -> int:
    """List the models, or show the one asked for with --card."""
    from groovescape_models.checkpoints.user_models import all_models, damaged_models
    from groovescape_models.engines.styles import read_styles
    from groovescape_models.music.pattern import Role

    if getattr(arguments, "model", None):
        return show_one(arguments)
    folder = data_folder()
    infos, known = all_models(folder), read_styles(folder)
    styles = {role.value: [style.name for style in known.of(role)] for role in Role if known.of(role)}
    for sentence in known.problems:
        note(sentence)
    for name in damaged_models(folder):
        note(f"The model {name} is damaged; remove it with: {PROGRAM} models remove {name}")
    if arguments.json:
        say_json({"models": [_facts(info) for info in infos], "styles": styles})
        return 0
    rows = [(info.id, info.kind, info.version, _megabytes(info), info.licence, _from(info)) for info in infos]
    say(table(rows, ("model", "kind", "version", "MB", "licence", "from")))
    say("")
    for role, names in styles.items():
        say(f"styles of {role}: {', '.join(names)}")
    return 0


def show_one(arguments: argparse.Namespace) -> int:
    """Print the card of a model, or all that is known of it."""
    from groovescape_models.checkpoints.user_models import model_named

    info = model_named(arguments.model, data_folder())
    if arguments.json:
        say_json(_facts(info))
    else:
        say(info.card)
    return 0


def add_one(arguments: argparse.Namespace) -> int:
    """Add a model to those of the user."""
    from groovescape_models.checkpoints.user_models import UNKNOWN_LICENCE, add_model

    folder = data_folder()
    info = add_model(arguments.source, folder, arguments.name, bars=arguments.bars, licence=arguments.licence)
    if arguments.json:
        say_json(_facts(info))
    else:
        config = info.config
        say(f"Added {info.id}: {config['data']}, {config['steps'] // 16} bars, {_megabytes(info):g} MB.")
    if info.licence == UNKNOWN_LICENCE:
        note("Its licence is unknown; ask whoever made it before you publish what it makes.")
    return 0


def remove_one(arguments: argparse.Namespace) -> int:
    """Remove a model of the user's."""
    from groovescape_models.checkpoints.user_models import remove_model

    remove_model(arguments.model, data_folder())
    say(f"Removed {arguments.model}.")
    return 0


def _megabytes(info: "ModelInfo") -> float:
    return round(sum(int(facts.get("bytes", 0)) for facts in info.files.values()) / MEGABYTE, 1)


def _from(info: "ModelInfo") -> str:
    return "you" if info.is_user else "Groovescape"


def _facts(info: "ModelInfo") -> dict[str, object]:
    names = ("id", "kind", "version", "licence", "data", "figures", "config", "files")
    return {name: getattr(info, name) for name in names} | {"added": info.is_user}
