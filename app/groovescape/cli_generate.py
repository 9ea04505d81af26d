"""groovescape generate and morph: new patterns into MIDI files."""

import argparse
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

from groovescape.cli_files import Parts, add_output, numbered, report, write_all
from groovescape.cli_setting import MAX_SEED, PARTS, add_precision, add_setting, add_tempo, meter, setting_of
from groovescape.cli_text import add_command, add_json, note, number, whole
from groovescape.folders import data_folder
from groovescape_models.engines.engine import GenerateRequest, MorphRequest, TrioRequest
from groovescape_models.music.midi_parts import part_pattern
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.pattern import Role
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, Meter

if TYPE_CHECKING:
    from groovescape.cli_text import Subcommands
    from groovescape_models.engines.engine import Setting

MAX_BARS = 64
MAX_COUNT = 999
TWO_BARS_LENGTH = 8.0
"""In quarters: what the networks see."""
TRIO: Final = "trio"


def add_commands(commands: "Subcommands") -> None:
    """Add generate and morph."""
    _add_generate(commands)
    _add_morph(commands)


def _add_generate(commands: "Subcommands") -> None:
    example = "generate melody --key Am --chords 'Am | F | C | G' --bars 4 --seed 7 --count 8 -o melodies/"
    parser = add_command(commands, "generate", generate, "make new patterns", example)
    parser.add_argument("role", choices=(*(role.value for role in PARTS), TRIO), help="what to make")
    parser.add_argument("--style", metavar="S", help="near patterns of this style (see: groovescape models)")
    parser.add_argument("--bars", type=whole(1, MAX_BARS), metavar="N", help="length in bars (2, a trio 4)")
    parser.add_argument("--meter", type=meter, default=Meter(), metavar="M", help="meter, as in 3/4 or 6/8 (4/4)")
    add_setting(parser)
    add_precision(parser)
    add_tempo(parser, f"tempo written to the file ({DEFAULT_TEMPO_BPM:g})")
    parser.add_argument("--temperature", type=number(0.05, 3), default=1.0, metavar="T", help="how daring, 0.05..3 (1)")
    engines = "model, algorithm, drums_4bar, melody_4bar, or an added model"
    parser.add_argument("--engine", default="model", metavar="E", help=engines)
    parser.add_argument("--seed", type=whole(0, MAX_SEED), metavar="N", help="the same seed gives the same notes")
    parser.add_argument("--count", type=whole(1, MAX_COUNT), default=1, metavar="N", help="how many patterns (1)")
    add_output(parser, "a .mid file (numbered if there are several), or a folder")
    add_json(parser)


def _add_morph(commands: "Subcommands") -> None:
    example = "morph rock.mid funk.mid --steps 8 -o morphs"
    parser = add_command(commands, "morph", morph, "walk from one pattern to another", example)
    parser.add_argument("start", type=Path, metavar="A.mid", help="the first pattern")
    parser.add_argument("end", type=Path, metavar="B.mid", help="the last pattern")
    roles = tuple(role.value for role in PARTS)
    parser.add_argument("--part", choices=roles, default=Role.DRUMS.value, help="the part of the files to read (drums)")
    parser.add_argument(
        "--steps", type=whole(2, MAX_COUNT), default=5, metavar="N", help="files, both ends counted (5)"
    )
    add_setting(parser)
    add_precision(parser)
    add_tempo(parser, "tempo written to the files (that of A)")
    add_output(parser, "the folder to write to")
    add_json(parser)


def generate(arguments: argparse.Namespace) -> int:
    """Write arguments.count new patterns."""
    seed = secrets.randbelow(MAX_SEED) if arguments.seed is None else arguments.seed
    tempo_bpm = arguments.tempo or DEFAULT_TEMPO_BPM
    pieces = _pieces(arguments, seed, setting_of(arguments, tempo_bpm, arguments.meter))
    files = write_all(pieces, tempo_bpm, numbered(arguments.output, arguments.role, len(pieces)))
    report(files, arguments.json, {"seed": seed, "style": arguments.style, "tempo_bpm": tempo_bpm})
    if arguments.seed is None:
        note(f"Made with --seed {seed}.")
    return 0


def _pieces(arguments: argparse.Namespace, seed: int, setting: "Setting") -> list[Parts]:
    from groovescape_models.engines.studio import open_studio

    studio = open_studio(precision=arguments.precision, folder=data_folder())
    style, count = arguments.style, arguments.count
    if arguments.role == TRIO:
        heat, engine = arguments.temperature, arguments.engine
        asked = TrioRequest(arguments.bars or 4, style, heat, seed, count, setting, engine)
        return [trio.parts for trio in studio.generate_trio(asked)]
    request = GenerateRequest(
        Role(arguments.role),
        arguments.bars or 2,
        style,
        arguments.temperature,
        seed,
        count,
        setting,
        arguments.engine,
    )
    return [(pattern,) for pattern in studio.generate(request)]


def morph(arguments: argparse.Namespace) -> int:
    """Write the patterns on the way from one file to another; both ends are as they are, as two bars of 4/4."""
    from groovescape_models.engines.studio import open_studio

    first, role = read_midi(arguments.start), Role(arguments.part)
    start, end = (part_pattern(song, role) for song in (first, read_midi(arguments.end)))
    for path, pattern in ((arguments.start, start), (arguments.end, end)):
        if (pattern.meter, pattern.length) != (Meter(), TWO_BARS_LENGTH):
            had = f"{pattern.bars} bars of {pattern.meter}"
            note(f"{path.name} has {had} and is morphed as two bars of 4/4, cut or repeated.")
    tempo_bpm = arguments.tempo or first.tempo_bpm
    points = tuple((step / (arguments.steps - 1), 0.0) for step in range(arguments.steps))
    request = MorphRequest((start, end, start, end), points, setting_of(arguments, tempo_bpm))
    pieces = [(pattern,) for pattern in open_studio(precision=arguments.precision).morph(request)]
    files = write_all(pieces, tempo_bpm, numbered(arguments.output, "morph", len(pieces)))
    report(files, arguments.json, {"tempo_bpm": tempo_bpm})
    return 0
