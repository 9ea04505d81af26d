"""groovescape vary, shape, restyle, infill and continue: what can be done with a pattern that is there already."""

import argparse
from typing import TYPE_CHECKING, Final

from groovescape.cli_files import Parts, add_output, numbered, report, write_all
from groovescape.cli_setting import (
    MAX_SEED,
    add_part,
    add_precision,
    add_setting,
    add_tempo,
    read_bars,
    read_part,
    setting_of,
)
from groovescape.cli_text import add_command, add_json, number, whole
from groovescape.folders import data_folder
from groovescape_models.engines.engine import (
    ContinueRequest,
    ControlRequest,
    InfillRequest,
    RestyleRequest,
    VaryRequest,
)
from groovescape_models.errors import UnknownNameError
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from groovescape.cli_text import Run, Subcommands
    from groovescape_models.engines.engine import Setting
    from groovescape_models.engines.studio import Studio
    from groovescape_models.music.pattern import Pattern

MAX_BARS: Final = 64
MAX_COUNT: Final = 999
LANES: Final = {drum.name.lower().replace("_", "-"): drum for drum in Drum}


def add_commands(commands: "Subcommands") -> None:
    """Add all of them."""
    _add_vary(commands)
    _add_shape(commands)
    _add_restyle(commands)
    _add_infill(commands)
    _add_continue(commands)


def _add(commands: "Subcommands", name: str, run: "Run", summary: str, example: str) -> argparse.ArgumentParser:
    parser = add_command(commands, name, run, summary, example)
    add_part(parser)
    add_setting(parser)
    add_precision(parser)
    add_tempo(parser, "tempo written to the file (that of IN)")
    add_output(parser, "a .mid file (numbered if there are several), or a folder")
    add_json(parser)
    return parser


def _add_seed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=whole(0, MAX_SEED), default=0, metavar="N", help="another seed, other notes (0)")


def _add_vary(commands: "Subcommands") -> None:
    example = "vary beat.mid --similarity 0.8 --count 8 -o variations/"
    parser = _add(commands, "vary", vary, "make variations of a pattern", example)
    parser.add_argument("--similarity", type=number(0, 1), default=0.7, metavar="S", help="0 new .. 1 the same (0.7)")
    parser.add_argument("--count", type=whole(1, MAX_COUNT), default=8, metavar="N", help="how many (8)")
    _add_seed(parser)


def _add_shape(commands: "Subcommands") -> None:
    example = "shape beat.mid --set density=0.8 --set syncopation=0.3 -o shaped.mid"
    parser = _add(commands, "shape", shape, "move a pattern's sliders: density, syncopation and others", example)
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="0..1: the share of real patterns with less"
    )


def _add_restyle(commands: "Subcommands") -> None:
    example = "restyle beat.mid --style jazz --strength 0.6 -o jazzier.mid"
    parser = _add(commands, "restyle", restyle, "move a pattern towards a style", example)
    parser.add_argument("--style", required=True, metavar="S", help="where to (see: groovescape models)")
    parser.add_argument(
        "--strength", type=number(0, 1), default=0.5, metavar="S", help="0 as it is .. 1 all the way (0.5)"
    )


def _add_infill(commands: "Subcommands") -> None:
    example = "infill beat.mid --lock kick,snare --lock-bars 1 -o filled.mid"
    parser = _add(commands, "infill", infill, "make anew what is not locked", example)
    parser.add_argument("--lock", default="", metavar="LANES", help=f"drums that stay: {', '.join(LANES)}")
    parser.add_argument("--lock-bars", default="", metavar="BARS", help="bars that stay, as in 1,3-4")
    _add_seed(parser)


def _add_continue(commands: "Subcommands") -> None:
    parser = _add(commands, "continue", extend, "go on with a pattern", "continue beat.mid --bars 4 -o longer.mid")
    parser.add_argument("--bars", type=whole(1, MAX_BARS), default=2, metavar="N", help="bars more (2)")
    _add_seed(parser)


def vary(arguments: argparse.Namespace) -> int:
    """Write variations."""

    def made(studio: "Studio", pattern: "Pattern", setting: "Setting") -> "tuple[Pattern, ...]":
        return studio.vary(VaryRequest(pattern, arguments.similarity, arguments.count, arguments.seed, setting))

    return _write(arguments, made)


def shape(arguments: argparse.Namespace) -> int:
    """Write a pattern with its sliders moved."""
    sliders = tuple(_slider(text) for text in arguments.set)

    def made(studio: "Studio", pattern: "Pattern", setting: "Setting") -> "tuple[Pattern, ...]":
        return (studio.control(ControlRequest(pattern, sliders, setting)),)

    return _write(arguments, made)


def restyle(arguments: argparse.Namespace) -> int:
    """Write a pattern moved towards a style."""

    def made(studio: "Studio", pattern: "Pattern", setting: "Setting") -> "tuple[Pattern, ...]":
        return (studio.restyle(RestyleRequest(pattern, arguments.style, arguments.strength, setting)),)

    return _write(arguments, made)


def infill(arguments: argparse.Namespace) -> int:
    """Write a pattern with its unlocked part made anew."""
    lanes = read_lanes(arguments.lock)
    if lanes and arguments.part != Role.DRUMS.value:
        raise UnknownNameError("--lock names drums; lock bars of other parts with --lock-bars.")

    def made(studio: "Studio", pattern: "Pattern", setting: "Setting") -> "tuple[Pattern, ...]":
        bars = read_bars(arguments.lock_bars, pattern.bars)
        return (studio.infill(InfillRequest(pattern, lanes, bars, arguments.seed, setting=setting)),)

    return _write(arguments, made)


def extend(arguments: argparse.Namespace) -> int:
    """Write a pattern with bars more."""

    def made(studio: "Studio", pattern: "Pattern", setting: "Setting") -> "tuple[Pattern, ...]":
        return (studio.extend(ContinueRequest(pattern, arguments.bars, arguments.seed, setting=setting)),)

    return _write(arguments, made)


def _write(arguments: argparse.Namespace, made: "Callable[[Studio, Pattern, Setting], tuple[Pattern, ...]]") -> int:
    from groovescape_models.engines.studio import open_studio

    pattern, tempo_bpm = read_part(arguments)
    studio = open_studio(precision=arguments.precision, folder=data_folder())
    setting = setting_of(arguments, tempo_bpm, pattern.meter)
    pieces: list[Parts] = [(each,) for each in made(studio, pattern, setting)]
    files = write_all(pieces, tempo_bpm, numbered(arguments.output, arguments.part, len(pieces)))
    report(files, arguments.json, {"tempo_bpm": tempo_bpm})
    return 0


def _slider(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        wanted = float(value)
    except ValueError as error:
        raise UnknownNameError(f"'{text}' sets no slider; write it as in density=0.8.") from error
    if not 0.0 <= wanted <= 1.0:
        raise UnknownNameError(f"A slider stands in 0..1, and {text} does not.")
    return name.strip(), wanted


def read_lanes(text: str) -> frozenset[int]:
    """Return the lanes (0..8) of names with commas between them; UnknownNameError lists those that there are."""
    names = [name.strip().casefold() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in LANES:
            raise UnknownNameError(f"There is no drum '{name}'; there are {', '.join(LANES)}.")
    return frozenset(int(LANES[name]) for name in names)
