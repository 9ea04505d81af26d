"""groovescape generate and morph: new patterns into MIDI files."""

import argparse
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from groovescape.cli_text import ProgressBar, add_command, add_json, note, number, say, say_json, whole
from groovescape_models.engines.engine import GenerateRequest, MorphRequest, Setting
from groovescape_models.music.midi_patterns import drum_pattern, song_of
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, MAX_TEMPO_BPM, MIN_TEMPO_BPM, Meter

if TYPE_CHECKING:
    from groovescape.cli_text import Subcommands

MAX_BARS = 64
MAX_COUNT = 999
MAX_SEED = 2**31 - 1
TWO_BARS_LENGTH = 8.0
"""In quarters: what the drum model sees."""
MIDI_SUFFIXES = (".mid", ".midi")


def add_commands(commands: "Subcommands") -> None:
    """Add generate and morph."""
    _add_generate(commands)
    _add_morph(commands)


def _add_generate(commands: "Subcommands") -> None:
    example = "generate drums --style funk --bars 4 --tempo 96 --seed 7 --count 8 -o beats/"
    parser = add_command(commands, "generate", generate, "make new patterns", example)
    parser.add_argument("role", choices=("drums",), help="what to make")
    parser.add_argument("--style", metavar="S", help="near patterns of this style (see: groovescape models)")
    parser.add_argument("--bars", type=whole(1, MAX_BARS), default=2, metavar="N", help="length in bars of 4/4 (2)")
    _add_tempo(parser, f"tempo written to the file ({DEFAULT_TEMPO_BPM:g})")
    parser.add_argument("--temperature", type=number(0.05, 3), default=1.0, metavar="T", help="how daring, 0.05..3 (1)")
    parser.add_argument("--seed", type=whole(0, MAX_SEED), metavar="N", help="the same seed gives the same notes")
    parser.add_argument("--count", type=whole(1, MAX_COUNT), default=1, metavar="N", help="how many patterns (1)")
    _add_output(parser, "a .mid file (numbered if there are several), or a folder")
    add_json(parser)


def _add_morph(commands: "Subcommands") -> None:
    example = "morph rock.mid funk.mid --steps 8 -o morphs"
    parser = add_command(commands, "morph", morph, "walk from one drum pattern to another", example)
    parser.add_argument("start", type=Path, metavar="A.mid", help="the first pattern")
    parser.add_argument("end", type=Path, metavar="B.mid", help="the last pattern")
    parser.add_argument(
        "--steps", type=whole(2, MAX_COUNT), default=5, metavar="N", help="files, both ends counted (5)"
    )
    _add_tempo(parser, "tempo written to the files (that of A)")
    _add_output(parser, "the folder to write to")
    add_json(parser)


def _add_tempo(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("--tempo", type=number(MIN_TEMPO_BPM, MAX_TEMPO_BPM), metavar="BPM", help=text)


def _add_output(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PATH", help=text)


def generate(arguments: argparse.Namespace) -> int:
    """Write arguments.count new patterns."""
    from groovescape_models.engines.studio import open_studio

    seed = secrets.randbelow(MAX_SEED) if arguments.seed is None else arguments.seed
    tempo_bpm = arguments.tempo or DEFAULT_TEMPO_BPM
    request = GenerateRequest(
        bars=arguments.bars,
        style=arguments.style,
        temperature=arguments.temperature,
        seed=seed,
        count=arguments.count,
        setting=Setting(tempo_bpm),
    )
    patterns = open_studio().generate(request)
    files = _write_all(patterns, tempo_bpm, numbered(arguments.output, "drums", len(patterns)))
    _report(files, arguments.json, {"seed": seed, "style": arguments.style, "tempo_bpm": tempo_bpm})
    if arguments.seed is None:
        note(f"Made with --seed {seed}.")
    return 0


def morph(arguments: argparse.Namespace) -> int:
    """Write the patterns on the way from one file to another; both ends are as they are, as two bars of 4/4."""
    from groovescape_models.engines.studio import open_studio

    first = read_midi(arguments.start)
    start, end = (drum_pattern(song, any_channel=True) for song in (first, read_midi(arguments.end)))
    for path, pattern in ((arguments.start, start), (arguments.end, end)):
        if (pattern.meter, pattern.length) != (Meter(), TWO_BARS_LENGTH):
            had = f"{pattern.bars} bars of {pattern.meter}"
            note(f"{path.name} has {had} and is morphed as two bars of 4/4, cut or repeated.")
    tempo_bpm = arguments.tempo or first.tempo_bpm
    points = tuple((step / (arguments.steps - 1), 0.0) for step in range(arguments.steps))
    patterns = open_studio().morph(MorphRequest((start, end, start, end), points, Setting(tempo_bpm)))
    files = _write_all(patterns, tempo_bpm, numbered(arguments.output, "morph", len(patterns)))
    _report(files, arguments.json, {"tempo_bpm": tempo_bpm})
    return 0


def numbered(output: Path, stem: str, count: int) -> tuple[Path, ...]:
    """Return the paths of count files: output itself, output with numbers, or numbers in the folder output.

    A path that ends in .mid or .midi is a file, any other a folder.
    """
    is_file = output.suffix.lower() in MIDI_SUFFIXES and not output.is_dir()
    folder, name, suffix = (output.parent, output.stem, output.suffix) if is_file else (output, stem, ".mid")
    if is_file and count == 1:
        return (output,)
    width = len(str(count))
    return tuple(folder / f"{name}-{number:0{width}}{suffix}" for number in range(1, count + 1))


def _write_all(patterns: Sequence[Pattern], tempo_bpm: float, paths: Sequence[Path]) -> list[dict[str, object]]:
    """Write each pattern and return what was written."""
    progress = ProgressBar("Writing")
    written: list[dict[str, object]] = []
    for done, (pattern, path) in enumerate(zip(patterns, paths, strict=True), start=1):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_midi(song_of(pattern, tempo_bpm), path)
        written.append({"path": str(path), "bars": pattern.bars, "notes": len(pattern.notes)})
        progress.show(done / len(paths), f"{done}/{len(paths)}")
    return written


def _report(files: list[dict[str, object]], as_json: bool, facts: dict[str, object]) -> None:
    """Name the files on stdout, one a line, or all facts as JSON."""
    if as_json:
        say_json(facts | {"files": files})
        return
    for file in files:
        say(str(file["path"]))
